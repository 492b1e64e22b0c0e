"""A card becomes the message that says it best on Discord, and Discord would take every one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import intents as i
from bot.core.card import (
    Action,
    Bar,
    Bars,
    Block,
    Bullets,
    Card,
    Facts,
    File,
    Heading,
    Link,
    Option,
    Pick,
    PickOption,
    Quote,
    Rule,
    Side,
    Sides,
    Small,
    Style,
    Text,
)
from bot.core.rich import Rich
from bot.platforms.discord.draw import draw
from bot.platforms.discord.parts import intent_of
from bot.platforms.discord.prose import CELLS, FULL, bar
from tests.platforms.discord.drawn import message, parts, text
from tests.spec.gate import over_budget, violations
from tests.spec.parts import ACTION_ROW, BUTTON, CONTAINER, SECTION, STRING_SELECT, TEXT_DISPLAY

NASTY = "**@everyone** # <@1> `x` [a](https://b.example) ||no|| _é_ \u202e\u200b 🗳️"
LEAVE = Action("Leave", i.ListPolls())
OPTION = Option("An option too long for a label, " * 3, Action("Choose", i.PressOption("p1", "a")))
SIDES = Sides(Side("For", ("It is *fair*", "It is cheap")), Side("Against", ("It is late",)))


def test_a_sentence_is_plain_content() -> None:
    """What only says something builds no view: the answer to a vote is the hot path."""
    drawing = draw(Card(blocks=(Text(Rich("Recorded: **B**.")), Small("Until <t:1:R>"))))
    assert (drawing.content, drawing.view, drawing.embed) == ("Recorded: **B**.\n-# Until \\<t\\:1:R>", None, None)


def test_a_sentence_has_its_buttons_below() -> None:
    """What one can do about it comes with it, still without a frame."""
    drawing = draw(Card(blocks=(Text("Recorded."),), actions=((LEAVE, LEAVE),)))
    assert drawing.content == "Recorded." and not drawing.v2
    assert [part["label"] for part in parts(message(Card(blocks=(Text("x"),), actions=((LEAVE,),))), BUTTON)] == [
        "Leave"
    ]


@pytest.mark.parametrize(
    "card",
    [
        pytest.param(Card("Title", (Text("x"),)), id="a title"),
        pytest.param(Card(blocks=(Heading("x"),)), id="a heading"),
        pytest.param(Card(blocks=(Text("x"),), actions=((LEAVE,), (LEAVE,))), id="rows of actions"),
        pytest.param(Card(blocks=(Text("word " * 500),)), id="over 2,000 characters"),
    ],
)
def test_the_rest_is_components_v2(card: Card) -> None:
    """One framed body, nothing beside it."""
    body = message(card)
    assert draw(card).v2
    assert [part["type"] for part in body["components"]] == [CONTAINER]
    assert violations(body, "message") == []


BLOCKS = [
    pytest.param(Heading("A # b\nc"), "### A # b c", id="heading"),
    pytest.param(Text("a\nb"), "a\nb", id="text"),
    pytest.param(Quote("a\n\nb"), "> a\n>\n> b", id="quote"),
    pytest.param(Small("a\n\nb"), "-# a\n-# b", id="small"),
    pytest.param(Bullets(("a", "b\nc", "d"), (0, 1, 0)), "- a\n  - b c\n- d", id="nested bullets"),
    pytest.param(Bullets(("a", "b", "c", "d"), (0, 1, 1, 0), True), "1. a\n   1. b\n   2. c\n2. d", id="numbered"),
    pytest.param(Facts((("Closes", Rich("<t:1:R>")), ("Kind", "x"))), "**Closes:** <t:1:R>\n**Kind:** x", id="facts"),
    pytest.param(
        Bars((Bar("Yes", 0.5, "2 · 50 %", "A"), Bar("No", 0, "0 · 0 %"))),
        f"**A** Yes\n{'▰' * 6}{'▱' * 6} 2 · 50 %\nNo\n{'▱' * 12} 0 · 0 %",
        id="bars",
    ),
]


@pytest.mark.parametrize(("block", "shown"), BLOCKS)
def test_a_block_of_text(block: Block, shown: str) -> None:
    """Each in Discord's Markdown."""
    assert text(message(Card("T", (block,)))).removeprefix("## T").strip("\n") == shown


