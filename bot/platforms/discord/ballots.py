"""Rankings and scores in a modal: a select for each place, a radio group for each option; and back as one text.

Discord has neither, so a field is several parts there. What a part is of stands behind its field's name: "marks>2" is
the second place of the field "marks", "marks=b" the score of its choice b.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import discord

from bot.core.card import Choice, FieldKind, FormField
from bot.core.text import cut, units
from bot.i18n import Words
from bot.platforms.discord.markdown import plain

PARTS = 5  # of a modal, at Discord
SEVERAL = frozenset({FieldKind.RANKING, FieldKind.SCORES})
LABEL, TEXT = 45, 100  # characters of a label and of what stands below it
NO_SCORE = "-"
_PART = re.compile(r"(?P<field>\w+)(?P<sign>[>=])(?P<of>\w+)")
Label = discord.ui.Label[Any]


def parts(field: FormField) -> int:
    """How many parts of a modal a field takes."""
    return len(field.choices) if field.kind in SEVERAL else 1


def labels(field: FormField, t: Words) -> Iterator[Label]:
    """A ranking's or a sheet's parts."""
    if field.kind is FieldKind.RANKING:
        yield from (_place(field, place, t) for place in range(1, len(field.choices) + 1))
    else:
        yield from (_score(field, choice, t) for choice in field.choices)


def joined(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What stands in each field, the parts of one field put together: "b>a=c", "a=5,c=0"."""
    found: dict[str, str] = {}
    for name, value in values:
        part = _PART.fullmatch(name)
        if part is None:
            found[name] = value
            continue
        before = found.setdefault(part["field"], "")
        said = value.replace(",", "=") if part["sign"] == ">" else f"{part['of']}={value}"
        if value and value != NO_SCORE:
            between = ">" if part["sign"] == ">" else ","
            found[part["field"]] = f"{before}{between}{said}" if before else said
    return found


def _place(field: FormField, place: int, t: Words) -> Label:
    """Who stands at this place: several where places may be shared. Only the first has to be there."""
    before = field.value.split(">")[place - 1].split("=") if place <= len(field.value.split(">")) else []
    must = field.required and place == 1
    select: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=f"{field.name}>{place}",
        required=must,
        min_values=int(must),
        max_values=len(field.choices) if field.ties else 1,
        options=[
            discord.SelectOption(label=_cut(choice.label, TEXT), value=choice.value, default=choice.value in before)
            for choice in field.choices
        ],
    )
    label = "ballot.place_best" if place == 1 else "ballot.place"
    return discord.ui.Label(text=t.plain(label, n=place), component=select)


def _score(field: FormField, choice: Choice, t: Words) -> Label:
    """An option's score. Who pressed a number can't unpress it, so that there is one for none."""
    before = dict(part.split("=") for part in field.value.split(",") if part).get(choice.value)
    numbers = [str(number) for number in range(field.most + 1)]
    radios = [discord.RadioGroupOption(label=number, value=number, default=number == before) for number in numbers]
    radios.append(discord.RadioGroupOption(label=t.plain("ballot.no_score"), value=NO_SCORE))
    group: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(
        custom_id=f"{field.name}={choice.value}", required=False, options=radios
    )
    label = plain(choice.label)
    more = label if units(label) > LABEL else None
    return discord.ui.Label(text=_cut(label, LABEL), description=_cut(more, TEXT) if more else None, component=group)


def _cut(text: str, limit: int) -> str:
    return cut(plain(text), limit)
