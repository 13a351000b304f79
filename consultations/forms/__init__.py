"""Forms of public comment."""
