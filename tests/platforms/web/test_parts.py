"""The console's parts by themselves: what the channel remembers, how cards are drawn, what is kept to take away."""

from __future__ import annotations

import json
import re
from itertools import combinations, count
from typing import get_args

import pytest

from bot.core import card as c
from bot.core.intents import OpenArticle, ShowHelp
from bot.core.rich import Rich
from bot.i18n import LOCALES, words
from bot.platforms.web import downloads
from bot.platforms.web.downloads import Downloads
from bot.platforms.web.draw import Draw
from bot.platforms.web.page import page, spoken
from bot.platforms.web.people import PEOPLE
from bot.platforms.web.room import KEPT_PRIVATE, KEPT_PUBLIC, Kind, Message, Room
from bot.platforms.web.routes import STATIC
from bot.platforms.web.stage import WebStage
from bot.services.stage import Slot

EVERY_BLOCK = (
    c.Heading("h"),
    c.Text(Rich("**b** `c` [l](https://example.org) <t:1793534400:f>")),
    c.Bullets(("a", "b"), (0, 1)),
    c.Quote("q"),
    c.Small("s"),
    c.Facts((("n", "v"),)),
    c.Bars((c.Bar("l", 2.0, "v", "A"), c.Bar("m", -1.0, "w"))),
    c.Option("o", c.Action("Go", OpenArticle())),
    c.Sides(c.Side("l", ("a",)), c.Side("r", ("b",))),
    c.Rule(),
)


def a_room() -> Room:
    return Room(count(1).__next__)


def line(name: str, reader: str | None = None) -> Message:
    return Message(name, Kind.LINE, {"line": name}, reader)


def test_a_page_that_saw_everything_gets_only_what_came_after():
    """Numbers grow with every change; a rewritten message keeps its place."""
    room = a_room()
    first, second = room.put(line("a")), room.put(line("b"))
    again = room.put(line("a"))
    assert [m.id for m in room.since("tom", second.rev)] == ["a"]
    assert (again.seq, again.at_ms) == (first.seq, first.at_ms)
    assert [m.id for m in room.since("tom", 0)] == ["a", "b"]


def test_a_message_never_changes_its_reader():
    """Nothing private can become another's by taking its id."""
    room = a_room()
    room.put(line("a", "maria"))
    for reader in ("tom", None):
        with pytest.raises(ValueError, match="somebody else"):
            room.put(line("a", reader))


def test_what_left_is_told_to_those_who_saw_it():
    """An open page learns that a message left, a new page never hears of it."""
    room = a_room()
    kept = room.put(line("a", "maria"))
    room.take_away(kept)
    assert [m.kind for m in room.since("maria", kept.rev)] == [Kind.GONE]
    assert room.since("maria", 0) == [] == room.since("tom", 1)
    assert room.get("a", "maria") is None


def test_the_channel_forgets_the_oldest_but_never_a_board():
    """A console that runs for months stays small, each reader's answers by themselves."""
    room = a_room()
    room.put(Message("board", Kind.BOARD, {}))
    for n in range(KEPT_PUBLIC + 50):
        room.put(line(f"p{n}"))
        room.put(line(f"m{n}", "maria"))
    room.put(line("t", "tom"))
    seen = [m.id for m in room.since("maria", 0)]
    assert "board" in seen and "p49" not in seen and "p50" in seen
    assert len([name for name in seen if name.startswith("m")]) == KEPT_PRIVATE
    assert room.get("t", "tom")


async def test_a_board_is_one_message_whatever_is_shown_in_its_slot():
    """Showing a slot again edits its message, also after a restart that forgot it."""
    room = a_room()
    stage = WebStage(room, Draw(Downloads()))
    slot = Slot("p1", "web:local", "main", None)
    first = await stage.show(slot, c.Card("one"))
    second = await stage.show(Slot("p1", "web:local", "main", "of another run"), c.Card("two"))
    assert first == second
    assert [m.body["title"] for m in room.since("tom", 0)] == [["two"]]


def test_every_block_has_its_drawing():
    """No card can hold what the page can't draw, and the page knows every drawing."""
    assert {type(block) for block in EVERY_BLOCK} == set(get_args(c.Block))
    drawn = Draw(Downloads()).card(c.Card("t", EVERY_BLOCK), None)
    script = (STATIC / "draw.js").read_text("utf-8")
    for block in json.loads(json.dumps(drawn["blocks"])):
        assert re.search(rf'\b{block["is"]}: \(|"{block["is"]}"', script), block


