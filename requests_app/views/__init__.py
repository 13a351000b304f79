"""Pages of disclosure on application."""
