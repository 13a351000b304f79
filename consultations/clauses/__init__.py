"""A legal text as clauses: reading, comparing and showing it; plain Python, no tables and no clock."""
