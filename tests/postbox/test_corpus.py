"""The corpus of our own: 15 structures × 12 charsets × 6 programs, and what machines write."""

from __future__ import annotations

import pytest

from bench.mails.corpus import CHARSETS, CLIENTS, STRUCTURES, Mail, corpus, letters, machines
from portal.postbox.parsing import parse

pytestmark = pytest.mark.one_engine

MAILS = {mail.name: mail for mail in corpus()}


def faults(mail: Mail) -> list[str]:
    """What is read otherwise than the corpus says."""
    found = parse(mail.raw)
    wrong = [] if found.sort == mail.kind else [f"sort {found.sort}"]
    at = 0
    for words in mail.words:
        at = found.text.find(words, at)
        if at < 0:
            return [*wrong, f"lacks {words}: {found.text}"]
    files = tuple((entry.name, len(entry.data)) for entry in found.attachments)
    if mail.outcome == "letter":
        wrong += [] if files == mail.files else [f"files {files}"]
        wrong += [] if found.sender_name == "王小明" else [f"name {found.sender_name}"]
        wrong += [] if found.subject[:2] == "反映" else [f"subject {found.subject}"]
        wrong += [] if found.sent_at else ["no date"]
    told = {entry.what for entry in found.left_out}
    return wrong + [
        f"not told {name}" for name in mail.left_out if name not in told and not name.endswith(".ics")
    ]


def test_corpus_covers_the_cross_product() -> None:
    assert len(list(letters())) == len(STRUCTURES) * len(CHARSETS) * len(CLIENTS) == 1080
    assert len(list(machines())) == 18


@pytest.mark.parametrize("structure", [*STRUCTURES, "machine"])
def test_every_mail_of_the_corpus_is_read(structure: str) -> None:
    wrong = {
        name: found
        for name, mail in MAILS.items()
        if name.split("/")[0] == structure and (found := faults(mail))
    }
    assert wrong == {}
