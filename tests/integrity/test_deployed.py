"""The portal as deploy/ puts it up, every part real: nginx with our file, granian in production, Redis with a password."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from tests.factories.requests_app import IDENTITY, NAME, PHONE
from tests.pristine import Pristine
from tests.servers import SITE, Answer, Deployed, deployed_portal

# What stands in front of the portal is the same before either database: it is run before the one of production.
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.postgresql]
PUBLIC = ("/", "/releases/", "/statistics/", "/notices/")
PRIVATE = ("/requests/track/", "/accounts/login/", "/workbench/", "/supervision/", "/my/", "/requests/new/")


@pytest.fixture(scope="module")
def portal(pristine: Pristine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """One deployment for all tests of this file."""
    folder = tmp_path_factory.mktemp("deployed")
    with pristine.copy(folder) as url, deployed_portal(url, folder) as running:
        yield running


@pytest.fixture(autouse=True)
def _rested(portal: Deployed) -> None:
    """The limit on requests of one address has room again."""
    time.sleep(0.5)


def cookies(answer: Answer) -> str:
    """The cookies of an answer as a browser sends them back."""
    jar = SimpleCookie()
    for line in answer.cookies:
        jar.load(line)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def submitted(portal: Deployed, key: str) -> tuple[str, str]:
    """Receipt number and query code of a request made through the API."""
    body = {
        "unit": {"unit": "city-office"},
        "who": {"applicant_kind": "citizen"},
        "person": {"name": NAME, "identity_kind": "resident", "identity_number": IDENTITY},
        "contact": {"phone": PHONE},
        "information": {"information_name": "老旧小区改造清单"},
        "receive": {"form_wanted": "electronic", "delivery": "online"},
    }
    answer = portal.ask(
        "POST",
        "/api/v1/requests/",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Idempotency-Key": key},
    )
    assert answer.status in (200, 201), answer.text
    told = json.loads(answer.text)
    return told["number"], told["query_code"]


def test_plain_http_leads_to_https_and_pages_say_so(portal: Deployed) -> None:
    with socket.create_connection(("127.0.0.1", portal.nginx.http), timeout=5) as link:
        link.sendall(f"GET /releases/?q=1 HTTP/1.1\r\nHost: {SITE}\r\nConnection: close\r\n\r\n".encode())
        told = link.recv(4096).decode()
    assert told.startswith("HTTP/1.1 301")
    assert f"Location: https://{SITE}/releases/?q=1" in told
    home = portal.get("/")
    assert home.status == 200
    assert "max-age=31536000" in home.headers["strict-transport-security"]
    assert "frame-ancestors 'none'" in home.headers["content-security-policy"]
    assert re.search(r"nginx/\d", str(home.headers)) is None


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1", f"{SITE}.evil.example", ""])
def test_other_names_get_no_answer(portal: Deployed, name: str) -> None:
    """T17: no reset link, no redirect and no kept page under another name."""
    with socket.create_connection(("127.0.0.1", portal.nginx.http), timeout=5) as link:
        link.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
        assert link.recv(4096)[:12] in (b"", b"HTTP/1.1 400")
    told = portal.raw(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
    assert told[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 421")


def test_what_the_reader_says_of_himself_is_overwritten(portal: Deployed) -> None:
    """T17: forged forwarding headers change neither links nor the address that failures are counted under."""
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "host=evil.example",
    }
    home = portal.get("/", forged)
    assert home.status == 200, "X-Forwarded-Proto: http would have been answered by a redirect"
    assert "evil.example" not in home.text
    login = portal.get("/workbench/", forged)
    assert login.status == 302
    assert "evil.example" not in login.headers["location"]


def test_wrong_codes_count_under_the_real_address(portal: Deployed) -> None:
    number, _ = submitted(portal, "forged-address-key-000001")
    page = portal.get("/requests/track/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    statuses = []
    for turn in range(7):
        form = f"csrfmiddlewaretoken={token[1]}&number={number}&code=AAAA-BBBB-CC".encode()
        answer = portal.ask(
            "POST",
            "/requests/track/",
            form,
            {
                "Cookie": cookies(page),
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"https://{SITE}/requests/track/",
                "X-Forwarded-For": f"203.0.113.{turn}",
            },
        )
        statuses.append(answer.status)
    assert 429 in statuses, statuses
    assert 200 not in statuses, statuses
    assert 302 not in statuses, statuses


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_kept_for_strangers_only(portal: Deployed, path: str) -> None:
    """T19: a kept page is never given to somebody with a session, and none of theirs is kept."""
    assert portal.get(path).status == 200
    assert portal.get(path).headers["x-cache"] == "HIT"
    for own in ("__Host-portal=abc", "a=1; __Host-portal=abc", "display=large"):
        mine = portal.get(path, {"Cookie": own})
        assert mine.headers["x-cache"] == "BYPASS"
        assert mine.headers["cache-control"] == "private, no-store"
    assert "large-print" not in portal.get(path).text


@pytest.mark.parametrize("path", PRIVATE)
def test_private_pages_are_never_kept_whatever_their_name(portal: Deployed, path: str) -> None:
    """T19: also not when somebody hangs a style sheet's name on them."""
    for asked in (path, f"{path}x.css", f"{path}%0Ax.css", f"{path};x.js"):
        for _ in range(2):
            answer = portal.get(asked)
            assert answer.headers.get("x-cache", "MISS") != "HIT", asked
            assert "no-store" in answer.headers["cache-control"], asked


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.env", "/static/.env", "/static/../granian.log", "/static/%2e%2e/granian.log",
        "/static../granian.log", "/static/..%2fsecrets/", "/files/", "/var/files/", "/media/", "/backups/", "/static/",
        "/own.sqlite3", "/pages/away.html",
    ],
)  # fmt: skip
def test_no_file_of_the_machine_is_handed_out(portal: Deployed, path: str) -> None:
    """T45."""
    told = portal.raw(f"GET {path} HTTP/1.1\r\nHost: {SITE}\r\nConnection: close\r\n\r\n".encode())
    assert told[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 403", b"HTTP/1.1 404"), told[:300]
    assert b"Index of" not in told


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        "Content-Length: +3\r\n\r\nabc",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_request_with_two_lengths_is_refused(portal: Deployed, head: str) -> None:
    """T59: nothing is left over for the next reader on the same connection."""
    smuggled = "GET /healthz HTTP/1.1\r\nHost: portal.example\r\n\r\n"
    told = portal.raw(
        f"POST /api/v1/deadline/ HTTP/1.1\r\nHost: {SITE}\r\n{head}{smuggled}".encode("latin-1"), timeout=4
    )
    assert told.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501")), told[:200]
    assert told.count(b"HTTP/1.1 ") == 1


def test_style_and_script_come_compressed_and_stay(portal: Deployed) -> None:
    home = portal.get("/", {"Accept-Encoding": "gzip"})
    page = gzip.decompress(home.body).decode()
    assert len(home.body) * 2 < len(page.encode())
    sheet = re.search(r'href="(/static/portal\.[0-9a-f]+\.css)"', page)
    assert sheet, "production names carry a hash"
    answer = portal.get(sheet[1], {"Accept-Encoding": "gzip"})
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["cache-control"]


def test_too_large_a_body_gets_a_page_in_chinese(portal: Deployed) -> None:
    """T09: refused before it is read."""
    told = portal.raw(
        f"POST /requests/new/ HTTP/1.1\r\nHost: {SITE}\r\nContent-Length: 900000000\r\nConnection: close\r\n\r\n".encode()
    )
    assert told.startswith(b"HTTP/1.1 413")
    assert "上传的文件太大" in told.decode()


def test_a_flood_is_told_to_wait_in_chinese(portal: Deployed) -> None:
    answers = [portal.get("/healthz") for _ in range(6)]
    assert {answer.status for answer in answers} == {200}
    refused: list[Answer] = []

    def flood() -> None:
        for _ in range(40):
            answer = portal.get("/requests/track/")
            if answer.status == 429:
                refused.append(answer)

    threads = [threading.Thread(target=flood) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused
    assert "访问过于频繁" in refused[0].text
    assert refused[0].headers["retry-after"] == "60"
    time.sleep(4)


def test_slow_clients_do_not_hold_up_the_others(portal: Deployed) -> None:
    """T35: 30 who send their heading byte by byte; nginx hangs up on them, others are served meanwhile."""
    import ssl

    context = ssl.create_default_context(cafile=str(portal.nginx.certificate))
    slow = []
    for _ in range(30):
        plain = socket.create_connection(("127.0.0.1", portal.nginx.https), timeout=30)
        link = context.wrap_socket(plain, server_hostname=SITE)
        link.sendall(f"POST /requests/new/ HTTP/1.1\r\nHost: {SITE}\r\nX-Slow:".encode())
        slow.append(link)
    began = time.monotonic()
    while time.monotonic() - began < 3:
        assert portal.get("/healthz").status == 200
        time.sleep(0.25)
    ended = 0
    for link in slow:
        try:
            told = link.recv(1000)
            ended += not told or told.startswith(b"HTTP/1.1 408")
        except (ConnectionError, ssl.SSLError):
            ended += 1
        link.close()
    assert ended == 30
    assert time.monotonic() - began < 20


def test_no_page_fails_when_redis_dies_or_falls_silent(portal: Deployed) -> None:
    """F07: errors 0; nobody is logged out; wrong codes are still refused."""
    own = {"Cookie": "display=large"}

    def everything_answers(word: str) -> None:
        time.sleep(1)
        for path in (*PUBLIC, "/mailbox/", "/requests/track/"):
            began = time.monotonic()
            answer = portal.get(path, own)
            assert answer.status == 200, (word, path, answer.status)
            assert time.monotonic() - began < 10, (word, path)
        submitted(portal, f"redis-{word}-key-0000000001")

    everything_answers("up")
    portal.redis.freeze()
    try:
        everything_answers("silent")
    finally:
        portal.redis.thaw()
    portal.redis.kill()
    everything_answers("dead")
    portal.redis.start()
    everything_answers("back")
    assert "cache away" in portal.log.read_text()


def test_redis_wants_a_password_and_the_check_says_so(portal: Deployed, settings: object) -> None:
    """T41."""
    with socket.create_connection(("127.0.0.1", portal.redis.port), timeout=5) as link:
        link.sendall(b"PING\r\n")
        assert link.recv(100).startswith(b"-NOAUTH")
    from portal.web.checks import check_redis

    for url, found in (
        ("redis://127.0.0.1:6379/0", ["portal.E001"]),
        (portal.redis.url, []),
        ("unix:///run/redis.sock?db=0", []),
        ("", []),
    ):
        settings.REDIS_URL = url  # type: ignore[attr-defined]
        assert [message.id for message in check_redis()] == found


def test_page_is_kept_for_seconds_only(portal: Deployed) -> None:
    """What is taken down is gone within five seconds: nothing is served after the seconds it was marked for."""
    first = portal.get("/statistics/ratings/")
    assert (first.status, first.headers["cache-control"]) == (200, "public, max-age=0, s-maxage=4")
    assert portal.get("/statistics/ratings/").headers["x-cache"] == "HIT"
    time.sleep(5)
    assert portal.get("/statistics/ratings/").headers["x-cache"] in ("EXPIRED", "MISS")


def test_killed_portal_says_that_it_is_away_and_shows_nothing_old(portal: Deployed) -> None:
    """A page that was just read for a moment more, then a page in Chinese that says so, and back without a hand."""
    number, _ = submitted(portal, "killed-behind-nginx-0001")
    assert portal.get("/releases/").status == 200
    portal.granian.kill()
    time.sleep(5)
    gone = portal.get("/releases/")
    assert (gone.status, "平台暂时无法访问" in gone.text) == (502, True)
    away = portal.get("/requests/new/")
    assert away.status == 502
    assert "平台暂时无法访问" in away.text
    assert away.headers["cache-control"] == "no-store"
    portal.granian.start()
    assert portal.get("/requests/new/").status == 302
    assert submitted(portal, "killed-behind-nginx-0001")[0] == number


def test_log_is_json_and_holds_no_personal_data(portal: Deployed) -> None:
    """T27, T30: all that happened in this file, line by line."""
    lines = portal.log.read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("{"):
            json.loads(line)
    text = "\n".join(lines)
    for canary in (IDENTITY, PHONE, NAME, "query_code"):
        assert canary not in text
    assert Path(portal.env["PORTAL_FILES_DIR"]) != Path("/")
