"""The project package and shared house of the Yuxi public service portal."""
