"""The import and export engine. What it knows of a kind of object (customers, people …) is told to it by `wiring`."""
