"""What the rules say about one request: which steps are lawful, what is due when, who is told, who sees what."""
