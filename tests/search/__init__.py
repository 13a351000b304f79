"""Search: the engine, what it understands, how it follows the database, and what it is held to."""
