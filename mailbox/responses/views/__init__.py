"""Pages of public responses."""
