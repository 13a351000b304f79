"""Forms of the letter box."""
