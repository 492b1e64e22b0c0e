"""The little markup that cards carry: bold, code, links and moments; everything else is just text.

A `Rich` was written by us (a locale file, a card). A plain `str` is somebody's text and is escaped before
it goes into a `Rich`, so a member's asterisks, mentions and links stay what they typed. Platforms draw the spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


class Rich(str):
    """Text whose markup counts: `**bold**`, `` `code` ``, `[label](https://…)`, `<t:SECONDS:STYLE>`, `\\` escapes.

    `<@&ID|NAME>`, `<#ID|NAME>` and `<@ID|NAME>` are a role, a channel and a person of the platform, by name elsewhere.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that is drawn one way. `moment` is in seconds since 1970; `style` is f, F, R, d or t.

    `mention` is how Discord knows what `text` names: "<@&71>".
    """

    text: str
    bold: bool = False
    code: bool = False
    link: str = ""
    moment: int | None = None
    style: str = ""
    mention: str = ""


_ESCAPED = re.compile(r"([\\*`\[\]<])")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*`\[\]<])"
    r"|(?P<bold>\*\*)"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>(?:[^\]\\]|\\.)+)\]\((?P<link>https?://[^\s)]+)\)"
    r"|<t:(?P<moment>-?\d+):(?P<style>[fFRdt])>"
    r"|<(?P<mention>(?:@&|@|#)\d+)\|(?P<named>[^>\n]*)>"
)


_UNNAMED = re.compile(r"[<>|\n]")  # what would end a mention early


def rich(text: str) -> Rich:
    """`text` as markup: a `Rich` as it is, anything else escaped so that it reads as typed."""
    return text if isinstance(text, Rich) else Rich(_ESCAPED.sub(r"\\\1", text))


def join(parts: list[str], separator: str = "\n") -> Rich:
    """Join texts, escaping those that are not markup yet; the separator is ours."""
    return Rich(separator.join(rich(part) for part in parts))


def bold(text: str) -> Rich:
    """`text` in bold."""
    return Rich(f"**{rich(text)}**")


def moment(ms: int, style: str = "f") -> Rich:
    """A moment (milliseconds since 1970), which each platform shows in the reader's own time zone."""
    return Rich(f"<t:{ms // 1000}:{style}>")


def mention(sign: str, number: str, name: str = "") -> Rich:
    """A role ("@&"), a channel ("#") or a person ("@") by its id, said by name where it can't be drawn; pings nobody.

    What is no number of Discord's is its name.
    """
    said = _UNNAMED.sub("", name) or number
    shown = said if sign == "@" else f"{sign[0]}{said}"
    return Rich(f"<{sign}{number}|{shown}>") if number.isdecimal() else rich(shown)


def spans(text: str) -> tuple[Span, ...]:
    """The runs of a text. Plain text is one run; unbalanced bold ends with the text."""
    if not isinstance(text, Rich):
        return (Span(text),) if text else ()
    found: list[Span] = []
    is_bold, start = False, 0
    for token in _TOKEN.finditer(text):
        _add(found, Span(text[start : token.start()], bold=is_bold))
        start = token.end()
        if token["bold"]:
            is_bold = not is_bold
        else:
            _add(found, _span(token, is_bold))
    _add(found, Span(text[start:], bold=is_bold))
    return tuple(found)


def unmarked(text: str) -> str:
    """The bare words, without markup; moments stay as their token."""
    return "".join(f"<t:{s.moment}:{s.style}>" if s.moment is not None else s.text for s in spans(text))


def _span(token: re.Match[str], is_bold: bool) -> Span:
    if token["escaped"]:
        return Span(token["escaped"], bold=is_bold)
    if token["code"]:
        return Span(token["code"], bold=is_bold, code=True)
    if token["link"]:
        return Span(unmarked(Rich(token["label"])), bold=is_bold, link=token["link"])
    if token["mention"]:
        return Span(token["named"], bold=is_bold, mention=f"<{token['mention']}>")
    return Span("", bold=is_bold, moment=int(token["moment"]), style=token["style"])


def _add(found: list[Span], span: Span) -> None:
    """Append a run, growing the one before it where both are drawn the same way."""
    if not span.text and span.moment is None:
        return
    if found and span.moment is None and _same_way(found[-1], span):
        found[-1] = Span(found[-1].text + span.text, span.bold, span.code, span.link)
    else:
        found.append(span)


def _same_way(left: Span, right: Span) -> bool:
    marked = left.moment is not None or left.mention or right.mention or right.link
    return not marked and (left.bold, left.code, left.link) == (right.bold, right.code, "")
