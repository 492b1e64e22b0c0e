"""Help names every command there is, in both languages, with examples that work; the language is each person's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cards import commands
from bot.cards import help as helping
from bot.core import intents as i
from bot.core.commands import COMMANDS, Command
from bot.i18n import LOCALES, words
from bot.platforms.typed import parse
from tests.support import a_desk, actions, labelled, maria, said, sam, tom


def test_every_command_stands_in_one_group() -> None:
    """Nothing of a member's is left out of the overview, nothing stands there twice."""
    grouped = [path for paths in helping.GROUPS.values() for path in paths]
    assert sorted(grouped) == sorted(command.path for command in COMMANDS if not command.moderators)


async def test_members_see_theirs_and_moderators_all(tmp_path: Path) -> None:
    """Nobody is shown commands that would refuse them; moderators' stand on a page of their own."""
    async with a_desk(tmp_path) as table:
        member, moderator = await table.card(tom, i.ShowHelp()), await table.card(sam, i.ShowHelp())
        theirs = said(await table.card(sam, labelled(moderator, "Moderators' commands")))
        assert "Moderators' commands" not in [action.label for action in actions(member)]
        for command in COMMANDS:
            assert (f"/{command.path} " in said(member)) == (not command.moderators)
            assert (f"/{command.path} " in theirs) == command.moderators


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
async def test_each_command_explains_itself(tmp_path: Path, command: Command, locale: str) -> None:
    """By its path in either language: what it does, an example, and each option."""
    async with a_desk(tmp_path) as table:
        reader, t = replace(tom, locale=locale), words(locale)
        for name in (command.path, commands.path(t, command), "/" + command.path.upper()):
            card = said(await table.card(reader, i.ShowHelp(name)))
            assert commands.described(t, command) in card
            assert all(commands.option_name(t, command, option) in card for option in command.options)


async def test_a_family_of_commands(tmp_path: Path) -> None:
    """`/help poll` lists what begins with poll."""
    async with a_desk(tmp_path) as table:
        card = said(await table.card(tom, i.ShowHelp("poll")))
        assert card.count("/poll ") == sum(command.path.startswith("poll ") for command in COMMANDS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", helping.GROUPS["read"] + helping.GROUPS["discuss"][:2] + helping.GROUPS["yourself"])
async def test_examples_work_as_they_stand(tmp_path: Path, path: str, locale: str) -> None:
    """What help shows can be typed in that language, and does something."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle("us-mexico-bargain"))
        reader = replace(tom, locale=locale)
        card = said(await table.card(reader, i.ShowHelp(path)))
        line = next(line for line in card.splitlines() if line.startswith(("Example: ", "Ejemplo: ")))
        await table.card(reader, parse(line.split(": ", 1)[1], locale))


@pytest.mark.parametrize(("typed", "meant"), [("stanse", "/stance"), ("qqqqq", "")])
async def test_an_unknown_command(tmp_path: Path, typed: str, meant: str) -> None:
    """It says so, and what may have been meant."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(tom, i.ShowHelp(typed))
        assert show.refused
        assert meant in said(show)
        assert ("Did you mean" in said(show)) == bool(meant)


async def test_the_language_is_chosen_and_remembered(tmp_path: Path) -> None:
    """The answer is in the new language, and so is all that follows, for this person alone."""
    async with a_desk(tmp_path) as table:
        ask = await table.card(tom, i.SetLanguage())
        done = await table.card(tom, labelled(ask, "Español"))
        assert "te respondo en español" in said(done)
        assert (await table.card(tom, i.ShowHelp())).title == "Qué puedes hacer aquí"
        assert (await table.card(sam, i.ShowHelp())).title == "What you can do here"
        await table.card(tom, i.SetLanguage("auto"))
        assert (await table.card(tom, i.ShowHelp())).title == "What you can do here"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        pytest.param("inglés", "What you can do here", id="its Spanish name"),
        pytest.param("ENGLISH", "What you can do here", id="its own name"),
        pytest.param("spanish", "Qué puedes hacer aquí", id="its English name"),
        pytest.param("es", "Qué puedes hacer aquí", id="its code"),
    ],
)
async def test_a_language_has_several_names(tmp_path: Path, typed: str, title: str) -> None:
    """By code, own name, or the name in the other language."""
    async with a_desk(tmp_path) as table:
        await table.card(maria, i.SetLanguage(typed))
        assert (await table.card(maria, i.ShowHelp())).title == title


async def test_an_unknown_language_changes_nothing(tmp_path: Path) -> None:
    """It says which there are."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(tom, i.SetLanguage("klingon"))
        assert show.refused
        assert "English and Spanish" in said(show)
