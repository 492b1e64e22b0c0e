"""A form on a line-by-line door: one answer after the other, or `field: answer`, until it can be sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from bot.core import card as c
from bot.core import suggest
from bot.core.intents import Attachment, Intent
from bot.core.rich import Rich
from bot.core.signs import plain_signs
from bot.core.text import folded
from bot.i18n import Words, words
from bot.platforms.text.files import attachment
from bot.platforms.text.prose import Prose
from bot.platforms.typed import Value, fill

MORE = "\\"  # a line that ends in it goes on in the next one


class Misfit(Exception):
    """An answer that the field can't take: the sentence's key and facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


class Heard(Enum):
    """What came of a line: the form was left, more is to be asked, or it can be sent."""

    LEFT = "left"
    MORE = "more"
    DONE = "done"


@dataclass(slots=True)
class Filling:
    """A form being filled in. `answers` holds what was given, by field name; `asked` the fields that had their turn.

    `begun` are the lines so far of an answer that goes on; `title` is the card's.
    """

    form: c.Form
    locale: str
    title: str = ""
    answers: dict[str, Value] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    begun: list[str] = field(default_factory=list)

    @property
    def t(self) -> Words:
        """The words of the form's card."""
        return words(self.locale)

    @property
    def next(self) -> c.FormField | None:
        """The field to be answered next; None when all were."""
        return next((f for f in self.form.fields if f.name not in self.asked), None)

    def hear(self, text: str) -> Heard:
        """Take a line, or several, each an answer. Raises Misfit."""
        if folded(text) in accepted("form.cancel", self.locale):
            return Heard.LEFT
        if folded(text) in accepted("form.send", self.locale):
            return Heard.DONE
        for line in text.split("\n"):
            self._take(line)
        return Heard.MORE if self.next else Heard.DONE

    def again(self) -> None:
        """Ask everything once more; what was given stays as it is."""
        self.asked.clear()
        self.begun.clear()

    def _take(self, line: str) -> None:
        """An answer to the next field, or to the one it names; an empty one leaves the next field as it is."""
        named = _named(self.form, line)
        target = named[0] if named else self.next
        if target is None:
            return
        text = named[1] if named else line.strip()
        if target.kind is c.FieldKind.TEXT and text.endswith(MORE):
            self.begun.append(text.removesuffix(MORE).rstrip())
            return
        text = "\n".join([*self.begun, text])
        self.begun.clear()
        if text or named:
            self.answers[target.name] = self._value(target, text) if text else ""
        if target.required and not self._final(target):
            raise Misfit("missing", label=target.label)
        self.asked.add(target.name)

    def sent(self) -> Intent:
        """The form's intent with all answers in it. Raises Misfit where a required one is missing."""
        values = {f.name: self._final(f) for f in self.form.fields}
        for f in self.form.fields:
            if f.required and not values[f.name]:
                self.asked.discard(f.name)
                raise Misfit("missing", label=f.label)
        return fill(self.form.intent, values)

    def draw(self, prose: Prose) -> str:
        """The form as lines: its title, if that isn't the card's, its fields, and how it works."""
        title = prose.lines(self.form.title) if self.form.title != self.title else []
        lines = [*title, "─" * max(map(len, title))] if title else []
        for n, f in enumerate(self.form.fields, 1):
            lines += self._field(prose, n, f)
        return "\n".join([*lines, "", *prose.lines(self.t("text.form.how")), self.ask(prose)])

    def ask(self, prose: Prose) -> str:
        """The question for the next field."""
        target = self.next
        return prose.plain(self.t("text.form.next", label=target.label.rstrip("?:"))) if target else ""

    def _field(self, prose: Prose, n: int, f: c.FormField) -> list[str]:
        notes = [f.hint] if f.hint else []
        notes += [] if f.required else [self.t.plain("text.form.optional")]
        notes += [self.t.plain(f"text.form.{key}") for key in _KIND_NOTES.get(f.kind, ())]
        notes += [self.t.plain("text.form.example", example=f.example)] if f.example else []
        now = self._shown(f)
        notes += [prose.plain(self.t("text.form.now", value=now))] if now else []
        note = f" ({' · '.join(prose.plain(note).rstrip('.') for note in notes)})" if notes else ""
        lines = prose.lines(f"{prose.plain(f.label)}{note}", f"{n:>4}. ")
        for m, choice in enumerate(f.choices, 1):
            detail = f" — {prose.plain(choice.detail)}" if choice.detail else ""
            number = "" if f.kind in _WRITTEN else m  # these are typed by their letters
            lines += prose.lines(f"{prose.plain(choice.label)}{detail}", f"{number:>8}  ")
        return lines

    def _shown(self, f: c.FormField) -> str:
        value = self._final(f)
        if isinstance(value, Attachment):
            return value.name
        labels = {} if f.kind in _WRITTEN else {choice.value: choice.label for choice in f.choices}
        return self.t.listed([labels.get(v, v) for v in value.split(",")]) if value and labels else value

    def _final(self, f: c.FormField) -> Value:
        if f.name in self.answers:
            return self.answers[f.name]
        return f.value or ",".join(choice.value for choice in f.choices if choice.chosen)

    def _value(self, f: c.FormField, text: str) -> Value:
        if f.kind is c.FieldKind.FILE:
            if (file := attachment(text)) is None:
                raise Misfit("no_file", typed=text)
            return file
        if f.kind is c.FieldKind.ONE:
            return _choice(f, text)
        return _several(f, text) if f.kind is c.FieldKind.MANY else text


