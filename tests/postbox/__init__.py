"""Mails: how they are read, what becomes of them, what staff see."""
