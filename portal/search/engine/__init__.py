"""The engine: a tantivy index in a directory of its own, made from what the database holds and never its only copy."""
