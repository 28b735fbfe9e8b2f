"""Products and their packs as spreadsheets: columns ↔ input ↔ action."""
