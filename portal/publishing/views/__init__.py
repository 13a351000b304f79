"""Public pages of the review desk."""
