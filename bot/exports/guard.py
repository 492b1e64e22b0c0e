"""What people typed, made safe for spreadsheets: no cell becomes a formula, none loses digits by becoming a number.

One rule, and it can be undone: a cell that a spreadsheet would take for a formula, a number or a date, or that
begins with an apostrophe by itself, gets an apostrophe in front. Without one leading apostrophe it is the text again.
"""

from __future__ import annotations

import re
import unicodedata

# What Excel, LibreOffice or Sheets begins a formula with; a full-width sign counts where the locale is East Asian.
_FORMULA = frozenset("=+-@\t\r\n")
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|set|oct|nov|dec|ene|abr|ago|dic",
    "january|february|march|april|june|july|august|september|october|november|december",
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|sept",
)
_MONTH = rf"(?:{'|'.join(_MONTHS)})\.?"
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[\d\s.,:/e+%$€£()'-]+", re.IGNORECASE)
_DATE = re.compile(
    rf"\d{{1,4}}[-/. ]*{_MONTH}(?:[-/., ]*\d{{2,4}})?|{_MONTH}[-/. ]*\d{{1,4}}(?:[-/., ]*\d{{2,4}})?", re.IGNORECASE
)
_MONTHS_BEGIN = frozenset(month[:3] for month in "|".join(_MONTHS).split("|"))
_PADDING = " \t\n\v\f\u00a0\u00ad\u200b\u200e\u200f\u2060\ufeff"
_KEPT = frozenset("\n\t")


def cell(text: str) -> str:
    """The text as a cell. Control characters go, line breaks stay."""
    # Most texts begin like a word that no number and no month begins with: they need no closer look.
    word = text.isascii() and text[:1].isalpha() and text[:1] not in "eE" and text.isprintable()
    if word and text[:3].lower() not in _MONTHS_BEGIN:
        return text
    tidy = text if text.isprintable() else _without_controls(text)
    return f"'{tidy}" if _taken_wrongly(tidy) else tidy


def typed(cell: str) -> str:
    """The text that a cell was made of."""
    return cell.removeprefix("'")


def _taken_wrongly(text: str) -> bool:
    """Whether a spreadsheet would make something else of it, also after the padding that it trims."""
    if text.startswith("'") or text[:1] in _FORMULA:
        return True
    bare = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip(_PADDING)
    if bare[:1] in _FORMULA:
        return True
    return bool(_DIGIT.search(bare) and (_NUMBER.fullmatch(bare) or _DATE.fullmatch(bare)))


def _without_controls(text: str) -> str:
    return "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in _KEPT or _printable(c))


def _printable(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs")
