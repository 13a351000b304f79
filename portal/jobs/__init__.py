"""Clockwork: promise work with enqueue(), handle it with @handler, repeat it with declare()."""
