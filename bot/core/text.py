"""What people type, made safe to show: no controls, no direction overrides, no invisible padding, no surprise."""

from __future__ import annotations

import re
import unicodedata

# Bidirectional overrides, embeddings and isolates can make a text read backwards or swallow what follows it.
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Invisible characters that pad a text or split a word. U+200C and U+200D stay: Persian and emoji need them.
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d"
    "\u206e\u206f\u2800\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
)
_TAGS = range(0xE0000, 0xE0080)  # an invisible copy of ASCII, used to smuggle text; and to name a region's flag
_FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)")
HIDDEN: dict[int, None] = dict.fromkeys([*map(ord, _BIDI + _INVISIBLE), *_TAGS])
"""Signs that nobody sees, as `str.translate` drops them."""
_UNSEEN = ("Cc", "Cs", "Co")  # controls, lone surrogates, private use
_JOINERS = {0x200C: None, 0x200D: None}
_JOINED = "[\u0590-\U0010ffff]"  # signs that joiners do something to: Hebrew and what comes after it, emoji
_IDLE_JOINERS = re.compile(f"(?<!{_JOINED})[\u200c\u200d]+|[\u200c\u200d]+(?!{_JOINED})")
_VARIATIONS = dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])  # how a letter is drawn
_SHAPERS = _JOINERS | _VARIATIONS
_FIXED_SPACES = "\u00a0\u2007\u202f"  # spaces at which no line breaks: between a number and what it is of, say
_SPACES = re.compile(r"[^\S\n]+")
_ALL_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n\s*\n+")
# More marks than this on one letter is a smear over the neighbours' lines, not a language.
_SMEAR = re.compile(
    r"([\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def clean(text: str) -> str:
    """`text` for keeping: composed, without controls and invisible characters, at most one blank line in a row.

    A text of nothing but joiners and spaces comes out empty.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # no sign of ASCII is a no-break space
    pieces = _FLAG.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = "".join(piece if n % 2 else piece.translate(HIDDEN) for n, piece in enumerate(pieces))
    seen = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)
    composed = unicodedata.normalize("NFC", seen)  # only now: what was dropped may have stood between two marks
    tidy = _BLANK_LINES.sub("\n\n", _SPACES.sub(_one_space, _SMEAR.sub(r"\1", composed)))
    trimmed = "\n".join(line.strip() for line in tidy.split("\n")).strip()
    return trimmed if trimmed.translate(_JOINERS).strip() else ""


def one_line(text: str) -> str:
    """`text` cleaned, on one line."""
    return unwrapped(clean(text))


def unwrapped(text: str) -> str:
    """`text` on one line with single spaces, none at its ends. A no-break space stays one."""
    return _ALL_SPACES.sub(_one_space, text.strip())


def _one_space(run: re.Match[str]) -> str:
    """What stands for a run of spaces: one like them where no line may break at any of them."""
    return run[0][0] if all(sign in _FIXED_SPACES for sign in run[0]) else " "


def units(text: str) -> int:
    """The length as Discord's interface counts it, in UTF-16 units: never an undercount of characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` UTF-16 units, cut at a word where one is near, with an ellipsis."""
    if units(text) <= limit:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    whole = kept[-1:].isspace() or text[len(kept) : len(kept) + 1].isspace()
    at_word = kept if whole or " " not in kept[-24:] else kept.rsplit(" ", 1)[0]
    return at_word.rstrip(" ,;:.–-(\u200d") + "…"


def folded(text: str) -> str:
    """`text` for comparing what is meant: lower case, without accents and punctuation, single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in _bare(text)).split())


def seen_as(text: str) -> str:
    """`text` for comparing what is nearly alike: as `folded`, but "< 18" and "> 18", or two emoji, stay apart."""
    return " ".join(_bare(text).split())


def look_of(text: str) -> str:
    """`text` for comparing how it looks: two texts with the same look can't be told apart by their readers.

    Spaces of all kinds are one; what nobody sees is left out. Case, accents and width are seen: "Si" and "Sí", "10²"
    and "102" look different.
    """
    shown = _IDLE_JOINERS.sub("", clean(text).translate(_VARIATIONS))
    return " ".join(unicodedata.normalize("NFC", shown).split())


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().translate(HIDDEN).translate(_SHAPERS))
    return "".join(c for c in letters if not unicodedata.combining(c))
