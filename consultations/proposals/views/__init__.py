"""Pages of topics and suggestions."""
