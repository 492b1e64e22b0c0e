"""What the door knows by itself, and what the page's files may hold: no test here needs a console."""

from __future__ import annotations

import re

import pytest

from bot.platforms.web.door import Door
from bot.platforms.web.routes import STATIC


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
