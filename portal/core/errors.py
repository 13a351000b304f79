"""Domain errors: each carries one Chinese sentence that a clerk or citizen can act on."""

from __future__ import annotations


class PortalError(Exception):
    """A refusal with a sentence fit to be shown; `web` shows it as a message, `api` as JSON."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StepRefused(PortalError):
    """The step is not possible now: wrong state, wrong person, or a condition is not met."""

    def __init__(self, sentence: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.reasons = reasons or (sentence,)


class StaleCase(PortalError):
    """Somebody else acted on the case after this page was opened.

    `changed` says what was done, without a full stop; `version` is the one that works now, None where it is not known.
    """

    def __init__(self, sentence: str, *, changed: str = "", version: int | None = None) -> None:
        super().__init__(sentence)
        self.changed, self.version = changed, version


class NotFound(PortalError):
    """There is no such thing for this asker; a foreign id answers exactly as an unknown one."""


class InvalidInput(PortalError):
    """A value is out of its range or shape; `field` names where it was typed, if known."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
