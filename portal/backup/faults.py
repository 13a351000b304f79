"""What can go wrong with a backup, as a sentence for the operator."""


class BackupFault(Exception):
    """A backup could not be made, is not sound, or may not be restored; the message says why."""
