"""Pages of error reports."""
