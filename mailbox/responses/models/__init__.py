"""The table of public responses."""

from mailbox.responses.models.response import ResponseTask

__all__ = ["ResponseTask"]
