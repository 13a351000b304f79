"""Pages of the annual returns."""
