"""The invite link asks for what the bot does and nothing else."""

from __future__ import annotations

import base64
import io
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.cli.invite import PERMISSIONS, application_of, link, run

ID = "1098765432109876543"
TOKEN = base64.urlsafe_b64encode(ID.encode()).decode().rstrip("=") + ".Gabcde." + "x" * 38


def test_the_link_asks_for_exactly_what_is_needed() -> None:
    """Boards are posted in channels and threads, polls get threads that are locked and read back; nothing else."""
    asked = parse_qs(urlsplit(link(ID)).query)
    granted = {name for name, on in discord.Permissions(int(asked["permissions"][0])) if on}
    threads = {"send_messages_in_threads", "create_public_threads", "manage_threads", "read_message_history"}
    assert granted == {"read_messages", "send_messages"} | threads
    assert asked["client_id"] == [ID]
    assert asked["scope"] == ["bot applications.commands"]


@pytest.mark.parametrize(
    ("token", "application"),
    [
        pytest.param(TOKEN, ID, id="a bot token"),
        pytest.param("MTA=.x.y", None, id="too short for an id"),
        pytest.param("!!!.x.y", None, id="not base64"),
        pytest.param("4pyT4pyT.x.y", None, id="not digits"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_token_tells_its_application(token: str, application: str | None) -> None:
    """Its first part is the application id; a strange one tells nothing and breaks nothing."""
    assert application_of(token) == application


def test_the_link_is_printed_with_what_it_asks_for() -> None:
    """One line to open, one that says what for; never the token."""
    out = io.StringIO()
    assert run(TOKEN, None, out=out) == 0
    shown = out.getvalue()
    assert shown.splitlines()[0] == link(ID)
    assert all(name in shown for name in PERMISSIONS)
    assert TOKEN not in shown


@pytest.mark.parametrize(("token", "application"), [(None, None), ("a.b.c", None), (TOKEN, "me")])
def test_without_an_id_it_says_what_to_do(token: str | None, application: str | None) -> None:
    """A sentence on stderr, exit code 1."""
    err = io.StringIO()
    assert run(token, application, out=io.StringIO(), err=err) == 1
    assert "application id" in err.getvalue()
