"""The odd days of public comment, votes, hearings, topics and courses."""
