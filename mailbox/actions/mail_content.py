"""What of a mail would stand in a letter: its words within the limit, its files that may be kept, and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from mailbox.actions.intake import MOST_FILES, Upload
from mailbox.rules import MOST_TEXT
from portal.core.errors import InvalidInput
from portal.files import checks
from portal.postbox.parsing import Attachment, LeftOut, ParsedMail
from portal.postbox.reader.quoting import apart

REFUSED = "类型、大小或者数量不符合要求"
MOST_NOTE = 1000
QUOTED = LeftOut("引用的来往邮件", "不是新写的内容，全文见邮件原件", quiet=True)
CLEARLY_CUT = "正文超过{most}字，其余见邮件原件"


@dataclass(frozen=True)
class MailContent:
    """Words and files as they go into a letter; `kept` are the places of the files among the mail's."""

    text: str
    uploads: list[Upload]
    kept: frozenset[int]
    left_out: tuple[LeftOut, ...]

    @property
    def to_tell(self) -> list[LeftOut]:
        """What the writer is to be told of."""
        return [entry for entry in self.left_out if not entry.quiet]


def content_of(mail: ParsedMail, *, answers_us: bool) -> MailContent:
    """The words and files of a mail; of one that answers a letter of ours, the writer's own words only."""
    own = apart(mail.text)
    words = own.text if answers_us else mail.text
    kept, uploads, refused = _files(mail.attachments)
    left_out = [*mail.left_out, *refused]
    if answers_us and own.quoted:
        left_out.append(QUOTED)
    words = words or mail.subject
    if len(words) + len(_note(left_out)) > MOST_TEXT:
        left_out.append(LeftOut("正文", CLEARLY_CUT.format(most=MOST_TEXT)))
    note = _note(left_out)
    return MailContent(f"{words[: MOST_TEXT - len(note)]}{note}", uploads, kept, tuple(left_out))


def _files(attachments: Iterable[Attachment]) -> tuple[frozenset[int], list[Upload], list[LeftOut]]:
    """The files that may be kept, pictures within the words after the others, and those that may not, with the reason."""
    kept: dict[int, Upload] = {}
    refused: dict[int, LeftOut] = {}
    placed = sorted(enumerate(attachments), key=lambda entry: entry[1].inline)
    for place, entry in placed:
        try:
            if len(kept) == MOST_FILES:
                raise InvalidInput(f"附件超过{MOST_FILES}个", "files")
            checks.accept(entry.name, entry.data, max_bytes=settings.PORTAL_MAX_UPLOAD_MB * 1024 * 1024)
            kept[place] = Upload(entry.name, entry.data)
        except InvalidInput as error:
            refused[place] = LeftOut(checks.clean_name(entry.name) or "附件", error.sentence)
    return frozenset(kept), [kept[at] for at in sorted(kept)], [refused[at] for at in sorted(refused)]


def _note(left_out: list[LeftOut]) -> str:
    """The line below the words that says what is not in the letter."""
    told = [entry for entry in left_out if not entry.quiet]
    words = [entry for entry in told if entry.what == "正文"]
    files = [entry.what for entry in told if entry.what != "正文"]
    lines = []
    if files:
        lines.append(f"未收取的附件：{'、'.join(files)}，{REFUSED}，或者只是链接")
    lines += [entry.why for entry in words]
    return f"\n（{'；'.join(lines)}）"[:MOST_NOTE] if lines else ""
