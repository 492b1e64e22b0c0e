"""PrefLib's files, written: of the most restrictive type that fits, equal ballots on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from bot.core.counting.files.errors import Unwritable
from bot.core.counting.files.names import on_one_line
from bot.core.counting.values import Approvals, Form, Number, Profile, Ranking, Scores

APPROVED = ("Approved", "Not approved")


def extension(profile: Profile) -> str:
    """The type that fits and promises most: "soc", "soi", "toc", "toi", or "cat" for marks and scores."""
    if profile.form is not Form.RANKS:
        return "cat"
    orders = [cast("Ranking", ballot) for ballot, _ in profile.groups]
    strict = all(len(group) == 1 for order in orders for group in order)
    complete = all(sum(map(len, order)) == len(profile.options) for order in orders)
    return ("s" if strict else "t") + "o" + ("c" if complete else "i")


def write(profile: Profile, title: str = "", file_name: str = "", day: str = "") -> Iterator[str]:
    """The file's lines, each with its end. `day` is an ISO date.

    Unwritable: a skipped rank, a blank ranking, a weight that is not whole, scores of 0 and 1 alone (they would be read
    as marks), two names that are alike once they stand on one line. Raised before the first line.
    """
    kind = extension(profile)
    for ballot, weight in profile.groups:
        _check(profile, ballot, weight)
    if profile.form is Form.SCORES and profile.most < 2:
        raise Unwritable("Scores of 0 and 1 are written as marks.")
    names = on_one_line(profile.options)
    return _lines(profile, kind, names, _header(title, file_name, day, kind))


def _check(profile: Profile, ballot: Ranking | Approvals | Scores, weight: Number) -> None:
    if not isinstance(weight, int) or weight < 1:
        raise Unwritable(f"PrefLib has no ballot that counts {weight} times.")
    if profile.form is not Form.RANKS:
        return
    if not ballot:
        raise Unwritable("PrefLib has no blank ballots.")
    if () in ballot:
        raise Unwritable("A ballot skips a rank, and PrefLib has no sign for that.")


def _header(title: str, file_name: str, day: str, kind: str) -> dict[str, str]:
    return {
        "FILE NAME": file_name,
        "TITLE": title,
        "DESCRIPTION": "",
        "DATA TYPE": kind,
        "MODIFICATION TYPE": "original",
        "RELATES TO": "",
        "RELATED FILES": "",
        "PUBLICATION DATE": day,
        "MODIFICATION DATE": day,
    }


def _lines(profile: Profile, kind: str, names: Sequence[str], header: dict[str, str]) -> Iterator[str]:
    for key, value in header.items():
        yield f"# {key}: {' '.join(value.split())}".rstrip() + "\n"
    yield f"# NUMBER ALTERNATIVES: {len(names)}\n"
    yield f"# NUMBER VOTERS: {profile.ballots}\n"
    yield f"# NUMBER UNIQUE {'PREFERENCES' if kind == 'cat' else 'ORDERS'}: {len(profile.groups)}\n"
    if kind == "cat":
        yield from _categories(profile)
    for number, name in enumerate(names, start=1):
        yield f"# ALTERNATIVE NAME {number}: {name}\n"
    written = ((weight, _ballot(profile, ballot)) for ballot, weight in profile.groups)
    for weight, order in sorted(written, key=lambda pair: (-pair[0], pair[1])):
        yield f"{weight}: {order}\n"


def _categories(profile: Profile) -> Iterator[str]:
    scores = [str(score) for score in range(profile.most, -1, -1)]
    names = APPROVED if profile.form is Form.MARKS else scores
    yield f"# NUMBER CATEGORIES: {len(names)}\n"
    for number, name in enumerate(names, start=1):
        yield f"# CATEGORY NAME {number}: {name}\n"


def _ballot(profile: Profile, ballot: Ranking | Approvals | Scores) -> str:
    if profile.form is Form.RANKS:
        return ",".join(map(_group, cast("Ranking", ballot)))
    if profile.form is Form.MARKS:
        marked = cast("Approvals", ballot)
        rest = [option for option in range(len(profile.options)) if option not in marked]
        return ",".join(map(_group, (marked, rest)))
    scores = cast("Scores", ballot)
    groups = ([o for o, score in enumerate(scores) if score == given] for given in range(profile.most, -1, -1))
    return ",".join(map(_group, groups))


def _group(options: Iterable[int]) -> str:
    ids = [str(option + 1) for option in options]
    return ids[0] if len(ids) == 1 else f"{{{','.join(ids)}}}"
