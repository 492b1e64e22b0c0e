"""What one field can't show: ids used twice, pairs of nobody, languages that have drifted apart.

Works on the values as they were read, whether or not the file is right otherwise, so that an author sees
these errors together with all the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from bot.content.build import KINDS
from bot.content.explain import did_you_mean
from bot.content.marked import Marked
from bot.content.problems import Loc, Problem

LISTS = ("sections", *KINDS)


def inside(marked: Marked) -> list[Problem]:
    """What is wrong within one language's file."""
    return [*_ids_twice(marked), *_item_lists(marked), *_pairs(marked)]


def compare(files: Mapping[str, Marked], default: str) -> list[Problem]:
    """What the languages don't have in common, said where it is missing."""
    problems: list[Problem] = []
    for language, marked in files.items():
        if language == default:
            continue
        model = files[default]
        for key in LISTS:
            problems += _same_ids(key, model, marked)
        problems += _same_lists(model, marked)
        if _entries(marked, "pairs"):
            problems.append(marked.problem(("pairs",), f"belong into {_name(model)} only"))
    return problems


def _entries(marked: Marked, key: str) -> list[Any]:
    value = marked.data.get(key)
    return value if isinstance(value, list) else []


def _ids(marked: Marked, key: str) -> dict[int, str]:
    """The ids of a list by their place; entries that have none are passed over."""
    return {
        number: entry["id"]
        for number, entry in enumerate(_entries(marked, key))
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }


def _ids_twice(marked: Marked) -> Iterator[Problem]:
    first: dict[str, Loc] = {}
    for key in LISTS:
        for number, entry_id in _ids(marked, key).items():
            loc: Loc = (key, number, "id")
            if entry_id in first:
                lines = f"lines {marked.line(first[entry_id])} and {marked.line(loc)}"
                yield marked.problem(loc, f"the id “{entry_id}” is used twice, in {lines}")
            first.setdefault(entry_id, loc)


def _item_lists(marked: Marked) -> Iterator[Problem]:
    for number, section in enumerate(_entries(marked, "sections")):
        seen: set[str] = set()
        for place, kind in _listed(section):
            loc: Loc = ("sections", number, "body", place)
            if not _entries(marked, kind):
                yield marked.problem(loc, f"lists the {kind}, but the file has none")
            if kind in seen:
                yield marked.problem(loc, f"lists the {kind} a second time in this section")
            seen.add(kind)


def _listed(section: Any) -> Iterator[tuple[int, str]]:
    body = section.get("body") if isinstance(section, dict) else None
    for place, block in enumerate(body if isinstance(body, list) else []):
        kind = block.get("items") if isinstance(block, dict) else None
        if isinstance(kind, str) and kind in KINDS:
            yield place, kind


def _pairs(marked: Marked) -> Iterator[Problem]:
    for number, pair in enumerate(_entries(marked, "pairs")):
        if not isinstance(pair, list):
            continue
        for place, (entry_id, key) in enumerate(zip(pair, ("pros", "cons"), strict=False)):
            known = _ids(marked, key).values()
            if isinstance(entry_id, str) and entry_id not in known:
                words = f"“{entry_id}” is none of the {key}{did_you_mean(entry_id, known)}; a pair is [pro, con]"
                yield marked.problem(("pairs", number, place), words)


def _same_ids(key: str, model: Marked, marked: Marked) -> Iterator[Problem]:
    wanted, here = _ids(model, key), _ids(marked, key)
    renamed = {
        number
        for number in wanted.keys() & here.keys()
        if wanted[number] not in here.values() and here[number] not in wanted.values()
    }
    for number in sorted(renamed):
        words = f"the id is “{here[number]}” here and “{wanted[number]}” in {_line(model, key, number)}"
        yield marked.problem((key, number, "id"), f"{words}; one thing has one id in all languages")
    yield from _missing(key, model, marked, renamed)
    yield from _missing(key, marked, model, renamed)
    yield from _order(key, model, marked)


def _missing(key: str, has: Marked, lacks: Marked, renamed: set[int]) -> Iterator[Problem]:
    known = _ids(lacks, key).values()
    for number, entry_id in _ids(has, key).items():
        if entry_id not in known and number not in renamed:
            words = f"“{entry_id}” is missing here; {_line(has, key, number)} has it"
            yield lacks.problem((key,), words)


def _order(key: str, model: Marked, marked: Marked) -> Iterator[Problem]:
    wanted, here = list(_ids(model, key).values()), list(_ids(marked, key).values())
    if sorted(wanted) != sorted(here):
        return
    for number, (a, b) in enumerate(zip(wanted, here, strict=True)):
        if a != b:
            words = f"“{b}” stands here where {_name(model)} has “{a}”; the order is one in all languages"
            yield marked.problem((key, number), words)
            return


def _same_lists(model: Marked, marked: Marked) -> Iterator[Problem]:
    wanted = {section_id: _kinds(model, number) for number, section_id in _ids(model, "sections").items()}
    for number, section_id in _ids(marked, "sections").items():
        here = _kinds(marked, number)
        there = wanted.get(section_id, here)
        if here != there:
            words = f"lists {_said(here)}; {_name(model)} lists {_said(there)} in this section"
            yield marked.problem(("sections", number, "body"), words)


def _kinds(marked: Marked, number: int) -> list[str]:
    return [kind for _, kind in _listed(_entries(marked, "sections")[number])]


def _said(kinds: list[str]) -> str:
    return " and ".join(f"items: {kind}" for kind in kinds) or "no items"


def _line(marked: Marked, key: str, number: int) -> str:
    return f"{_name(marked)} line {marked.line((key, number, 'id'))}"


def _name(marked: Marked) -> str:
    return PurePath(marked.path).name
