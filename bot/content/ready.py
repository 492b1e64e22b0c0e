"""Reads the ready polls of `seeds/polls.yaml`, a list with one entry for each poll."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.content import limits
from bot.content.explain import did_you_mean, validated
from bot.content.marked import Marked, read_marked
from bot.content.problems import PackError, Problem
from bot.content.schema import Id, Strict, fits, good_language, wrong
from bot.core.article import Pack
from bot.core.poll.kinds import CHOOSING, FIXED
from bot.core.poll.values import METHODS
from bot.core.ready import ReadyOption, ReadyPoll

Packs = Mapping[str, Pack]
Language = Annotated[str, AfterValidator(good_language)]
Question = Annotated[str, AfterValidator(fits(limits.QUESTION))]
OptionText = Annotated[str, AfterValidator(fits(limits.OPTION))]


class OptionFile(Strict):
    """`{id: o-more, en: "…", es: "…"}`: all keys but the id are languages."""

    id: Id
    text: Annotated[dict[Language, OptionText], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _languages(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        texts = {key: text for key, text in value.items() if key != "id"}
        return {"text": texts, **({"id": value["id"]} if "id" in value else {})}


def _whole(value: Any) -> Any:
    """Scalars come as text; a count in quotes is as good as one without."""
    return int(value) if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() else value


Count = Annotated[int, BeforeValidator(_whole)]


class PollFile(Strict):
    """One ready poll."""

    id: Id
    article: Id
    item: Id | None = None
    kind: Literal["single", "multiple", "support", "approval", "motion", "ranked", "score"]
    question: Annotated[dict[Language, Question], Field(min_length=1)]
    options: Annotated[tuple[OptionFile, ...], Field(max_length=limits.OPTIONS)] = ()
    min: Count | None = None
    max: Count | None = None
    method: str = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> PollFile:
        if sentence := next(_misfits(self), ""):
            raise wrong(sentence)
        return self


def ready_polls(path: Path, packs: Packs | None = None) -> tuple[ReadyPoll, ...]:
    """The ready polls of a file, held against `packs` where given. Raises `PackError` with every problem."""
    polls, problems = check_polls(path, packs)
    if problems:
        raise PackError(problems)
    return polls


def check_polls(path: Path, packs: Packs | None = None) -> tuple[tuple[ReadyPoll, ...], tuple[Problem, ...]]:
    """The sound polls of a file, and what is wrong with the others."""
    marked = read_marked(path)
    if not isinstance(marked.data, list):
        unlisted = marked.problem((), "must be a list of polls, each beginning with “- id: ”")
        return (), marked.problems or (unlisted,)
    problems = [*marked.problems, *_ids_twice(marked)]
    polls = []
    for number, entry in enumerate(marked.data):
        found = validated(PollFile, entry, marked, _KEYS, (number,))
        if isinstance(found, tuple):
            problems += found
            continue
        problems += _unknown(marked, number, found, packs)
        polls.append(_poll(found))
    return tuple(polls), tuple(sorted(set(problems)))


_KEYS = {"": tuple(PollFile.model_fields)}


def _misfits(poll: PollFile) -> Iterator[str]:
    """Reasons why these options and counts don't make a poll of this kind."""
    yield from _wrong_options(poll)
    if poll.method and poll.method not in METHODS[poll.kind]:
        yield f"“{poll.method}” doesn't count {poll.kind} ballots: {', '.join(METHODS[poll.kind])}"
    if poll.kind not in CHOOSING and not (poll.min in {None, 1} and poll.max in {None, 1}):
        yield "“min” and “max” are for kind: multiple or approval"
    if poll.kind in CHOOSING and not 1 <= (poll.min or 1) <= _max(poll) <= len(poll.options):
        yield f"“min” and “max” must fit the {len(poll.options)} options: 1 ≤ min ≤ max ≤ {len(poll.options)}"


def _wrong_options(poll: PollFile) -> Iterator[str]:
    if poll.kind in FIXED and poll.options:
        yield f"a {poll.kind} poll brings its own options: leave them out"
    if poll.kind not in FIXED and len(poll.options) < 2:
        yield "needs at least two options"
    ids = [option.id for option in poll.options]
    if len(set(ids)) < len(ids):
        yield "two options have the same id"
    for option in poll.options:
        if option.text.keys() != poll.question.keys():
            yield f"the option “{option.id}” and the question are not in the same languages"


def _max(poll: PollFile) -> int:
    if poll.max is not None:
        return poll.max
    return len(poll.options) if poll.kind in CHOOSING else 1


def _poll(file: PollFile) -> ReadyPoll:
    options = tuple(ReadyOption(option.id, option.text) for option in file.options)
    lowest = 1 if file.min is None else file.min
    return ReadyPoll(
        file.id, file.article, file.item, file.kind, file.question, options, lowest, _max(file), file.method
    )


def _ids_twice(marked: Marked) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, entry in enumerate(marked.data):
        entry_id = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(entry_id, str):
            continue
        line = marked.line((number, "id"))
        if entry_id in first:
            words = f"the id “{entry_id}” is used twice, in lines {first[entry_id]} and {line}"
            yield marked.problem((number, "id"), words)
        first.setdefault(entry_id, line)


def _unknown(marked: Marked, number: int, poll: PollFile, packs: Packs | None) -> Iterator[Problem]:
    if packs is None:
        return
    pack = packs.get(poll.article)
    if pack is None:
        near = did_you_mean(poll.article, packs)
        yield marked.problem((number, "article"), f"there is no article “{poll.article}”{near}")
    elif poll.item is not None and poll.item not in pack.item_versions:
        near = did_you_mean(poll.item, pack.item_versions)
        yield marked.problem((number, "item"), f"“{poll.article}” has no item “{poll.item}”{near}")
