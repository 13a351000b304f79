"""Backups: the database and the stored files in one folder that proves itself, and the way back."""
