"""Only this machine's browser with the printed link comes in, and nothing that comes in can run a script."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession, CookieJar

# One loop for the whole module, so that what is slow to start can be shared.
pytestmark = pytest.mark.asyncio(loop_scope="module")

PATHS = ["/", "/page?as=maria", "/events?as=maria", "/suggest?as=maria&line=/", "/files/x?as=maria"]


@pytest.mark.parametrize("path", PATHS)
async def test_without_the_cookie_nothing_is_told(standing, path):
    """Every address but the door's own files asks for the cookie first."""
    async with ClientSession() as stranger, stranger.get(standing.home + path) as response:
        assert response.status == 401
        assert "Sam" not in await response.text()


async def test_the_link_opens_the_door_and_leaves_no_token_behind(standing):
    """The token becomes a cookie that scripts and other sites can't use, and the address is clean again."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as stranger:
        async with stranger.get(standing.platform.url, allow_redirects=False) as response:
            cookie = response.headers["Set-Cookie"]
            assert (response.status, response.headers["Location"]) == (303, "/")
            assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
            assert standing.platform.door.token not in cookie
        async with stranger.get(standing.home + "/") as response:
            assert response.status == 200


@pytest.mark.parametrize("token", ["", "wrong", "ñ"])
async def test_a_wrong_token_stays_outside(standing, token):
    """A guessed token is refused, whatever it is made of."""
    async with ClientSession() as stranger, stranger.get(standing.home, params={"token": token}) as response:
        assert response.status == 401
        assert "Set-Cookie" not in response.headers


async def test_a_rebound_name_is_refused(standing):
    """A request that names another host gets nothing, cookie or not."""
    async with standing.http.get(standing.home + "/page?as=maria", headers={"Host": "evil.example"}) as response:
        assert response.status == 421


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
@pytest.mark.parametrize("path", ["/say", "/press", "/send", "/dismiss"])
async def test_another_page_changes_nothing(standing, origin, path):
    """Whatever changes something must come from our own page."""
    headers = {} if origin is None else {"Origin": origin.format(port=standing.home.rsplit(":")[-1])}
    body = {"as": "maria", "event": "event-other", "line": "hello"}
    async with standing.http.post(standing.home + path, json=body, headers=headers) as response:
        assert response.status == 403
    assert all(message["kind"] == "board" for message in await standing.seen("tom"))


@pytest.mark.parametrize(
    "path", ["/", "/static/app.js", "/static/closed.html", "/page?as=maria", "/nowhere", "/files/x?as=tom"]
)
async def test_every_answer_carries_its_guard(standing, path):
    """Also an error can't be framed, sniffed or given scripts of somebody else's."""
    async with standing.http.get(standing.home + path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["../server.py", "..%2Fserver.py", "%2e%2e/server.py", "app.py", ".", "nothing.js"])
async def test_only_the_page_s_own_files_are_given(standing, name):
    """No path leads out of the folder."""
    async with standing.http.get(f"{standing.home}/static/{name}") as response:
        assert response.status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_other_methods_are_refused(standing, method):
    """The page needs GET and POST."""
    async with standing.http.request(method, standing.home + "/say") as response:
        assert response.status == 405
