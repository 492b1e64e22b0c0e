"""Typed lines as intents and back, for every place where people type: the web composer and the text door.

A line is a command's path and its options: in order, by `name:value`, texts with spaces in quotes unless they come
last. English names always count, and those of the reader's locale. Submitted forms become intents here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from bot.core.commands import COMMANDS, Command, Option
from bot.core.errors import Refusal, refuse
from bot.core.intents import Attachment, Intent
from bot.core.signs import plain_signs
from bot.core.text import folded
from bot.platforms import typed_names as names
from bot.platforms.typed_tokens import Assigned, assign, tokens

Value = str | Attachment
MOST_DIGITS = 9  # more is no count of anything here, and int() of a huge text is slow
SLASHES = frozenset({"/", "／"})  # the second is what keyboards of Chinese and Japanese write


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that was understood: the command, and its options' values as typed (choices as their value)."""

    command: Command
    values: Mapping[str, str]

    @property
    def intent(self) -> Intent:
        """The command's intent before its values are filled in."""
        return self.command.intent(**self.command.preset)


def parse(line: str, locale: str) -> Intent:
    """The intent of a typed line, with or without its slash.

    Refusal: unknown_command (typed, suggestion), unknown_field (typed, command), misspelt_field (typed, suggestion,
    command), missing_option (option, command), wrong_value (option, typed, choices), not_a_number and not_a_file
    (option, typed).
    """
    typed = read(line, locale)
    return fill(typed.intent, typed.values)


def read(line: str, locale: str) -> Typed:
    """A line's command and values, for who must look at them before they become an intent. Refusals as for `parse`."""
    given = tokens(_without_slash(line.strip()))
    found = names.find([token.raw for token in given], locale)
    if found is None:
        raise refuse(
            "unknown_command",
            typed=" ".join(token.raw for token in given[:3]),
            suggestion=_slashed(names.nearest([token.raw for token in given], locale)),
        )
    command, taken = found
    assigned = assign(command, given[taken:], locale)
    _check_names(command, assigned, locale)
    values = {name: _value(assigned.filled[name].option, text, locale) for name, text in assigned.values().items()}
    for option in command.options:
        if option.required and option.name not in values:
            raise refuse(
                "missing_option",
                option=names.option_name(option, locale),
                command=_slashed(names.path(command, locale)),
            )
    return Typed(command, values)


def fill(intent: Intent, values: Mapping[str, Value]) -> Intent:
    """The intent with typed or submitted values put into its fields by name, as the types that the fields have.

    An empty text leaves a number, a switch and a file as they are. Refusal: unknown_field, wrong_value, not_a_number,
    not_a_file.
    """
    defaults = {f.name: f.default for f in fields(intent)}
    for name in values:
        if name not in defaults:
            raise refuse("unknown_field", typed=name, command=type(intent).VERB)
    ready = {name: _converted(name, value, defaults[name]) for name, value in values.items()}
    return replace(intent, **{name: value for name, value in ready.items() if value is not None})


def typed_line(intent: Intent, locale: str) -> str | None:
    """The shortest line that one can type for an intent, in the locale's words; None where only a button says it."""
    lines = [_line(command, intent, locale) for command in COMMANDS if command.intent is type(intent)]
    return min((line for line in lines if line and _reads_as(line, locale, intent)), key=len, default=None)


def quoted(value: str) -> str:
    """A value as it is typed: in quotes where it holds spaces or could be taken for a name or a quote."""
    return f'"{value}"' if any(c.isspace() or c in ':"“«' for c in value) else value


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to go on with: `text` replaces the line from `Completion.start` on; `label` and `detail` are read."""

    text: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may follow in a line. With a `source`, ask `desk.suggest(ctx, source, typed, given)` for values besides:
    each replaces the line from `start` on, as `quoted(value)`."""

    start: int
    typed: str
    candidates: tuple[Candidate, ...] = ()
    source: str = ""
    given: Mapping[str, str] = field(default_factory=dict)


def completions(line: str, locale: str, *, moderators: bool = True) -> Completion:
    """How a line being typed (with its slash) can go on: command paths, option names, choices, or a source to ask."""
    bare = _without_slash(line)
    given = tokens(bare, offset=len(line) - len(bare))
    found = names.find([token.raw for token in given], locale)
    if found is None or (len(given) == found[1] and not line[-1:].isspace()):
        return Completion(0, line, _paths(line, locale, moderators))
    command, taken = found
    return _in_options(line, command, assign(command, given[taken:], locale), locale)


def is_command(line: str) -> bool:
    """Whether a line begins as commands do."""
    return line[:1] in SLASHES


def _without_slash(line: str) -> str:
    return line[1:] if is_command(line) else line


def _slashed(path: str) -> str:
    return f"/{path}" if path else ""


def _check_names(command: Command, assigned: Assigned, locale: str) -> None:
    """Refuse words too many, and a misspelt `name:value` that would be taken for a value."""
    for filled in assigned.filled.values():
        name, _ = filled.tokens[0].split()
        misspelt = filled.tokens[0].named and name.isidentifier() and not names.by_name(command, name, locale)
        near = names.nearest_option(command, name, locale) if misspelt else ""
        if near and not filled.by_name:
            raise _no_such(name, near, command, locale)
    if assigned.extra:
        raise _no_such(assigned.extra[0].raw, "", command, locale)


