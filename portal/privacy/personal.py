"""What a sealed field says of a person, declared once on the field; masks, blocks, reveals and erasing read it from there.

A field that names or reaches somebody (every shape but WORDS) is masked on staff's pages, blocks every public text that
holds it, counts as revealed when a paper with it is opened, and goes with the contacts if it is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models

from portal.core.telephone import ways_of_writing
from portal.privacy import masking


class Shape(Enum):
    """How a value looks; WORDS are what somebody wrote, which the screening reads."""

    NAME = "name"
    IDENTITY = "identity"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    WORDS = "words"


MASKS: Mapping[Shape, Callable[[str], str]] = {
    Shape.NAME: masking.mask_name,
    Shape.IDENTITY: masking.mask_identity,
    Shape.PHONE: masking.mask_phone,
    Shape.EMAIL: masking.mask_email,
    Shape.ADDRESS: masking.mask_address,
}


@dataclass(frozen=True)
class Personal:
    """One field's declaration: `contact` if it is erased when nobody may have to reach the person any more, `ends` if it
    goes with the former applicant, `masked` False for words that whoever handles the case reads without a reason."""

    shape: Shape
    contact: bool = False
    ends: bool = False
    masked: bool = True


NAME = Personal(Shape.NAME)
PHONE = Personal(Shape.PHONE, contact=True)
EMAIL = Personal(Shape.EMAIL, contact=True)
ADDRESS = Personal(Shape.ADDRESS, contact=True)
WORDS = Personal(Shape.WORDS, masked=False)


def declared(model: type[models.Model]) -> dict[str, Personal]:
    """The declarations of a model's fields by name, in the order of the fields."""
    found = ((field.name, getattr(field, "personal", None)) for field in model._meta.concrete_fields)
    return {name: personal for name, personal in found if personal is not None}


def particulars(model: type[models.Model]) -> dict[str, Personal]:
    """Those that name or reach somebody."""
    return {name: said for name, said in declared(model).items() if said.shape is not Shape.WORDS}


def contacts(model: type[models.Model]) -> tuple[str, ...]:
    """Those that are erased when nobody may have to reach the person any more."""
    return tuple(name for name, said in declared(model).items() if said.contact)


def revealable(model: type[models.Model]) -> dict[str, str]:
    """Those that are masked until somebody with a role for it asks with a reason, with their labels."""
    return {name: _label(model, name) for name, said in declared(model).items() if said.masked}


def naming_values(row: models.Model) -> tuple[str, ...]:
    """Every value of a row that names or reaches somebody, a telephone in each way of writing it; "" left out."""
    values: list[str] = []
    for name, said in particulars(type(row)).items():
        value = str(getattr(row, name) or "")
        values += ways_of_writing(value) if said.shape is Shape.PHONE else (value,)
    return tuple(value for value in values if value)


def names_among(rows: models.QuerySet[Any]) -> Iterator[str]:
    """Those values of many rows, of which nothing else is read and unsealed."""
    for row in rows.select_related(None).only(*particulars(rows.model)).iterator(chunk_size=500):
        yield from naming_values(row)


def masked(row: models.Model, labels: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
    """(field, label, masked value) of what names or reaches somebody; `labels` for those that are called otherwise here."""
    model = type(row)
    rows = (
        (name, (labels or {}).get(name) or _label(model, name), MASKS[said.shape](getattr(row, name)))
        for name, said in particulars(model).items()
    )
    return [entry for entry in rows if entry[2]]


def filled(*names: str) -> models.Q:
    """Rows where one of these fields holds something."""
    there = models.Q(pk__in=[])
    for name in names:
        there |= ~models.Q(**{name: ""})
    return there


def _label(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.verbose_name)
