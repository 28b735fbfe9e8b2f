"""People and territories as spreadsheets."""
