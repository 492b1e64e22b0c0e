"""The console's door: this machine's browser with the printed link, and nobody else.

A page elsewhere can make a browser send requests here, or rebind its own name to this address; so every request must
name a loopback host, everything but the door's own page needs a cookie that other sites can't send, and whatever
changes something must come from our own page.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_OPEN_PATHS = ("/static/", "/health")
_CLOSED_PAGE = Path(__file__).parent / "static" / "closed.html"


@dataclass
class Door:
    """Who comes in. `port` is the one that is listened on; None accepts any (a container maps ports as it likes)."""

    port: int | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers share cookies between the ports of a host, so it tells consoles apart."""
        return f"tertulia-{self.port or 'web'}"

    def middleware(self) -> Middleware:
        """The check of every request, and the headers of every answer."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                response = await self._through(request, handler)
            except web.HTTPException as error:
                error.headers.update(_HEADERS)
                raise
            if not response.prepared:
                response.headers.update(_HEADERS)
            return response

        return guard

    def dress(self, response: web.StreamResponse) -> None:
        """Give a streamed answer its headers before it is prepared."""
        response.headers.update(_HEADERS)

    async def _through(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self.knows_host(request.host):
            raise web.HTTPMisdirectedRequest(text="This console answers only on this machine's own address.")
        if request.method not in ("GET", "HEAD", "POST"):
            raise web.HTTPMethodNotAllowed(request.method, ["GET", "HEAD", "POST"])
        if request.method == "POST" and not _same_origin(request):
            raise web.HTTPForbidden(text="This came from another page.")
        if request.path == "/" and "token" in request.query:
            return self._enter(request)
        if not request.path.startswith(_OPEN_PATHS) and not self._inside(request):
            return _closed(request)
        return await handler(request)

    def knows_host(self, host: str) -> bool:
        """Whether a Host header names this machine's loopback address, and our port."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "80")
        name, port = (name, port) if name else (port, "80")
        return _loopback(name.strip("[]")) and self.port in (None, int(port) if port.isdecimal() else -1)

    def _enter(self, request: web.Request) -> web.StreamResponse:
        if not _equal(request.query["token"], self.token):
            return _closed(request)
        response = web.HTTPSeeOther("/")
        response.set_cookie(self.cookie, self.session, httponly=True, samesite="Strict", path="/")
        raise response

    def _inside(self, request: web.Request) -> bool:
        return _equal(request.cookies.get(self.cookie, ""), self.session)


def _same_origin(request: web.Request) -> bool:
    return request.headers.get("Origin") == f"http://{request.host}"


def _equal(given: str, ours: str) -> bool:
    return hmac.compare_digest(given.encode(), ours.encode())


def _loopback(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _closed(request: web.Request) -> web.StreamResponse:
    if request.path != "/":
        raise web.HTTPUnauthorized(text="Open the link that the console printed when it started.")
    return web.Response(status=401, body=_CLOSED_PAGE.read_bytes(), content_type="text/html", charset="utf-8")
