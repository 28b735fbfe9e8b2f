"""Customers, their coverage and their licences as spreadsheets: columns ↔ input ↔ action."""