@pytest.mark.parametrize(("share", "cells"), [(0, 0), (0.001, 1), (0.5, 6), (0.999, 11), (1, 12), (-1, 0), (2, 12)])
def test_a_bar_starts_at_zero_and_ends_at_one(share: float, cells: int) -> None:
    """Always as wide; empty only at nothing, full only at everything."""
    drawn = bar(share)
    assert len(drawn) == CELLS
    assert drawn.count(FULL) == cells


def test_neighbouring_texts_are_one_component() -> None:
    """A long card keeps within 40 components; only an option or a rule parts its texts."""
    card = Card("T", (Text("a"), Heading("h"), Text("b"), Small("s"), Rule(), Text("c"), OPTION, OPTION, Text("d")))
    body = message(card)
    inside = [part["type"] for part in body["components"][0]["components"]]
    assert inside == [TEXT_DISPLAY, 14, TEXT_DISPLAY, SECTION, SECTION, TEXT_DISPLAY]
    assert text(body).startswith("## T\na\n\n### h\nb\n-# s")


def test_styles_say_how_much_stands_out() -> None:
    """Secondary, primary, danger; a link leads away; without an intent it can't be pressed."""
    row = (
        LEAVE,
        Action("Go", i.ListPolls(), Style.MAIN, "🗳️"),
        Action("End", i.ListPolls(), Style.DANGER),
        Action("Gone", None),
        Link("Source", "https://a.example"),
    )
    buttons = list(parts(message(Card("T", actions=(row,))), BUTTON))
    assert [b["style"] for b in buttons] == [2, 1, 4, 2, 5]
    assert [bool(b.get("disabled")) for b in buttons] == [False, False, False, True, False]
    assert buttons[1]["emoji"]["name"] == "🗳️"


def test_equal_intents_of_one_card_have_different_ids_and_mean_the_same() -> None:
    """Discord refuses a message with an id twice."""
    card = Card("T", (Option("x", LEAVE),), ((LEAVE, LEAVE, Action("a", None), Action("b", None)),))
    ids = [b["custom_id"] for b in parts(message(card), BUTTON)]
    assert len(set(ids)) == len(ids)
    assert {intent_of(custom_id) for custom_id in ids[:3]} == {i.ListPolls()}


def test_a_pick_is_a_select_whose_values_are_intents() -> None:
    """Chosen ones are marked; what was chosen needs no memory of ours."""
    options = tuple(PickOption(f"Section {n}", i.ReadSection("a", str(n)), "2 min", n == 1) for n in range(25))
    [select] = parts(message(Card("T", picks=(Pick("Contents", options),))), STRING_SELECT)
    assert [intent_of(option["value"]) for option in select["options"]] == [option.intent for option in options]
    assert [option["default"] for option in select["options"]].count(True) == 1
    assert select["placeholder"] == "Contents"


def test_two_sides_stand_beside_each_other_in_an_embed() -> None:
    """Where the card is one pair of sides; its buttons come along."""
    card = Card("For and against", (Small("From the article"), SIDES), ((LEAVE,),))
    body = message(card)
    [embed] = body["embeds"]
    assert [(f["name"], f["value"], f["inline"]) for f in embed["fields"]] == [
        ("For", "- It is \\*fair\\*\n- It is cheap", True),
        ("Against", "- It is late", True),
    ]
    assert body["components"][0]["components"][0]["label"] == "Leave"
    assert violations(body, "message") == []


