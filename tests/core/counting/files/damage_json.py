"""Our own record, sound, and every damage we know for it."""

from __future__ import annotations

import json
from typing import Any

from tests.core.counting.files.damage import changed

RECORD: dict[str, Any] = {
    "schema": "tertulia.poll",
    "schema_version": 1,
    "poll": {"kind": "ranked", "options": [{"id": "a", "text": "Tea"}, {"id": "b", "text": "Coffee"}]},
    "result": {"ballots": 2},
    "ballots": [{"marks": {"a": 1, "b": 2}}, {"marks": {"b": 1}}],
}


def record(**new: Any) -> str:
    """The record with other values; None takes a key away."""
    return json.dumps({key: value for key, value in (RECORD | new).items() if value is not None}, indent=1)


def poll(**new: Any) -> str:
    """The record of another poll."""
    return record(poll=RECORD["poll"] | new)


JSON_DAMAGE = {
    "not-an-object": ("[]", "1: not JSON: “[]” is not expected here"),
    "not-json": ("{'schema': 1}", "1: not JSON: “'schema': 1}” is not expected here"),
    "cut-in-a-ballot": (record()[:-30], "27: the file ends in the middle"),
    "cut-in-a-string": (record()[:20], "2: the file ends in the middle"),
    "cut-before-the-end": (record()[:-1], "33: the file ends in the middle"),
    "more-after-the-end": (record() + "{}", "33: something stands after the end of the record"),
    "comma-at-the-end": (
        changed(record(), '"b": 1\n   }\n  }', '"b": 1\n   }\n  },'),
        "32: not JSON: “] }” is not expected here",
    ),
    "said-twice": (
        changed(record(), '"schema_version": 1', '"schema_version": 1, "schema_version": 1'),
        "3: “schema_version” is said twice",
    ),
    "option-twice-on-a-ballot": (changed(record(), '"b": 2', '"a": 2'), "21: an object says the same key twice"),
    "stances": (record(schema="tertulia.stances"), "2: not a record of a poll: its schema is not tertulia.poll"),
    "no-schema": (record(schema=None), "1: not a record of a poll: its schema is not tertulia.poll"),
    "another-version": (record(schema_version=99), "3: schema_version is none of 1, 2"),
    "no-poll": (record(poll=None), "20: the record has no poll"),
    "no-ballots": (record(ballots=None), "20: the record has no ballots"),
    "counts-alone": (
        changed(record(ballots=[]), '"ballots": []', '"ballots": null'),
        "21: the record holds no ballots: the poll was still open, or has too few to tell",
    ),
    "promised": (record(result={"ballots": 3}), "17: 3 ballots are promised, there are 2"),
    "kind-unknown": (
        poll(kind="lottery"),
        "4: the poll's kind is none of single, multiple, support, motion, approval, ranked, priority, score",
    ),
    "options-no-list": (poll(options={}), "4: the poll's options are not a list of ids and texts"),
    "option-without-text": (poll(options=[{"id": "a"}]), "4: the poll's options are not a list of ids and texts"),
    "options-none": (poll(options=[]), "4: the poll's options are not a list of ids and texts"),
    "option-id-twice": (
        poll(options=[{"id": "a", "text": "Tea"}, {"id": "a", "text": "Coffee"}]),
        "4: two options have the same id",
    ),
    "option-text-twice": (
        poll(options=[{"id": "a", "text": "Tea"}, {"id": "b", "text": "Tea"}]),
        "4: options 1 and 2 are both called “Tea”",
    ),
    "option-half-a-character": (
        poll(options=[{"id": "a", "text": "Tea"}, {"id": "b", "text": "\ud83d"}]),
        "4: the name of option 2 is not text in UTF-8",
    ),
    "ballot-no-object": (record(ballots=[3]), "21: a ballot without marks"),
    "ballot-without-marks": (record(ballots=[{}]), "21: a ballot without marks"),
    "mark-no-number": (record(ballots=[{"marks": {"a": "1"}}]), "21: option “a”: a mark that is not a whole number"),
    "mark-true": (record(ballots=[{"marks": {"a": True}}]), "21: option “a”: a mark that is not a whole number"),
    "mark-not-whole": (record(ballots=[{"marks": {"a": 1.5}}]), "21: option “a”: a mark that is not a whole number"),
    "mark-infinite": (changed(record(), '"b": 2', '"b": Infinity'), "21: Infinity is no number"),
    "mark-of-5000-digits": (changed(record(), '"b": 2', '"b": 1' + "0" * 5000), "21: a number with too many digits"),
    "rank-zero": (changed(record(), '"b": 2', '"b": 0'), "21: rank 0, where ranks go from 1 to 1,000"),
    "option-unknown": (changed(record(), '"b": 2', '"z": 2'), "21: a ballot marks “z”, which is no option of the poll"),
    "score-too-high": (
        changed(poll(kind="score"), '"b": 2', '"b": 6'),
        "21: a score of 6, where scores go from 0 to 5",
    ),
    "mark-of-two": (
        changed(poll(kind="approval"), '"b": 2', '"b": 2'),
        "21: 2, where a mark is 1 and no mark is 0 or nothing",
    ),
    "weight-zero": (record(ballots=[{"marks": {"a": 1}, "weight": 0}]), "21: weight: a ballot that counts 0 times"),
    "nul": (changed(record(), "Coffee", "Cof\0fee"), "13: a NUL character; the file is no text in UTF-8"),
}
