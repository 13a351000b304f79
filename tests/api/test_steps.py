"""Every step by the API: the unit's with the version it saw, the applicant's with number and code, the party's by token."""

from __future__ import annotations

from typing import Any

import time_machine
from django.test import Client

from portal.core.actors import GUEST
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.models import DisclosureRequest
from requests_app.verbs import VERBS
from tests.cast import Person, moment
from tests.factories.requests_app import NAME, answers, handled

NOW = time_machine.travel(moment("2026-02-25"), tick=False)


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1/{path}", body, content_type="application/json")


@NOW
def test_unit_sees_what_may_be_done_and_does_it(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    browser = clerk.client()
    seen = browser.get(f"/api/v1/requests/{case.public_id}/").json()
    assert (seen["state"], seen["due_on"]) == ("handling", "2026-03-16")
    assert NAME not in str(seen)
    verbs = {step["verb"]: step for step in seen["steps"]}
    assert {"draft_reply", "consult", "charge_fee", "request_correction", "ask_reasons"} <= set(verbs)
    kinds = next(field for field in verbs["consult"]["fields"] if field["name"] == "kind")
    assert [choice["value"] for choice in kinds["choices"]] == ["third_party", "joint_maker", "assistant"]
    done = post(
        browser,
        f"requests/{case.public_id}/steps/charge_fee/",
        version=seen["version"],
        tariff="by_page",
        count=250,
        earlier=0,
        reason="共250页",
        ways="到政务服务大厅缴纳",
    )
    assert (done.status_code, done.json()["state"]) == (200, "awaiting_payment")
    stale = post(
        browser, f"requests/{case.public_id}/steps/cancel_fee/", version=seen["version"], comment="x"
    )
    assert stale.status_code == 409


@NOW
def test_every_staff_verb_has_an_address(office: Unit, clerk: Person) -> None:
    """A verb that does not fit answers with a sentence, never with 404 or 500."""
    case = handled(office, clerk)
    browser = clerk.client()
    for verb in VERBS:
        answer = post(browser, f"requests/{case.public_id}/steps/{verb}/", version=-1)
        assert answer.status_code in (400, 409), verb
        assert answer.json()["error"]["sentence"], verb
    assert post(browser, f"requests/{case.public_id}/steps/invented/", version=1).status_code == 404


@NOW
def test_bad_input_names_its_field(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    path = f"requests/{case.public_id}/steps/charge_fee/"
    browser = clerk.client()
    answer = post(browser, path, version=case.version, tariff="both", count=0, reason="多", colour="red")
    assert answer.status_code == 400
    assert answer.json()["error"]["fields"] == {"colour": ["未知字段"]}
    answer = post(browser, path, version=case.version, tariff="both", count=0, reason="多")
    assert set(answer.json()["error"]["fields"]) == {"tariff", "count", "earlier", "ways"}
    assert "version" in post(browser, path, tariff="by_page").json()["error"]["fields"]


@NOW
def test_others_are_kept_out(office: Unit, clerk: Person, outsider: Person, citizen: Person) -> None:
    case = handled(office, clerk)
    path = f"/api/v1/requests/{case.public_id}/"
    assert outsider.client().get(path).status_code == 404
    assert citizen.client().get(path).status_code == 403
    assert Client().get(path).status_code == 403
    assert (
        post(outsider.client(), f"requests/{case.public_id}/steps/lapse_fee/", version=1).status_code == 404
    )


@NOW
def test_step_without_csrf_token_is_refused(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk.account, backend="django.contrib.auth.backends.ModelBackend")
    answer = post(strict, f"requests/{case.public_id}/steps/unflag_obvious/", version=case.version)
    assert answer.status_code == 403


@NOW
def test_applicant_acts_with_number_and_code(office: Unit, clerk: Person) -> None:
    sent = actions.submit(
        unit=office, answers=answers(), key="api-own-step-key-0001", actor=GUEST, at=moment("2026-02-24")
    )
    keys = {"number": sent.case.number, "code": sent.code}
    assert post(Client(), "requests/own/withdraw/", number=sent.case.number, code="WRONG").status_code == 404
    early = post(Client(), "requests/own/rate/", **keys, mark=5)
    assert early.status_code == 409
    assert "不能办理" in early.json()["error"]["sentence"]
    assert post(Client(), "requests/own/correct/", **keys).json()["error"]["fields"] == {
        "text": ["请填写补正内容"]
    }
    done = post(Client(), "requests/own/withdraw/", **keys, reason="不需要了")
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn")
    assert post(Client(), "requests/own/invented/", **keys).status_code == 404


@NOW
def test_party_reads_and_answers_by_token(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    party = Party("third_party", "玉溪某公司", "合同价款", "online", "party@example.org")
    token = actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-02-24")).split("/")[2]
    key = {"Opinion-Token": token}
    seen = Client().get("/api/v1/opinions/", headers=key)
    assert (seen.json()["asked"], seen.json()["state"]) == ("合同价款", "waiting")
    assert NAME not in seen.content.decode()
    bad = post(Client(headers=key), "opinions/", opinion="refuse")
    assert bad.json()["error"]["fields"] == {"reason": ["不同意或者部分同意的，请写明理由"]}
    done = post(Client(headers=key), "opinions/", opinion="agree")
    assert (done.status_code, done.json()["state"]) == (200, "answered")
    assert DisclosureRequest.objects.get(pk=case.pk).due_on is not None
    assert Client().get("/api/v1/opinions/", headers={"Opinion-Token": "A" * 43}).status_code == 404
    assert Client().get("/api/v1/opinions/").status_code == 404
    assert Client().get(f"/api/v1/opinions/{token}/").status_code == 404, "the token stands in no address"
