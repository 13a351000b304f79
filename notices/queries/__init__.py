"""The readers of publishing."""

from notices.queries.alive import ColumnState, alive_table, column_states, missing_obligatory
from notices.queries.content import content_digest, higher_unit, shown_fields, shown_version, words_digest
from notices.queries.public import (
    columns_of_unit,
    facets,
    find_column,
    find_item,
    interpreted_by,
    latest,
    leaders_of,
    listed,
    newest_of_columns,
    profile_of,
    published_file,
    publishing_units,
    readings_of,
    services,
)
from notices.queries.staff import StaffView, columns_for, find_handled, handled, staff_view, waiting_higher

__all__ = [
    "ColumnState",
    "StaffView",
    "alive_table",
    "column_states",
    "columns_for",
    "columns_of_unit",
    "content_digest",
    "facets",
    "find_column",
    "find_handled",
    "find_item",
    "handled",
    "higher_unit",
    "interpreted_by",
    "latest",
    "leaders_of",
    "listed",
    "missing_obligatory",
    "newest_of_columns",
    "profile_of",
    "published_file",
    "publishing_units",
    "readings_of",
    "services",
    "shown_fields",
    "shown_version",
    "staff_view",
    "waiting_higher",
    "words_digest",
]
