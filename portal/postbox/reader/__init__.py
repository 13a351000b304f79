"""A mail's bytes as plain values, without a database and without the web: what the child process runs."""
