"""The site map and robots.txt: what is public, and nothing else."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from notices import actions
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import approved, drafted


def test_public_items_are_listed_and_every_page_opens(
    office: Unit, team: dict[str, Person], client: Client
) -> None:
    case = approved(office, team)
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    hidden = drafted(office, team["clerk"])
    index = client.get("/sitemap.xml").content.decode()
    parts = [address.split("testserver")[1] for address in re.findall(r"<loc>([^<]+)</loc>", index)]
    assert len(parts) == 3
    found = "".join(client.get(part).content.decode() for part in parts)
    addresses = [address.split("testserver")[1] for address in re.findall(r"<loc>([^<]+)</loc>", found)]
    assert reverse("notices:article", args=[case.public_id]) in addresses
    assert str(hidden.public_id) not in found
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_robots_keep_out_of_what_is_not_public(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /workbench/" in text and "Sitemap: http://testserver/sitemap.xml" in text


def test_map_for_people_names_every_service_and_unit_and_all_its_links_open(
    office: Unit, client: Client
) -> None:
    html = client.get("/site-map/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    addresses = sorted(set(re.findall(r'href="(/[^"#?]*)"', main)))
    assert (
        len([address for address in addresses if address.startswith("/notices/units/")])
        == Unit.objects.filter(is_active=True).count()
        > 40
    )
    for address in addresses[:: max(1, len(addresses) // 40)]:
        assert client.get(address).status_code == 200, address


def test_english_summary_names_the_periods_in_force(db: None, client: Client) -> None:
    page = client.get("/english/").content.decode()
    assert "within 20 working days" in page
    assert "up to 20 more" in page
    assert 'href="/english/"' in client.get("/").content.decode()