def test_bars_stay_between_nothing_and_all():
    """A share beyond the scale is drawn at its end."""
    bars = Draw(Downloads()).block(EVERY_BLOCK[6])["bars"]
    assert [bar["share"] for bar in bars] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("**not bold** <b>", ["**not bold** <b>"]),
        (Rich("**bold**, plain"), [{"text": "bold", "bold": True}, ", plain"]),
        (Rich("[x](https://example.org)"), [{"text": "x", "link": "https://example.org"}]),
        (Rich("<t:1:R>"), [{"moment": 1, "style": "R"}]),
        ("", []),
    ],
    ids=["somebody's text", "bold", "link", "moment", "empty"],
)
def test_texts_are_runs_never_markup(text, drawn):
    """What somebody typed is one plain run; ours says how each run is drawn."""
    assert Draw(Downloads()).card(c.Card(text), None)["title"] == drawn


def test_forms_actions_and_picks_carry_their_strings():
    """A button's value is the intent's string; without an intent it can't be pressed."""
    form = c.Form("T", OpenArticle(), (c.FormField("article", "L", c.FieldKind.MANY, choices=(c.Choice("v", "w"),)),))
    pick = c.Pick("P", (c.PickOption("o", ShowHelp(), chosen=True),))
    card = c.Card("", (), ((c.Action("A", None), c.Link("L", "https://example.org")),), (pick,), form)
    drawn = json.loads(json.dumps(Draw(Downloads()).card(card, "maria")))
    assert drawn["actions"][0][0]["intent"] is None
    assert drawn["picks"][0]["options"][0]["intent"] == "1:help"
    assert drawn["form"]["fields"][0]["choices"][0]["value"] == "v"


def test_downloads_keep_the_newest_and_forget_the_rest(monkeypatch):
    """Files are bounded in number and in bytes; the newest is always there."""
    monkeypatch.setattr(downloads, "KEPT_BYTES", 100)
    shelf = Downloads()
    names = [shelf.keep(c.File(f"{n}", b"x" * 60, "text/plain"), "maria") for n in range(3)]
    assert [bool(shelf.fetch(name, "maria")) for name in names] == [False, False, True]
    huge = shelf.keep(c.File("huge", b"x" * 500, "text/plain"), None)
    assert shelf.fetch(huge, "tom")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_s_words_are_all_there_and_all_used(locale):
    """Every word that the page asks for exists, and none is left over."""
    sources = "\n".join(path.read_text("utf-8") for path in STATIC.glob("*.*"))
    asked = set(re.findall(r'\b(?:t|notice)\("([\w.]+)"', sources)) | set(re.findall(r'data-word="(\w+)"', sources))
    asked |= set(re.findall(r'"((?:ranking|scores)\.\w+)"', sources))  # chosen among first, then asked for
    starters = {key for key in spoken(words(locale)) if key.startswith("starter.")}
    assert asked | starters == set(spoken(words(locale)))


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id)
@pytest.mark.parametrize("locale", LOCALES)
def test_everybody_gets_a_page(person, locale):
    """Starters are few enough for one row, and a moderator's begin with moderating."""
    told = json.loads(json.dumps(page(person, locale, 8)))
    assert told["me"] == person.id and len(told["people"]) == len(PEOPLE)
    assert 4 <= len(told["starters"]) <= 7
    assert told["starters"][0]["intent"] == ("1:draft" if person.moderates else "1:section")


GROUNDS = ("paper", "card", "tint")
INKS = ("ink", "soft", "accent")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast_enough(scheme):
    """Each ink on each ground, and text on the accent, has 4.5:1; edges of controls have 3:1."""
    colours = _colours(scheme)
    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS] + [("on-accent", "accent")]
    weak = {pair: ratio for pair in pairs if (ratio := _contrast(colours, *pair)) < 4.5}
    weak |= {("edge", g): ratio for g in ("paper", "card") if (ratio := _contrast(colours, "edge", g)) < 3}
    assert not weak


def test_there_is_one_accent():
    """No other hue stands out: every other colour is a neutral or a light tint."""
    for scheme in ("light", "dark"):
        strong = [name for name, value in _colours(scheme).items() if _chroma(value) > 60]
        assert strong == ["accent"]


def test_the_mark_holds_no_script_and_needs_nothing_from_outside():
    """The mark is a plain drawing."""
    svg = (STATIC / "mark.svg").read_text("utf-8")
    assert "<script" not in svg and not re.search(r"(?:href|src|url)\s*[=(]", svg)


def _colours(scheme: str) -> dict[str, str]:
    light, _, dark = (STATIC / "app.css").read_text("utf-8").partition("prefers-color-scheme: dark")
    own = light.split("}")[0] if scheme == "light" else dark.split("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", own))


def _channels(value: str) -> list[int]:
    return [int(value[n : n + 2], 16) for n in (1, 3, 5)]


def _chroma(value: str) -> int:
    return max(abs(a - b) for a, b in combinations(_channels(value), 2))


def _contrast(colours: dict[str, str], one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(colours[one]), _luminance(colours[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(value: str) -> float:
    linear = [n / 12.92 if n <= 0.04045 else ((n + 0.055) / 1.055) ** 2.4 for n in (c / 255 for c in _channels(value))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
