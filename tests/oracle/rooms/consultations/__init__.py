"""Public comment on drafts, from the draft to the feedback."""
