"""A picture in its native shape on each platform, its words with it everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.card import Action, Card, Picture, Small
from bot.core.intents import ShowResults
from bot.platforms.discord.draw import draw, layout_of
from bot.platforms.text.draw import Drawing
from bot.platforms.text.prose import Prose
from bot.platforms.web.downloads import Downloads
from bot.platforms.web.draw import Draw
from tests.platforms.discord.drawn import message, parts
from tests.spec.gate import over_budget, violations

GALLERY = 12
ALT = "Which?\nA · Parks: 7 votes · 58 %\nB · Buses: 5 votes"
PICTURE = Picture("poll-7.png", b"\x89PNG light", "image/png", ALT, b"\x89PNG dark", (840, 400))
CARD = Card("7 · Results", (Small("x"),), ((Action("In words", ShowResults("p")),),), pictures=(PICTURE,))


def test_discord_shows_a_gallery_of_what_is_attached() -> None:
    """The dark picture, described by its words, in Components V2."""
    drawing = draw(CARD)
    [gallery] = parts(message(CARD), GALLERY)
    assert gallery["items"] == [{"media": {"url": "attachment://poll-7.png"}, "description": ALT, "spoiler": False}]
    assert [(file.name, file.data) for file in drawing.files] == [("poll-7.png", b"\x89PNG dark")]
    assert drawing.v2 and not drawing.content


@pytest.mark.parametrize("alt", ["x" * 1024, "🗳️ " * 600], ids=["as long as can be", "longer"])
def test_discord_takes_it(alt: str) -> None:
    """By its schema and our budgets, privately and as a board."""
    card = replace(CARD, pictures=(replace(PICTURE, alt=alt),))
    assert [*violations(message(card), "message"), *over_budget(message(card))] == []
    body = {"components": layout_of(card).to_components(), "flags": 1 << 15}
    assert [*violations(body, "message"), *violations(body, "edit")] == []


def test_one_picture_for_both_themes() -> None:
    """Where there is no dark one, Discord has the one there is."""
    assert draw(replace(CARD, pictures=(replace(PICTURE, dark=b""),))).files[0].data == b"\x89PNG light"


def test_the_web_fetches_both_like_files() -> None:
    """For the one reader, at half their pixels, with words instead; drawn again they keep their names."""
    downloads = Downloads()
    [drawn] = Draw(downloads).card(CARD, "maria")["pictures"]
    assert (drawn["alt"], drawn["width"], drawn["height"]) == (ALT, 420, 200)
    assert downloads.fetch(drawn["id"], "maria").data == b"\x89PNG light"
    assert downloads.fetch(drawn["dark"], "maria").data == b"\x89PNG dark"
    assert downloads.fetch(drawn["id"], "tom") is None
    assert Draw(downloads).card(CARD, "maria")["pictures"] == [drawn]
    assert Draw(downloads).card(CARD, "tom")["pictures"] != [drawn]


def test_text_says_its_words() -> None:
    """Line by line, before what can be done."""
    said = Drawing(Prose("en", "UTC", 0, 88)).card(CARD)
    assert ALT in said and said.index(ALT) < said.index("In words")
