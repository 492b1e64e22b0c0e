"""HTML out of values: what is not markup already is escaped, so that no text can become any."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence

_KEPT = frozenset("\n\t")
# Overrides and embeddings of direction: what they turn around would read as something else than what is counted.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMPTY = frozenset({"meta", "img", "source", "br", "link"})


class Html(str):
    """Text that is markup. Made by `tag` and `text` alone."""

    __slots__ = ()


def text(value: str) -> Html:
    """Somebody's text: without control characters and turned letters, escaped."""
    tidy = value if value.isprintable() else "".join(sign for sign in value if sign in _KEPT or _printable(sign))
    return Html(html.escape(tidy))


def tag(name: str, /, *parts: str, **attributes: str | bool) -> Html:
    """An element. Parts that are no `Html` are escaped; `class_` and `http_equiv` are `class` and `http-equiv`.

    An attribute that is False is left out, one that is True has no value.
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items() if value is not False)
    if name in _EMPTY:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{joined(parts)}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Parts one after the other."""
    return Html(text(between).join(part if isinstance(part, Html) else text(part) for part in parts))


def bdi(value: str) -> Html:
    """Somebody's words in a sentence of ours: whatever their direction, it ends with them."""
    return tag("bdi", value)


def section(heading: str, *inside: str) -> Html:
    """A part of the page under its heading."""
    return tag("section", tag("h2", heading), *inside)


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], class_: str = "") -> Html:
    """A table with a caption; the first cell of a row is its heading."""
    head = tag("tr", *(tag("th", heading, scope="col") for heading in headings))
    body = [tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows]
    whole = tag(
        "table", tag("caption", tag("span", caption)), tag("thead", head), tag("tbody", *body), class_=class_ or False
    )
    return tag("div", whole, class_="wide", tabindex="0", role="region", aria_label=caption)


def _attribute(key: str, value: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'


def _printable(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _TURNING
