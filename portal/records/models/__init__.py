"""Records of a case, their pages, the copies that are made of them, and who fetched one."""

from portal.records.models.copy import Fetch, RecordCopy
from portal.records.models.marks import Marked
from portal.records.models.objection import PartyMarks
from portal.records.models.public import PublicShare
from portal.records.models.record import Record, RecordPage

__all__ = ["Fetch", "Marked", "PartyMarks", "PublicShare", "Record", "RecordCopy", "RecordPage"]