def _no_such(typed: str, near: str, command: Command, locale: str) -> Refusal:
    path = _slashed(names.path(command, locale))
    if near:
        return refuse("misspelt_field", typed=typed, suggestion=near, command=path)
    return refuse("unknown_field", typed=typed, command=path)


def _value(option: Option, text: str, locale: str) -> str:
    """A choice as its value, whatever word it was typed as; anything else as it is."""
    known = names.choices(option, locale)
    if not known or (not option.choices and folded(text) in names.SWITCH):
        return text
    found = names.chosen(option, text, locale) if option.choices else None
    if found is None:
        raise refuse("wrong_value", option=names.option_name(option, locale), typed=text, choices=tuple(known.values()))
    return found


def _converted(name: str, value: Value, default: object) -> object:
    """A value as the type of its field's default; None to leave the field alone."""
    if isinstance(value, Attachment) or default is None:
        return _attached(name, value, default)
    text = plain_signs(value).strip()
    if isinstance(default, bool):
        return None if not text else _switch(name, text)
    if isinstance(default, int):
        return None if not text else _number(name, text)
    return value


def _attached(name: str, value: Value, default: object) -> Attachment | None:
    """A file where the field takes one, and nothing else there."""
    if isinstance(value, Attachment) and default is None:
        return value
    if isinstance(value, str) and not value:
        return None
    raise refuse("not_a_file", option=name, typed=value if isinstance(value, str) else value.name)


def _switch(name: str, text: str) -> bool:
    found = names.SWITCH.get(folded(text))
    if found is None:
        raise refuse("wrong_value", option=name, typed=text, choices=("yes", "no"))
    return found


def _number(name: str, text: str) -> int:
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise refuse("not_a_number", option=name, typed=text)
    return int(text)


def _line(command: Command, intent: Intent, locale: str) -> str | None:
    """The command with the values that differ from its defaults, named from the first gap on."""
    base = command.intent(**command.preset)
    changed = [f.name for f in fields(intent) if getattr(intent, f.name) != getattr(base, f.name)]
    if not set(changed) <= {option.name for option in command.options}:
        return None
    parts, in_order = [f"/{names.path(command, locale)}"], True
    for option in command.options:
        if option.name not in changed:
            in_order = False
            continue
        text = _spoken(getattr(intent, option.name), locale)
        bare = option.rest and not any(c in ':"“«' for c in text)
        name = "" if in_order else f"{names.option_name(option, locale)}:"
        parts.append(name + (text if bare else quoted(text)))
        in_order = in_order and not option.rest
    return " ".join(parts)


def _spoken(value: object, locale: str) -> str:
    if isinstance(value, bool):
        return names.YES[locale == "es"] if value else names.NO[0]
    return str(value)


def _reads_as(line: str, locale: str, intent: Intent) -> bool:
    try:
        return parse(line, locale) == intent
    except Refusal:
        return False


def _paths(line: str, locale: str, moderators: bool) -> tuple[Candidate, ...]:
    """The commands whose path begins as typed; where none does, the one that comes nearest."""
    wanted = folded(line)
    shown = [command for command in COMMANDS if moderators or not command.moderators]
    begin = [c for c in shown if any(folded(p).startswith(wanted) for p in (names.path(c, locale), c.path))]
    near = names.nearest(_without_slash(line).split(), locale)
    return tuple(
        Candidate(
            f"/{names.path(command, locale)} ",
            f"/{names.path(command, locale)}",
            names.described(command, None, locale),
        )
        for command in begin or [c for c in shown if names.path(c, locale) == near]
    )


def _in_options(line: str, command: Command, assigned: Assigned, locale: str) -> Completion:
    """What may follow behind a command's path: the value being typed, or the next option and the others' names."""
    typing = assigned.growing or (None if line[-1:].isspace() else assigned.last)
    if assigned.extra:
        return Completion(len(line), "")
    given = {name: text for name, text in assigned.values().items() if typing is None or name != typing.option.name}
    option = typing.option if typing else next((o for o in command.options if o.name not in given), None)
    if option is None:
        return Completion(len(line), "")
    typed = typing.text if typing else ""
    start = typing.tokens[0].start if typing else len(line)
    named = typing is not None and (typing.by_name or len(typing.tokens) > 1)
    free = () if named else tuple(o for o in command.options if o.name not in given)
    return Completion(
        start, typed, _values(option, typed, locale) + _names(command, free, typed, locale), option.complete, given
    )


def _values(option: Option, typed: str, locale: str) -> tuple[Candidate, ...]:
    known = names.choices(option, locale).items()
    return tuple(
        Candidate(value, label)
        for value, label in known
        if any(folded(word).startswith(folded(typed)) for word in (label, value))
    )


def _names(command: Command, options: tuple[Option, ...], typed: str, locale: str) -> tuple[Candidate, ...]:
    named = [(names.option_name(option, locale), option) for option in options]
    return tuple(
        Candidate(f"{name}:", f"{name}:", names.described(command, option, locale))
        for name, option in named
        if folded(name).startswith(folded(typed))
    )
