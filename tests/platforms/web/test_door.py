"""Only this machine's browser with the printed link comes in, and nothing that comes in can run a script."""

from __future__ import annotations

import re

import pytest
from aiohttp import ClientSession, CookieJar

from bot.platforms.web.door import Door
from bot.platforms.web.routes import STATIC

PATHS = ["/", "/page?as=maria", "/events?as=maria", "/suggest?as=maria&line=/", "/files/x?as=maria"]


@pytest.mark.parametrize("path", PATHS)
async def test_without_the_cookie_nothing_is_told(console, path):
    """Every address but the door's own files asks for the cookie first."""
    async with ClientSession() as stranger, stranger.get(console.home + path) as response:
        assert response.status == 401
        assert "Sam" not in await response.text()


async def test_the_link_opens_the_door_and_leaves_no_token_behind(console):
    """The token becomes a cookie that scripts and other sites can't use, and the address is clean again."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as stranger:
        async with stranger.get(console.platform.url, allow_redirects=False) as response:
            cookie = response.headers["Set-Cookie"]
            assert (response.status, response.headers["Location"]) == (303, "/")
            assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
            assert console.platform.door.token not in cookie
        async with stranger.get(console.home + "/") as response:
            assert response.status == 200


@pytest.mark.parametrize("token", ["", "wrong", "ñ"])
async def test_a_wrong_token_stays_outside(console, token):
    """A guessed token is refused, whatever it is made of."""
    async with ClientSession() as stranger, stranger.get(console.home, params={"token": token}) as response:
        assert response.status == 401
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1:8080", True),
        ("localhost:8080", True),
        ("LOCALHOST:8080", True),
        ("[::1]:8080", True),
        ("127.0.0.1:8081", False),
        ("127.0.0.1", False),
        ("127.0.0.1:", False),
        ("127.0.0.1:abc", False),
        ("evil.example:8080", False),
        ("127.0.0.1.evil.example:8080", False),
        ("localhost.evil.example:8080", False),
        ("192.168.0.7:8080", False),
        ("0.0.0.0:8080", False),
        ("", False),
    ],
)
def test_only_loopback_names_are_answered(host, known):
    """A name that somebody points at this machine later is still not ours."""
    assert Door(8080).knows_host(host) is known


def test_in_a_container_any_port_may_lead_here():
    """A container maps ports as it likes; the name is checked all the same."""
    assert Door(None).knows_host("localhost:9000")
    assert not Door(None).knows_host("evil.example:9000")


async def test_a_rebound_name_is_refused(console):
    """A request that names another host gets nothing, cookie or not."""
    async with console.http.get(console.home + "/page?as=maria", headers={"Host": "evil.example"}) as response:
        assert response.status == 421


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
@pytest.mark.parametrize("path", ["/say", "/press", "/send", "/dismiss"])
async def test_another_page_changes_nothing(console, origin, path):
    """Whatever changes something must come from our own page."""
    headers = {} if origin is None else {"Origin": origin.format(port=console.home.rsplit(":")[-1])}
    body = {"as": "maria", "event": "event-other", "line": "hello"}
    async with console.http.post(console.home + path, json=body, headers=headers) as response:
        assert response.status == 403
    assert all(message["kind"] == "board" for message in await console.seen("tom"))


@pytest.mark.parametrize(
    "path", ["/", "/static/app.js", "/static/closed.html", "/page?as=maria", "/nowhere", "/files/x?as=tom"]
)
async def test_every_answer_carries_its_guard(console, path):
    """Also an error can't be framed, sniffed or given scripts of somebody else's."""
    async with console.http.get(console.home + path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["../server.py", "..%2Fserver.py", "%2e%2e/server.py", "app.py", ".", "nothing.js"])
async def test_only_the_page_s_own_files_are_given(console, name):
    """No path leads out of the folder."""
    async with console.http.get(f"{console.home}/static/{name}") as response:
        assert response.status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_other_methods_are_refused(console, method):
    """The page needs GET and POST."""
    async with console.http.request(method, console.home + "/say") as response:
        assert response.status == 405


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.html")), ids=lambda path: path.name)
def test_pages_hold_no_inline_code(path):
    """The policy would stop it; there is none to stop."""
    html = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"(src|href)=\"(https?:)?//", html)


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_never_make_markup_of_text(path):
    """Texts become text nodes: nothing in the page parses HTML."""
    script = path.read_text("utf-8")
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|setHTML"
    assert not re.search(sinks, script)
