"""Files to take away: which formats there are and what each is good for, and what a file holds that was made."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.polls.wording import heading
from bot.core.card import Card, File, Pick, PickOption, Small, Text
from bot.core.intents import ExportRecord
from bot.core.poll.values import Poll
from bot.core.record import PollRecord
from bot.core.rich import bold
from bot.i18n import Words


def choose(t: Words, poll: Poll, formats: Sequence[str]) -> Card:
    """The formats of a poll's record."""
    return Card(heading(t, poll), (Text(t("export.choose")),), picks=(_pick(t, poll.id, formats),), locale=t.locale)


def choose_stances(t: Words, title: str, formats: Sequence[str]) -> Card:
    """The formats of the answers to an article."""
    return Card(
        t("export.answers_to", title=title),
        (Text(t("export.choose")),),
        picks=(_pick(t, "article", formats),),
        locale=t.locale,
    )


def poll_files(t: Words, record: PollRecord, files: tuple[File, ...], *, ballots: bool) -> Card:
    """A poll's files, and the care that they ask for. `ballots`: the format holds them."""
    poll = record.poll
    if record.withheld:
        return Card(blocks=(Text(t("export.poll_withheld", number=poll.number)),), files=files, locale=t.locale)
    whole = "report" if not ballots else "yes" if record.holds_ballots else "no"
    said = Text(t("export.poll", number=poll.number, ballots=whole))
    care = (Small(t("export.named" if poll.named else "export.anonymous")),) if whole == "yes" else ()
    return Card(blocks=(said, *care), files=files, locale=t.locale)


def stance_files(t: Words, title: str, files: tuple[File, ...]) -> Card:
    """The files of the answers to an article."""
    said = Text(t("export.stances", title=bold(title)))
    return Card(blocks=(said, Small(t("export.stances_care"))), files=files, locale=t.locale)


def _pick(t: Words, what: str, formats: Sequence[str]) -> Pick:
    options = [
        PickOption(t.plain(f"export.format.{name}"), ExportRecord(what, name), t.plain(f"export.good_for.{name}"))
        for name in formats
    ]
    return Pick(t.plain("export.pick"), tuple(options))
