"""Help: what one can do here, grouped by what people come for, with examples that work as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cards.commands import choice_name, described, option_described, option_name, path
from bot.cards.picks import Line, pick
from bot.core import intents as i
from bot.core.card import Action, Block, Bullets, Card, Heading, Small, Style, Text
from bot.core.commands import COMMANDS, Command, Option, Takes
from bot.core.rich import Rich, rich
from bot.i18n import Words

GROUPS: Mapping[str, tuple[str, ...]] = {
    "read": ("article", "section", "takeaways", "proscons", "actions", "search"),
    "discuss": ("stance", "tally", "poll list", "poll show", "poll vote", "poll mine", "poll propose"),
    "results": ("poll results", "poll details", "poll picture", "poll verify"),
    "yourself": ("language", "poll remind", "privacy show", "privacy export", "privacy erase", "help"),
}
MODERATING = "moderate"  # how the moderators' commands begin


def overview(t: Words, moderator: bool) -> Card:
    """Every command that this person can use."""
    body: list[Block] = [Text(t("guide.intro"))]
    for group in GROUPS:
        body += [Heading(t.plain(f"guide.group.{group}")), Bullets(_lines(t, GROUPS[group]))]
    moderating = Action(t.plain("guide.moderating"), i.ShowHelp(MODERATING))
    return Card(
        title=t.plain("guide.title"),
        blocks=(*body, Small(t("guide.both_languages"))),
        actions=(
            (
                Action(t.plain("action.about"), i.OpenArticle(), Style.MAIN),
                Action(t.plain("action.polls"), i.ListPolls()),
                Action(t.plain("guide.language"), i.SetLanguage()),
                Action(t.plain("guide.privacy"), i.ShowPrivacy()),
                *((moderating,) if moderator else ()),
            ),
        ),
        picks=pick(t, "guide.more", [_topic(t, command) for command in COMMANDS if not command.moderators]),
        locale=t.locale,
    )


def group_card(t: Words, title: str, commands: Sequence[Command]) -> Card:
    """The commands whose path begins alike."""
    lines = _lines(t, tuple(command.path for command in commands))
    topics = pick(t, "guide.more", [_topic(t, command) for command in commands])
    return Card(title=f"/{title}", blocks=(Bullets(lines),), actions=_back(t), picks=topics, locale=t.locale)


def topic_card(t: Words, command: Command) -> Card:
    """One command: what it does, an example, and each of its options."""
    options = tuple(_option(t, command, option) for option in command.options)
    listed: tuple[Block, ...] = (Heading(t.plain("guide.options")), Bullets(options)) if options else ()
    who: tuple[Block, ...] = (Small(t("guide.moderators_only")),) if command.moderators else ()
    return Card(
        title=f"/{path(t, command)}",
        blocks=(
            Text(described(t, command)),
            Text(t("guide.example_line", example=_example(t, command))),
            *listed,
            *who,
        ),
        actions=_back(t),
        locale=t.locale,
    )


def by_path(wanted: str) -> Command:
    """The command with this path."""
    return next(command for command in COMMANDS if command.path == wanted)


def _lines(t: Words, paths: Sequence[str]) -> tuple[str, ...]:
    commands = [by_path(wanted) for wanted in paths]
    return tuple(Rich(f"`/{path(t, command)}` {rich(described(t, command))}") for command in commands)


def _option(t: Words, command: Command, option: Option) -> Rich:
    said = [rich(option_described(t, command, option))]
    if option.choices:
        said.append(t.listed([choice_name(t, option, value) for value in option.choices]))
    if option.takes is Takes.SWITCH:
        said.append(t("guide.switch"))
    if option.required:
        said.append(t("guide.required"))
    return Rich(f"`{option_name(t, command, option)}` {' · '.join(said)}")


def _example(t: Words, command: Command) -> Rich:
    """The example, under the name that the command has in this language."""
    example = t.plain(f"help.{command.path.replace(' ', '_')}.example")
    return Rich(f"`/{path(t, command)}{example.removeprefix('/' + command.path)}`")


def _topic(t: Words, command: Command) -> Line:
    return Line(f"/{path(t, command)}", i.ShowHelp(command.path.replace(" ", ".")), described(t, command))


def _back(t: Words) -> tuple[tuple[Action, ...], ...]:
    return ((Action(t.plain("guide.all"), i.ShowHelp()),),)
