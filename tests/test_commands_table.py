"""`docs/commands.md` says what the table of commands says. TERTULIA_WRITE_DOCS=1 writes it anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bot.cards import commands
from bot.core.commands import COMMANDS, Command, Option, Takes
from bot.i18n import Words, words

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """# Commands

Members' commands and moderators' commands are two families: only who may moderate can use `/moderate …`, and that is
checked on every press again. In the web console and the text console the same lines can be typed. Each command can be
typed in English or Spanish; an option in bold is needed, the others may be left out.

`tests/test_commands_table.py` writes this page from the program's own table and fails when the two differ.
"""


def page() -> str:
    """The page as the program has it now."""
    families = (
        ("Members", [command for command in COMMANDS if not command.moderators]),
        ("Moderators", [command for command in COMMANDS if command.moderators]),
    )
    return "\n".join([HEAD, *(line for family in families for line in _family(*family))])


def _family(title: str, listed: list[Command]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| command | en español | what it does | options | example |"
    yield "|---|---|---|---|---|"
    yield from (_row(words("en"), words("es"), command) for command in listed)
    yield ""


def _row(en: Words, es: Words, command: Command) -> str:
    options = "<br>".join(_option(en, command, option) for option in command.options)
    example = en.plain(f"help.{command.path.replace(' ', '_')}.example").replace("|", "\\|")
    cells = (f"`/{command.path}`", f"`/{commands.path(es, command)}`", commands.described(en, command), options)
    return f"| {' | '.join(cells)} | `{example}` |"


def _option(en: Words, command: Command, option: Option) -> str:
    name = f"**`{option.name}`**" if option.required else f"`{option.name}`"
    takes = "" if option.takes is Takes.TEXT else f" ({option.takes})"
    choices = f" ({', '.join(f'`{value}`' for value in option.choices)})" if option.choices else ""
    return f"{name}{takes}{choices}: {commands.option_described(en, command, option)}".replace("|", "\\|")


def test_the_page_is_the_table() -> None:
    """Nothing is documented that isn't there, nothing is there that isn't documented."""
    if os.environ.get("TERTULIA_WRITE_DOCS") == "1":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