_WRITTEN = frozenset({c.FieldKind.RANKING, c.FieldKind.SCORES})  # a line that the poll's kind reads, choices and all
_KIND_NOTES = {c.FieldKind.TEXT: ("lines",), c.FieldKind.MANY: ("several",), c.FieldKind.FILE: ("file",)}


def _named(form: c.Form, line: str) -> tuple[c.FormField, str] | None:
    """The field that a line `field: answer` names, by its number, name or label, and the answer."""
    name, colon, rest = re.split(r"([:：]|$)", line, maxsplit=1)
    if not colon:
        return None
    for n, f in enumerate(form.fields, 1):
        if folded(plain_signs(name)) in (str(n), folded(f.name), folded(f.label)):
            return f, rest.strip()
    return None


def _choice(f: c.FormField, text: str) -> str:
    """A choice by its number, value, label or the label's beginning."""
    wanted = plain_signs(text).strip()
    if wanted.isdecimal() and 1 <= int(wanted[:4]) <= len(f.choices):
        return f.choices[int(wanted[:4]) - 1].value
    values = {choice.value: choice.value for choice in f.choices}
    labels = {choice.value: choice.label for choice in f.choices}
    found = suggest.exact(text.strip(), labels) or (wanted if wanted in values else None)
    if found is None:
        raise Misfit("no_choice", typed=text, label=f.label)
    return found


def _several(f: c.FormField, text: str) -> str:
    try:
        chosen = [_choice(f, text)]
    except Misfit:
        chosen = [_choice(f, part) for part in re.split(r"[,;\s]+", plain_signs(text)) if part]
    chosen = list(dict.fromkeys(chosen))
    if f.most and len(chosen) > f.most:
        raise Misfit("too_many", label=f.label, n=f.most)
    if len(chosen) < f.least:
        raise Misfit("too_few", label=f.label, n=f.least)
    return ",".join(chosen)


def accepted(key: str, locale: str) -> set[str]:
    """The words that stand for something of the door's own: in English and in the locale."""
    return {folded(words(known).plain(f"text.{key}")) for known in ("en", locale)}


def said(misfit: Misfit, t: Words) -> Rich:
    """The sentence of an answer that didn't fit."""
    return t(f"text.form.{misfit.key}", **misfit.facts)
