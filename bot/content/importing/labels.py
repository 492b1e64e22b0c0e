"""Opens paragraphs that carry their list in a line, such as “Pros: cheap; quick”, into the label and its entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.content.importing.blocks import Block, Bullet, Para
from bot.content.importing.said import Note, note
from bot.content.importing.signs import OPPOSITE, Sign, label, says_only
from bot.content.importing.text import folded, word_set
from bot.core.article import ItemKind

_SENTENCE = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’»)]))(?<![A-Z]\.)(?<!Dr\.)(?<!Mr\.)(?<!St\.)(?<!Sr\.)(?<!Mrs\.)(?<!Sra\.)"
    r"(?<!vs\.)(?<!No\.)(?<!UU\.)\s+(?=[\"“‘«(\[¿¡]*[A-ZÁÉÍÓÚÑÜ0-9])"
)
_AND = re.compile(r"(?:and|or|y|e|o|u)\s+", re.IGNORECASE)
_COMMA_AND = re.compile(r",?\s+(?:and|or|y|e|o|u)\s+")
# Words that go on with the sentence before, and words too common to be a label by themselves.
_GOING_ON = word_set("this that these those so but however therefore thus esto eso esta asi pero sin ademas tambien")
_COMMON = word_set("for yes no si con pro contra against")
_FEW = 12  # words in an entry of a list with commas


def opened(blocks: Sequence[Block], weighing: bool, named: Collection[ItemKind], notes: list[Note]) -> list[Block]:
    """The blocks, with labelled paragraphs opened. `weighing`: they stand among pros and cons.

    `named` are the kinds that have a section of their own: there a label like “Next steps:” is mere text.
    """
    found = [list(_labelled(block.text)) if isinstance(block, Para | Bullet) else [] for block in blocks]
    sides = {sign.kind for lines in found for *_, sign in lines}
    both = weighing or set(OPPOSITE) <= sides
    result: list[Block] = []
    for block, lines in zip(blocks, found, strict=True):
        if isinstance(block, Bullet):
            result += _nested(block, lines) if both else [block]
        elif lines and all(_trusted(name, sign, both, named) for name, _, sign in lines):
            notes.append(note("divided", text=lines[0][0]))
            for name, rest, _ in lines:
                result += [Para(f"{name}:"), *map(Bullet, entries(rest))]
        else:
            result.append(block)
    return result


def _nested(block: Bullet, lines: Sequence[tuple[str, str, Sign]]) -> list[Block]:
    """“• Pros: cheap; quick” as a bullet with two below it."""
    name, rest, sign = lines[0] if len(lines) == 1 else ("", "", None)
    listed = entries(rest) if sign and sign.sure and sign.kind in OPPOSITE else []
    if len(listed) < 2:
        return [block]
    return [Bullet(f"{name}:", block.depth), *(Bullet(text, block.depth + 1) for text in listed)]


def entries(text: str) -> list[str]:
    """What a line lists: parts between semicolons, else sentences, else short parts between commas."""
    sentences = _sentences(text)
    if text.count(";") >= len(sentences):
        return _bare(text.split(";"))
    if len(sentences) > 1:
        return sentences
    parts = text.split(", ")
    last = _COMMA_AND.split(parts[-1], maxsplit=1) if len(parts) > 1 else [text]
    parts = _bare([*parts[:-1], *last])
    listed = len(parts) > 2 and all(len(part.split()) <= _FEW for part in parts)
    return parts if listed else [text.strip()]


def _labelled(text: str) -> Iterator[tuple[str, str, Sign]]:
    """Each label of a paragraph with what follows it; nothing where it does not begin with one."""
    open_label: tuple[str, str, Sign] | None = None
    for sentence in _SENTENCE.split(text):
        found = label(sentence)
        if found and (open_label is None or found[2].kind in OPPOSITE):
            if open_label:
                yield open_label
            open_label = found
        elif open_label is None:
            return
        else:
            open_label = (open_label[0], f"{open_label[1]} {sentence}", open_label[2])
    if open_label:
        yield open_label


def _trusted(name: str, sign: Sign, both: bool, named: Collection[ItemKind]) -> bool:
    if sign.kind in OPPOSITE:
        return both or (sign.sure and folded(name) not in _COMMON)
    return sign.sure and sign.kind is not None and sign.kind not in named and says_only(name, sign.kind)


def _sentences(text: str) -> list[str]:
    result: list[str] = []
    for sentence in _SENTENCE.split(text.strip()):
        first = folded(sentence).split(" ", 1)[0]
        if result and first in _GOING_ON:
            result[-1] += f" {sentence}"
        else:
            result.append(sentence)
    return result


def _bare(parts: Sequence[str]) -> list[str]:
    """The parts without the conjunction before the last one."""
    kept = [part.strip() for part in parts if part.strip()]
    return [*kept[:-1], _AND.sub("", kept[-1], count=1) if _AND.match(kept[-1]) else kept[-1]]
