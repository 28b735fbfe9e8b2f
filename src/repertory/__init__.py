"""Repertory 药程: the working system of a pharmaceutical company's sales department."""
