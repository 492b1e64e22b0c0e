"""A small reader of `.env` files, because the operator's first file should not need a library.

One `NAME=value` a line, an optional `export` before it. `'…'` is taken as it stands; `"…"` knows `\\n`, `\\"`
and `\\\\`; without quotes a value ends at ` #`. Nothing is substituted and nothing spans lines.
"""

from __future__ import annotations

import re

_LINE = re.compile(
    r"""\s*(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*
        (?:'(?P<raw>[^']*)'|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^'"\s\#][^\n]*?|))
        (?:\s+\#.*)?\s*""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n"}


def parse(text: str) -> dict[str, str]:
    """Return the names and values of a `.env` text; the last of two equal names wins.

    Raises ValueError with a sentence that names the line. It never quotes the line: a secret may stand there.
    """
    numbered = enumerate(text.removeprefix("\ufeff").splitlines(), start=1)
    return dict(_pair(number, line) for number, line in numbered if not _blank(line))


def _blank(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _pair(number: int, line: str) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"Line {number} is not NAME=value with any quotes closed. Correct it or begin it with #.")
    if match["quoted"] is not None:
        return match["name"], re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), match["quoted"])
    return match["name"], match["raw"] or match["bare"] or ""
