"""Materials and sample lots as spreadsheets: columns ↔ input ↔ action."""