def test_long_sides_go_on_in_rows_that_stay_side_by_side() -> None:
    """Fields of at most 1,024 characters, the left ones left and the right ones right."""
    long = Side("For", tuple("word " * 60 for _ in range(7)))
    body = message(Card("T", (Sides(long, Side("Against", ("short",))),)))
    names = [f["name"] for f in body["embeds"][0]["fields"]]
    assert names[:3] == ["For", "Against", "\u200b"]
    assert violations(body, "message") == []


def test_sides_stand_one_below_the_other_where_there_is_more() -> None:
    """Beside an option, or on a Components V2 message, which can't become an embed."""
    for body in (message(Card("T", (SIDES, OPTION))), message(Card("T", (SIDES,)), layout=True)):
        assert "### For\n- It is \\*fair\\*\n- It is cheap\n\n### Against\n- It is late" in text(body)


def test_files_come_with_content() -> None:
    """A message of components alone would push an empty notification, so an export is a classic message."""
    drawing = draw(Card("Export", (Text("Three files."),), ((LEAVE,),), files=(File("a.csv", b"x", "text/csv"),)))
    assert drawing.content == "## Export\nThree files."
    assert drawing.view is None
    assert drawing.files[0].name == "a.csv"


WORST = [
    pytest.param(Card(NASTY * 8, (Text(NASTY * 200),), ((Action(NASTY, i.ListPolls()),),)), id="nasty texts"),
    pytest.param(Card("T", tuple(OPTION for _ in range(10)), ((LEAVE,) * 5,)), id="ten options and a full row"),
    pytest.param(Card("T", tuple(Option(NASTY * 9, LEAVE) for _ in range(10))), id="ten nasty options"),
    pytest.param(
        Card("T", (Bars(tuple(Bar(NASTY, n / 25, "1,024 · 100 %", "A") for n in range(25))),)), id="25 nasty bars"
    ),
    pytest.param(
        Card("T", picks=(Pick(NASTY * 3, tuple(PickOption(NASTY * 3, i.ListPolls(), NASTY * 3) for _ in range(25))),)),
        id="25 nasty picks",
    ),
    pytest.param(Card("T", (Sides(Side(NASTY * 9, (NASTY * 9,) * 9), Side("", ())),)), id="lopsided nasty sides"),
    pytest.param(Card(actions=((LEAVE,) * 7,)), id="more than five in a row"),
    pytest.param(Card("T", actions=tuple((LEAVE,) for _ in range(7))), id="seven rows"),
]


@pytest.mark.parametrize("card", WORST)
@pytest.mark.parametrize("layout", [False, True], ids=["best", "layout"])
def test_discord_takes_the_worst(card: Card, layout: bool) -> None:
    """By its schema, its sums and its uniqueness, whatever a card brings."""
    assert violations(message(card, layout=layout), "message") == []


def test_the_frame_is_left_out_where_components_are_scarce() -> None:
    """Ten options, a text and a row of five buttons are 37 components; two rows leave no room for the frame."""
    card = Card("T", tuple(OPTION for _ in range(10)), ((LEAVE,) * 5,))
    framed, bare = message(card), message(replace(card, actions=((LEAVE,) * 5, (LEAVE,))))
    assert [part["type"] for part in framed["components"]] == [CONTAINER]
    assert CONTAINER not in [part["type"] for part in bare["components"]]
    assert over_budget(framed) == []


def test_nothing_drawn_is_stored() -> None:
    """discord.py keeps unfinished views; ours are finished from the start."""
    for drawing in (draw(Card("T", actions=((LEAVE,),))), draw(Card("T", (SIDES,), ((LEAVE,),)))):
        assert drawing.view is not None
        assert drawing.view.is_finished()


def test_rows_of_buttons_are_rows() -> None:
    """As the card says."""
    body = message(Card("T", actions=((LEAVE, LEAVE), (LEAVE,))))
    assert [len(row["components"]) for row in parts(body, ACTION_ROW)] == [2, 1]
