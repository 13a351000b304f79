"""Pages of the letter box."""
