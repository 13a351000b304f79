"""The names that 政府网站发展指引 (国办发〔2017〕47号) asks of every site, column and article."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from notices import actions
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import approved

SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description"}
COLUMNS = ["/notices/", "/notices/services/", "/releases/", "/mailbox/", "/consultations/", "/requests/"]

pytestmark = pytest.mark.django_db


def names_of(client: Client, path: str) -> dict[str, str]:
    """The named meta tags of a page with what they say."""
    html = client.get(path).content.decode()
    return dict(re.findall(r'<meta name="([A-Z]\w+)" content="([^"]*)">', html))


def test_home_names_the_site(client: Client) -> None:
    found = names_of(client, "/")
    assert set(found) == SITE
    assert found["SiteDomain"] == "127.0.0.1"  # the host of PORTAL_SITE_URL
    assert all(found.values())


@pytest.mark.parametrize("path", COLUMNS)
def test_column_names_itself(client: Client, path: str) -> None:
    found = names_of(client, path)
    assert set(found) == SITE | COLUMN
    assert all(found.values())


def test_item_names_itself_to_the_minute(office: Unit, team: dict[str, Person], client: Client) -> None:
    case = approved(office, team)
    version = actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    found = names_of(client, reverse("notices:article", args=[case.public_id]))
    assert set(found) == SITE | ARTICLE
    assert found["ArticleTitle"] == version.title
    assert found["PubDate"] == "2026-03-03 16:00"
    assert found["ContentSource"] == found["Author"] == version.fields["issuer"]
    assert all(found.values())
    column = names_of(client, reverse("notices:column", args=[version.column_id]))
    assert set(column) == SITE | COLUMN
    assert column["ColumnName"] == version.column.title
