"""A card: what a person sees, by meaning and already in their language. Each platform draws it natively.

Texts are `Rich` (our markup) or plain `str` (somebody's text, shown as typed). What people can do from a card is an
`Action`, a `Pick` or a `Form`, each around an intent: a platform never decides what a button does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.intents import Intent


class Style(StrEnum):
    """How much an action stands out. Options of a poll are always PLAIN: equal options look equal."""

    PLAIN = "plain"
    MAIN = "main"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Action:
    """A thing to do: a button, or a line to type. `label` ≤ 34 UTF-16 units. Without an intent it can't be used."""

    label: str
    intent: Intent | None
    style: Style = Style.PLAIN
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A way out to a web address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PickOption:
    """One line of a `Pick`. `label` and `detail` ≤ 100 units."""

    label: str
    intent: Intent
    detail: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice of one among 1–25: a select menu, or numbered lines."""

    label: str
    options: tuple[PickOption, ...]


# Blocks: the body of a card, from top to bottom


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a card."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `depths` (0 for top) go with the texts; `numbered` counts from 1."""

    texts: tuple[str, ...]
    depths: tuple[int, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody, set apart."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """A remark below the rest: a source, what a number describes."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart. `share` (0 to 1) is the bar's length; `value` says the number in words."""

    label: str
    share: float
    value: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart that starts at zero. `mark` of a bar is its letter, or what makes it stand out."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its own button beside a text too long for a label."""

    text: str
    action: Action


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: its heading and its texts."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides of equal weight: side by side where a platform can, one below the other where it can't."""

    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between parts."""


Block = Heading | Text | Bullets | Quote | Small | Facts | Bars | Option | Sides | Rule


# Forms


class FieldKind(StrEnum):
    """How a form's field is filled in. ONE and MANY choose among options; only what was chosen before is marked.

    RANKING puts options in order ("b>a=c"), SCORES gives each a number from 0 to `most` ("a=5,c=0"): in the choices'
    values, with what stood there before as the field's `value`. ROLES and CHANNEL are picked among the platform's own
    where it has a way to; their value is ids with spaces between.
    """

    LINE = "line"
    TEXT = "text"
    ONE = "one"
    MANY = "many"
    FILE = "file"
    RANKING = "ranking"
    SCORES = "scores"
    ROLES = "roles"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field. `label` and `detail` ≤ 100 units."""

    value: str
    label: str
    detail: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field, named as the intent's field it fills. `label` ≤ 45 units, `hint` ≤ 100.

    `least` and `most` bound the marks of MANY, or the characters of LINE and TEXT; 0 is no bound. In a RANKING with
    `ties`, options may share a place. `example` is an answer as one could type it.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    hint: str = ""
    required: bool = True
    value: str = ""
    least: int = 0
    most: int = 0
    choices: tuple[Choice, ...] = ()
    ties: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of 1–5 fields. When it is sent, its fields are put into `intent` by name (MANY joined by commas).

    `title` ≤ 45 units. `instead` is what a platform shows that can't draw a field of this form: another way there.
    """

    title: str
    intent: Intent
    fields: tuple[FormField, ...]
    submit: str = ""
    instead: Card | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file to take away. `mime` is its content type."""

    name: str
    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its words: `alt` says the same in full, ≤ 1,024 units.

    `dark` is the same picture for a dark page, empty where there is one for both. `size` is in pixels, two of which are
    one on the page.
    """

    name: str
    data: bytes
    mime: str
    alt: str
    dark: bytes = b""
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Card:
    """What a person sees. With a `form`, platforms that have dialogs open it at once; title and blocks introduce it.

    `actions` are in rows of up to five; `locale` is the language that the card is written in.
    """

    title: str = ""
    blocks: tuple[Block, ...] = ()
    actions: tuple[tuple[Action | Link, ...], ...] = ()
    picks: tuple[Pick, ...] = ()
    form: Form | None = None
    files: tuple[File, ...] = ()
    locale: str = "en"
    pictures: tuple[Picture, ...] = ()


class Audience(StrEnum):
    """Who may see a card. A platform that can't keep MUST_BE_PRIVATE to one person refuses to show it."""

    PUBLIC = "public"
    PREFER_PRIVATE = "prefer_private"
    MUST_BE_PRIVATE = "must_be_private"


@dataclass(frozen=True, slots=True)
class Show:
    """A card and who may see it. `replace` puts it in the place of the private card that was pressed."""

    card: Card
    audience: Audience = Audience.MUST_BE_PRIVATE
    replace: bool = False
    refused: bool = False  # nothing was done: a platform that still has what was typed keeps it at hand
