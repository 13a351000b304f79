"""deploy/postgresql/roles.sql: the application's role may add to the log and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from portal.units.models import Unit
from tests.cast import Person
from tests.factories.requests_app import handled

pytestmark = pytest.mark.postgresql
FORBIDDEN = (
    "UPDATE cases_caseevent SET kind = 'forged'",
    "DELETE FROM cases_caseevent",
    "TRUNCATE cases_caseevent CASCADE",
    "INSERT INTO cases_caseevent SELECT * FROM cases_caseevent ON CONFLICT (id) DO UPDATE SET kind = 'forged'",
    "ALTER TABLE cases_caseevent DISABLE TRIGGER ALL",
    "SET LOCAL session_replication_role = replica",
    "DROP TRIGGER cases_caseevent_no_change ON cases_caseevent",
    "UPDATE privacy_personaldataaccess SET reason = 'x'",
    "DELETE FROM cases_ledgeranchor",
    "CREATE TABLE smuggled (id int)",
)


@pytest.fixture
def application_role(office: Unit, clerk: Person) -> None:
    """The role as the deployment file makes it, in the test's transaction; a case stands in the docket."""
    handled(office, clerk)
    source = (Path(settings.BASE_DIR) / "deploy" / "postgresql" / "roles.sql").read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(source.replace("portal_owner", "test_owner").replace("portal_app", "test_app"))


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_application_role_is_refused(application_role: None, statement: str) -> None:
    refusal = r"permission denied|must be owner"
    with (
        pytest.raises(DatabaseError, match=refusal),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL ROLE test_app")
        cursor.execute(statement)


def test_application_role_can_work(application_role: None, office: Unit, clerk: Person) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE test_app")
        case = handled(office, clerk)
        cursor.execute("SELECT count(*) FROM cases_caseevent WHERE case_id = %s", [case.pk])
        assert cursor.fetchone() == (3,)
        cursor.execute("RESET ROLE")
