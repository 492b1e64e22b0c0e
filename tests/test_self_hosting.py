"""The page that leads an operator from nothing to a running bot stays true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import _parser
from bot.cli.invite import PERMISSIONS
from bot.core.commands import COMMANDS
from bot.platforms.discord.platform import COMMANDS_FILE
from bot.settings import table

PAGE = (Path(__file__).parents[1] / "docs" / "self-hosting.md").read_text("utf-8")


def test_the_table_of_settings_is_the_code() -> None:
    """Each setting with its default and what it does, in the code's order; none besides."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*) \|$", PAGE, re.MULTILINE)
    assert rows == [(row.name, f"`{row.default}`" if row.default else "–", row.doc) for row in table()]


def test_the_permissions_are_those_of_the_invite() -> None:
    """With what each is for."""
    asked = PAGE.partition("## 4.")[2].partition("## 5.")[0]
    assert re.findall(r"^\| ([A-Z][\w ]+) \| \w", asked, re.MULTILINE) == list(PERMISSIONS)


@pytest.mark.parametrize("said", sorted(set(re.findall(r"`/([a-z]+(?: [a-z]+\b(?!:))*)(?=[ `])", PAGE))))
def test_every_command_on_the_page_exists(said: str) -> None:
    """Typed as it stands there; a group counts too."""
    assert any(command.path == said or f"{command.path} ".startswith(f"{said} ") for command in COMMANDS)


@pytest.mark.parametrize("line", sorted(set(re.findall(r"(?:bin/|`)tertulia ([a-z]+)", PAGE))))
def test_every_line_for_the_shell_exists(line: str) -> None:
    """`tertulia` knows each command that the page tells to type."""
    assert re.search(rf"^\s+{line}\s", _parser().format_help(), re.MULTILINE)


def test_the_file_that_makes_it_register_again_is_named() -> None:
    """As the code calls it."""
    assert COMMANDS_FILE in PAGE
