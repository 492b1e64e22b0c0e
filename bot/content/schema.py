"""The shape of one language's file of a pack, as pydantic checks it: every error at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.content import limits

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def wrong(message: str) -> PydanticCustomError:
    """An error whose words reach the author as they are; braces in `message` would be filled in, so none."""
    return PydanticCustomError("plain", "{words}", {"words": message})


def fits(limit: int, *, empty: bool = False) -> Callable[[str], str]:
    """A validator: strips the text and refuses an empty or over-long one (`limit` in UTF-16 units)."""

    def check(text: str) -> str:
        text = text.strip()
        if not text and not empty:
            raise wrong("is empty")
        if limits.units(text) > limit:
            raise wrong(f"is too long for its card: {limits.units(text):,} characters, at most {limit:,}")
        if _CONTROL.search(text):
            raise wrong("holds an invisible control character; type the text again")
        return text

    return check


def good_id(text: str) -> str:
    """A validator: lower-case letters, digits and single hyphens, at most 24."""
    if not _ID.fullmatch(text):
        raise wrong(f"“{text[:40]}” is no id: use a-z, 0-9 and single hyphens, as in “rent-cap”")
    if len(text) > limits.ID:
        raise wrong(f"is too long for an id: {len(text)} characters, at most {limits.ID}")
    return text


def good_language(text: str) -> str:
    """A validator: a language as in `en`, `es`."""
    if not re.fullmatch("[a-z]{2,3}", text):
        raise wrong(f"“{text[:40]}” is no language; use two letters, as in “en” or “es”")
    return text


def good_url(text: str) -> str:
    """A validator: nothing, or an address on the web."""
    if text and not re.fullmatch(r"https?://[^\s<>\"]+\.[^\s<>\"]+", text):
        raise wrong("is no web address; it begins with https:// and holds no spaces")
    return text


Id = Annotated[str, AfterValidator(good_id)]
Url = Annotated[str, AfterValidator(fits(limits.URL, empty=True)), AfterValidator(good_url)]
Cited = Annotated[str, AfterValidator(fits(limits.SOURCE, empty=True))]
ItemTitle = Annotated[str, AfterValidator(fits(limits.ITEM_TITLE, empty=True))]
Long = Annotated[str, AfterValidator(fits(limits.PARAGRAPH))]


class Strict(BaseModel):
    """Unknown keys are errors: a misspelt key would otherwise lose its text in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PointFile(Strict):
    """A bullet: a text, or a mapping with an optional title and bullets of its own."""

    text: Long
    title: ItemTitle = ""
    points: tuple[PointFile, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class BlockFile(Strict):
    """One entry of a body: a text, `points:` or `items:`."""

    paragraph: Long | None = None
    points: Annotated[tuple[PointFile, ...], Field(min_length=1)] | None = None
    items: Literal["takeaways", "pros", "cons", "actions"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_of_three(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"paragraph": value}
        if not isinstance(value, Mapping) or len(value) != 1 or "paragraph" in value:
            raise wrong("must be a paragraph, “points:” with a list, or “items:” with one word")
        return value


class SectionFile(Strict):
    """A part of the article that is read at one go."""

    id: Id
    title: Annotated[str, AfterValidator(fits(limits.SECTION_TITLE))]
    body: Annotated[tuple[BlockFile, ...], Field(min_length=1)]


class ItemFile(Strict):
    """A takeaway, a pro, a con or a call to action."""

    id: Id
    title: ItemTitle = ""
    text: Annotated[str, AfterValidator(fits(limits.ITEM_TEXT))]


class SourceFile(Strict):
    """What the pack renders, and who published it."""

    title: Annotated[str, AfterValidator(fits(limits.SOURCE))]
    publisher: Cited = ""
    url: Url = ""
    date: Cited = ""


Items = Annotated[tuple[ItemFile, ...], Field(max_length=limits.ITEMS)]


class ArticleFile(Strict):
    """`<lang>.yaml`."""

    language: Annotated[str, AfterValidator(good_language)]
    title: Annotated[str, AfterValidator(fits(limits.TITLE))]
    subtitle: Annotated[str, AfterValidator(fits(limits.SUBTITLE, empty=True))] = ""
    source: SourceFile
    note: Annotated[str, AfterValidator(fits(limits.NOTE, empty=True))] = ""
    sections: Annotated[tuple[SectionFile, ...], Field(min_length=1, max_length=limits.SECTIONS)]
    takeaways: Items = ()
    pros: Items = ()
    cons: Items = ()
    actions: Items = ()
    pairs: tuple[tuple[str, str], ...] = ()
