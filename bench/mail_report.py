"""make mail-report: the corpus read as the mailbox reads it, structure by structure; exit 1 if one is read wrongly."""

from __future__ import annotations

import os
import sys
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PORTAL_ENV", "test")


def faults_of(entry: dict, mail: object) -> list[str]:
    """What is not as the corpus says; nothing for a mail that is read rightly."""
    from bench.mails.corpus import Mail

    assert isinstance(mail, Mail)
    found = []
    if (entry["outcome"], entry["kind"]) != (mail.outcome, mail.kind):
        found.append(f"outcome {entry['outcome']} ({entry['kind']}), not {mail.outcome} ({mail.kind})")
    at = 0
    for words in mail.words:
        place = entry["text"].find(words, at)
        if place < 0:
            found.append(f"text lacks {words[:20]!r}: {entry['text'][:60]!r}")
            break
        at = place + len(words)
    files = tuple((file["name"], file["size"]) for file in entry["attachments"])
    if mail.files != files and mail.outcome == "letter":
        found.append(f"files {files}, not {mail.files}")
    told = {gap["what"] for gap in entry["left_out"]}
    found += [f"not told: {name}" for name in mail.left_out if name not in told]
    return found


def report() -> tuple[Counter[str], Counter[str], list[str]]:
    """(mails of each structure, those read rightly, the faults)."""
    from django.utils import timezone

    from bench.mails.corpus import corpus
    from portal.postbox.preview import told

    all_of, right, faults = Counter[str](), Counter[str](), []
    for mail in corpus():
        structure = mail.name.partition("/")[0]
        wrong = faults_of(told(mail.raw, timezone.now()), mail)
        all_of[structure] += 1
        right[structure] += not wrong
        faults += [f"{mail.name}: {fault}" for fault in wrong]
    return all_of, right, faults


def main() -> None:
    """Print the table and the faults."""
    django.setup()
    all_of, right, faults = report()
    for structure, count in all_of.items():
        print(f"{structure:28} {right[structure]:4} of {count:4}")
    print(f"{'all':28} {right.total():4} of {all_of.total():4}")
    for fault in faults[:40]:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
