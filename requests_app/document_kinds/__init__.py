"""The papers of disclosure on application (依申请公开文书), each with its statute and a sample."""

from requests_app.document_kinds import file, intake, parties, replies

__all__ = ["file", "intake", "parties", "replies"]
