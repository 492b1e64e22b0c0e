"""Every command has its words in every language, and Discord would take them all."""

from __future__ import annotations

import pytest

from bot.core.commands import COMMANDS, Command
from bot.core.text import units
from bot.i18n import LOCALES, flattened, words
from bot.platforms.discord.payload import commands
from tests.spec.commands import fits, size
from tests.spec.gate import violations

GROUPS = sorted({" ".join(c.path.split()[:n]) for c in COMMANDS for n in range(1, len(c.path.split()))})
each_locale = pytest.mark.parametrize("locale", LOCALES)
each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.path)


@each_locale
@pytest.mark.parametrize("path", [*(c.path for c in COMMANDS), *GROUPS])
def test_a_command_has_a_name_and_a_description(path: str, locale: str) -> None:
    """A name that Discord takes, a description of at most 100 characters."""
    t, key = words(locale), "command." + path.replace(" ", ".")
    assert fits(t.plain(f"{key}.name"))
    assert 1 <= units(t.plain(f"{key}.description")) <= 100


@each_locale
@each_command
def test_an_option_has_its_words(command: Command, locale: str) -> None:
    """A name, a description, and a word for each choice of at most 100 characters."""
    t = words(locale)
    for option in command.options:
        assert fits(t.plain(f"option.{option.name}.name"))
        assert 1 <= units(t.plain(f"option.{option.name}.description")) <= 100
        assert all(1 <= units(t.plain(f"choice.{option.name}.{value}")) <= 100 for value in option.choices)


@each_locale
@each_command
def test_help_shows_an_example_that_begins_with_the_command(command: Command, locale: str) -> None:
    """An example can be typed as it stands."""
    example = words(locale).plain(f"help.{command.path.replace(' ', '_')}.example")
    assert example.split()[: len(command.path.split())] == f"/{command.path}".split()


@each_locale
def test_siblings_have_different_names(locale: str) -> None:
    """Two commands of one group, or two options of one command, never look alike."""
    t = words(locale)
    paths = [*(c.path for c in COMMANDS), *GROUPS]
    named = [(p.rpartition(" ")[0], t.plain(f"command.{p.replace(' ', '.')}.name")) for p in paths]
    assert len(set(named)) == len(named)
    for command in COMMANDS:
        options = [t.plain(f"option.{option.name}.name") for option in command.options]
        assert len(set(options)) == len(options)


def test_no_words_for_what_does_not_exist() -> None:
    """A renamed command takes its words along."""
    known = {p.replace(" ", ".") for p in (*(c.path for c in COMMANDS), *GROUPS)}
    said = {key.removeprefix("command.") for key in flattened("en") if key.startswith("command.")}
    assert {key.partition(".option.")[0].removesuffix(".name").removesuffix(".description") for key in said} <= known


def test_discord_takes_the_whole_payload() -> None:
    """By its own schema and its unwritten rules: names, order, sizes."""
    assert violations(commands(), "commands") == []


def test_each_top_level_command_stays_well_below_discords_8000_characters() -> None:
    """Room for what follows: at most 6,000, the longest language counting."""
    assert {c["name"]: size(c) for c in commands() if size(c) > 6000} == {}


def test_moderators_commands_are_hidden_from_members_and_none_works_in_private() -> None:
    """One top-level command for moderators, shown to who may manage the server; all of them in servers only."""
    payload = commands()
    assert [c["name"] for c in payload if "default_member_permissions" in c] == ["moderate"]
    assert all(c["contexts"] == [0] and c["integration_types"] == [0] for c in payload)
    assert {c.path.split()[0] for c in COMMANDS if c.moderators} == {"moderate"}
