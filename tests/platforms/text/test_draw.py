"""Cards as lines: everything that can be done has a number, everything said is there, nothing steers the terminal."""

from __future__ import annotations

import typing

import pytest

from bot.core import card as c
from bot.core import intents as i
from bot.core.card import Action, Card
from bot.core.intents import Intent
from bot.core.rich import Rich, bold, moment
from bot.platforms.text.draw import Drawing
from bot.platforms.text.prose import Prose

NOON = 1_740_830_400_000  # 2025-03-01 12:00 UTC


def drawn(card: Card, timezone: str = "UTC", width: int = 88) -> tuple[str, list[Intent]]:
    drawing = Drawing(Prose(card.locale, timezone, NOON, width))
    return drawing.card(card), drawing.choices


def text_of(*blocks: c.Block, width: int = 88) -> str:
    return drawn(Card(blocks=blocks), width=width)[0]


BLOCKS = [
    pytest.param(c.Text(bold("Recorded")), "Recorded", id="bold"),
    pytest.param(c.Text("**as typed**"), "**as typed**", id="somebody's asterisks"),
    pytest.param(c.Text(Rich("[a page](https://example.org)")), "a page (https://example.org)", id="link"),
    pytest.param(c.Heading("Outlook"), "Outlook\n───────", id="heading"),
    pytest.param(c.Text(Rich("**/article** The article")), "/article: The article", id="bold heading"),
    pytest.param(c.Text(Rich("**Tom** was faster")), "Tom was faster", id="bold name"),
    pytest.param(
        c.Facts((("Language of what everybody sees", "en"),)), "Language of what everybody sees: en", id="long"
    ),
    pytest.param(c.Quote("one\ntwo"), "│ one\n│ two", id="quote"),
    pytest.param(c.Small("by the editors"), "· by the editors", id="small"),
    pytest.param(c.Bullets(("a", "b", "c"), (0, 1, 0)), "  • a\n    ◦ b\n  • c", id="bullets"),
    pytest.param(c.Bullets(("a", "b", "c"), (0, 1, 0), numbered=True), "  1. a\n    ◦ b\n  2. c", id="numbered"),
    pytest.param(c.Facts((("Votes", "7"), ("Closes at", "noon"))), "Votes      7\nCloses at  noon", id="facts"),
    pytest.param(
        c.Bars((c.Bar("Yes", 0.5, "1 (50 %)", "A"), c.Bar("No", 7.0, "9", "B"))),
        "  A  Yes\n     ██████████░░░░░░░░░░  1 (50 %)\n  B  No\n     ████████████████████  9",
        id="bars",
    ),
    pytest.param(
        c.Sides(c.Side("For", ("a",)), c.Side("Against", ("b",))),
        "For\n───\n  • a\n\nAgainst\n───────\n  • b",
        id="sides",
    ),
    pytest.param(c.Option("Paint it", Action("A", i.PressOption("k", "a"))), "   1  A  Paint it", id="option"),
    pytest.param(c.Text("\x1b[2Jgone\x07"), "[2Jgone", id="terminal codes"),
]


@pytest.mark.parametrize(("block", "lines"), BLOCKS)
def test_a_block_is_drawn(block: c.Block, lines: str) -> None:
    """Each kind of block has its own plain look."""
    assert text_of(block) == lines


@pytest.mark.parametrize(
    ("style", "locale", "zone", "written"),
    [
        ("f", "en", "UTC", "March 1, 2025, 3:00 PM UTC"),
        ("f", "es", "America/Mexico_City", "1 de marzo de 2025, 9:00 CST"),
        ("F", "en", "UTC", "Saturday, March 1, 2025, 3:00 PM UTC"),
        ("d", "es", "UTC", "1 de marzo de 2025"),
        ("t", "es", "Europe/Madrid", "16:00 CET"),
        ("R", "en", "UTC", "in 3 hours"),
        ("R", "es", "UTC", "dentro de 3 horas"),
    ],
)
def test_a_moment_is_told_in_the_places_zone_and_the_readers_language(
    style: str, locale: str, zone: str, written: str
) -> None:
    """Three hours after noon, in the words of each style."""
    card = Card(blocks=(c.Text(moment(NOON + 3 * 3_600_000, style)),), locale=locale)
    found, _ = drawn(card, timezone=zone)
    assert " ".join(found.split()) == written


def test_everything_that_can_be_done_has_a_number() -> None:
    """Options, actions and picks are counted through; what can't be used has none; short commands are shown."""
    press, close, read = i.PressOption("k", "a"), i.ShowPanel(), i.ReadSection("x", "outlook")
    card = Card(
        blocks=(c.Option("Paint it", Action("A", press)), c.Option("Closed", Action("B", None))),
        actions=((Action("Panel", close), Action("Gone", None)), (c.Link("Source", "https://example.org"),)),
        picks=(c.Pick("Contents", (c.PickOption("Outlook", read, "both scenarios", chosen=True),)),),
    )
    found, choices = drawn(card)
    assert choices == [press, close, read]
    assert found.split("\n") == [
        "   1  A  Paint it",
        "   –  B  Closed",
        "",
        "   2  Panel   (/moderate poll panel)",
        "   –  Gone",
        "      Source: https://example.org",
        "",
        "Contents",
        "   3  ● Outlook — both scenarios",
    ]


def test_lines_stay_within_the_width() -> None:
    """A long text is wrapped, and its further lines stand under the first."""
    lines = text_of(c.Bullets(("word " * 40,)), width=40).split("\n")
    assert len(lines) > 4
    assert all(len(line) <= 40 for line in lines)
    assert all(line.startswith("    word") for line in lines[1:])


def test_a_file_says_how_to_keep_it() -> None:
    """Its name and size, and what to type."""
    found, _ = drawn(Card(files=(c.File("r.csv", b"x" * 3000, "text/csv"),)))
    assert found == "File: r.csv (3 KB). /save keeps it."


def test_every_kind_of_block_has_a_drawing() -> None:
    """A new kind can't be forgotten here."""
    kinds = set(typing.get_args(c.Block))
    assert kinds <= set(Drawing.__dict__["block"].dispatcher.registry)


def test_this_very_second_has_passed() -> None:
    """A poll that closed just now closed a second ago, not in zero seconds."""
    assert Prose("en", "UTC", NOON).plain(moment(NOON, "R")) == "1 second ago"
