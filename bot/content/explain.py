"""Says in plain words, with file and line, what pydantic found wrong in a file of content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.content.marked import Marked
from bot.content.problems import Loc, Problem

Model = TypeVar("Model", bound=BaseModel)
Keys = Mapping[str, Iterable[str]]  # what holds a mapping → the keys that mapping may have


def validated(model: type[Model], data: Any, marked: Marked, keys: Keys, at: Loc = ()) -> Model | tuple[Problem, ...]:
    """The model, or the problems as a tuple. `at` is where `data` stands in the file."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return tuple(_problem(marked, at, keys, found) for found in error.errors(include_url=False))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean “title”?)`, or nothing when nothing known comes near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean “{near[0]}”?)" if near else ""


def _problem(marked: Marked, at: Loc, keys: Keys, found: Any) -> Problem:
    loc = at + _written(marked, at, found["loc"])
    if found["type"] == "missing":
        return marked.problem((*loc, found["loc"][-1]), "is missing")
    if found["type"] == "extra_forbidden":
        known = keys.get(_holder(loc[:-1]), ())
        return marked.problem(loc, f"unknown key{did_you_mean(str(loc[-1]), known)}")
    return marked.problem(loc, _words(found))


def _written(marked: Marked, at: Loc, loc: Loc) -> Loc:
    """The part of pydantic's path that the author wrote: a bare text has no key `text` of its own."""
    while loc and (*at, *loc) not in marked.lines:
        loc = loc[:-1]
    return loc


def _holder(loc: Loc) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "")


_LIST = ("must be a list, each entry on its own line with “- ” before it", "is empty")
_MAPPING = ("must be a mapping (lines of “key: value”)", "is empty")
_BY_TYPE = {"list_type": _LIST, "tuple_type": _LIST, "model_type": _MAPPING, "dict_type": _MAPPING}


def _words(found: Any) -> str:
    context, value = found.get("ctx", {}), found["input"]
    if found["type"] in _BY_TYPE:
        something, nothing = _BY_TYPE[found["type"]]
        return something if value else nothing
    match found["type"]:
        case "string_type":
            return "must be a text"
        case "too_short":
            return f"must hold at least {context['min_length']}"
        case "too_long":
            return f"holds {context['actual_length']}, at most {context['max_length']} fit"
        case "literal_error":
            return f"“{value}” is none of {context['expected'].replace(chr(39), '')}"
        case "int_parsing" | "int_type":
            return "must be a whole number"
    return str(found["msg"])
