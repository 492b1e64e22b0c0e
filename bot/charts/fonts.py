"""The fonts of pictures: Noto Sans and its Arabic are shipped, other scripts come from the system as texts need them.

Looking through a system's fonts would stop the event loop (typst holds Python's lock meanwhile: 0.1 to 0.4 s where Noto
is installed whole), so single files are linked into a folder of our own: about 0.2 ms each.
"""

from __future__ import annotations

import shutil
import struct
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).parent / "fonts"
# Where Debian's fonts-noto-core, fonts-noto-color-emoji and fonts-noto-cjk put them.
SINGLE = Path("/usr/share/fonts/truetype/noto")
COLLECTED = Path("/usr/share/fonts/opentype/noto")
ALWAYS = (
    "NotoColorEmoji.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansMath-Regular.ttf",
)
CJK = "NotoSansCJK-Regular.ttc"
_CJK_NAMES = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "BOPOMOFO"}
_SHIPPED_NAMES = {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "COMBINING", "DIGIT"}


def needed(text: str) -> frozenset[str]:
    """The names of the system's font files that a text's scripts need beside what is shipped; not all may be there."""
    if text.isascii():
        return frozenset()
    scripts = {_script(sign) for sign in set(text) if unicodedata.category(sign)[0] in "LM" or ord(sign) > 0x2E7F}
    wanted = {CJK if script in _CJK_NAMES else f"NotoSans{script.title()}-Regular.ttf" for script in scripts if script}
    return frozenset(name for name in wanted if _place(name))


def gather(folder: Path, names: Iterable[str]) -> None:
    """Put the fonts of these names into a folder, with those that are always at hand."""
    for name in (*ALWAYS, *names):
        source, target = _place(name), folder / name
        if source and not target.exists():
            _put(source, target)


@cache  # the system's fonts stay where they are while we run
def _place(name: str) -> Path | None:
    return next((path for path in (SINGLE / name, COLLECTED / name) if path.is_file()), None)


def _put(source: Path, target: Path) -> None:
    """Link a font; of a collection copy the file and leave its first face in the list: reading ten takes 30 ms."""
    if source.suffix != ".ttc":
        target.symlink_to(source)
        return
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        file.seek(8)  # after the tag and the version: how many faces there are
        file.write(struct.pack(">I", 1))


def _script(sign: str) -> str:
    """The first word of a sign's name, which is its script's: HEBREW, THAI. "" for what needs nothing more."""
    word = unicodedata.name(sign, "").split(" ")[0].split("-")[0]
    return "" if word in _SHIPPED_NAMES else word
