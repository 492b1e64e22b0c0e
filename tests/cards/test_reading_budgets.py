"""Every card of reading, stances, tally, help and privacy keeps the budgets, whatever a pack or a person wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from bot.cards import article, items, language, log, privacy, reader, reports, search, sides, stances, tally
from bot.cards import help as helping
from bot.cards.article import Standing
from bot.cards.log import Page
from bot.cards.passages import parts
from bot.content.load import load_library
from bot.core import intents as i
from bot.core.article import ItemKind, Pack
from bot.core.card import Action, Card
from bot.core.codec import decode, encode
from bot.core.commands import COMMANDS
from bot.core.logbook import Entry, Report
from bot.core.poll.values import Poll
from bot.core.search import search as find
from bot.core.stance import ArticleTally, ItemTally, Stance, StanceRow
from bot.i18n import LOCALES, Words, words
from bot.paths import content_dir
from tests.platforms.discord.drawn import form, message
from tests.spec.gate import over_budget, violations
from tests.worst import ALPHABETS, filled, worst_pack

PACKS = {**load_library(content_dir()), **{name: worst_pack(text) for name, text in ALPHABETS.items()}}
NASTY = "**@everyone** <@1> `x` [a](https://b.example) ||no|| 🗳️ "
LONG = NASTY * 20
POLLS = tuple(Poll(f"poll-{n}", "p", filled(NASTY, 200), "single", (), number=n, article="a") for n in range(40))


@dataclass(frozen=True)
class Case:
    """What a card is made from."""

    t: Words
    pack: Pack

    @property
    def mine(self) -> dict[str, StanceRow]:
        """An answer to every item, half of them to an earlier wording."""
        rows = enumerate(self.pack.item_versions.items())
        return {
            item: StanceRow(self.pack.id, item, "a", "A", list(Stance)[n % 3], "v", "old" if n % 2 else version, 1)
            for n, (item, version) in rows
        }

    @property
    def tally(self) -> ArticleTally:
        """Many answers to every item."""
        counted = tuple(ItemTally(item, 123_456, 234_567, 3, 45_678) for item in self.pack.item_versions)
        return ArticleTally(counted, 358_026, 1_234, 987_654, 123_456)


Make = Callable[[Case], Iterator[Card]]


def _article(case: Case) -> Iterator[Card]:
    others = tuple(replace(pack, id=f"{'o' * 20}-{n}{k}") for n in range(6) for k, pack in enumerate(PACKS.values()))
    yield article.article_board(case.pack, case.t)
    for moderator in (False, True):
        yield article.article_card(case.t, case.pack, Standing(True, others[0], moderator, others))
        yield article.no_article(case.t, others, moderator)
    yield article.no_article(case.t, (), True)


def _reader(case: Case) -> Iterator[Card]:
    told = case.pack.article(case.t.locale)
    for number in {0, 3, len(told.sections) - 1}:
        every = parts(told, told.sections[number])
        for part in {0, 1, len(every) // 2, len(every) - 1} & set(range(len(every))):
            yield reader.section_card(case.t, case.pack, number, part, resumed=True)


def _items(case: Case) -> Iterator[Card]:
    for part in (0, 1, 99):
        yield items.takeaways(case.t, case.pack, part)
        yield items.actions(case.t, case.pack, part, POLLS, True)


def _sides(case: Case) -> Iterator[Card]:
    for first in ("pro", "con"):
        for layout in ("paired", "sides"):
            for part in (0, 1, 9, 99):
                yield sides.proscons(case.t, case.pack, first, layout, part)


def _search(case: Case) -> Iterator[Card]:
    found = find(case.pack.article(case.t.locale), "palabra e l")
    ways = [(hit, i.ReadSection(case.pack.id, case.pack.article("en").sections[0].id, 12)) for hit in found.hits]
    yield search.found(case.t, case.pack, LONG[:100], ways[: search.MOST], 12_345, complete=False)


def _stances(case: Case) -> Iterator[Card]:
    for item in case.pack.article(case.t.locale).items[::24]:
        standing = stances.Standing(99, 100, case.mine[item.id], case.tally.of(item.id))
        done = stances.Done(item, "disagree", "agree")
        yield stances.item_card(case.t, case.pack, item, standing, done)
    yield stances.summary(case.t, case.pack, case.mine, case.tally, 1, done)
    yield stances.summary(case.t, case.pack, {}, ArticleTally((), 0, 0, 0))


def _tally(case: Case) -> Iterator[Card]:
    for kind in ("", *ItemKind):
        for part in (0, 1, 99):
            yield tally.tally_card(case.t, case.pack, case.tally, set(case.mine), kind, part)
            yield tally.tally_card(case.t, case.pack, case.tally, (), kind, part)


def _about_me(case: Case) -> Iterator[Card]:
    counts = dict.fromkeys(privacy.COUNTED, 123_456)
    yield from (privacy.privacy(case.t, counts), privacy.ask_erase(case.t, counts), privacy.erased(case.t, counts))
    yield from (language.ask(case.t, "es"), language.done(case.t, None), reports.thanks(case.t, i.AnswerItems("a")))


def _help(case: Case) -> Iterator[Card]:
    yield from (helping.overview(case.t, False), helping.overview(case.t, True))
    yield helping.group_card(case.t, "moderate", [command for command in COMMANDS if command.moderators])
    yield from (helping.topic_card(case.t, command) for command in COMMANDS)


def _log(case: Case) -> Iterator[Card]:
    told = f"{LONG[:500]}\n\n{LONG}"
    reports = [
        Report(f"report-{n:04d}", 1, "me", "7", "item:x" if n % 2 else "8", "9", told) for n in range(log.REPORTS)
    ]
    entries = [Entry(1, "9", LONG, "settle_report", LONG, {"question": LONG}) for _ in range(log.ENTRIES)]
    yield log.log_card(case.t, Page(reports, 1_234, entries, 3, 9), "https://discord.com/channels/123456789012345678")
    yield log.log_card(case.t, Page([], 0, [Entry(1, "9", "Sam", "of_a_newer_build", LONG)], 0, 0), "")
    yield log.log_card(case.t, Page([], 0, [], 0, 0), "")
    yield from (log.report_card(case.t, reports[0], settled=settled) for settled in (False, True))


MAKERS: dict[str, Make] = {
    "article": _article,
    "reader": _reader,
    "items": _items,
    "sides": _sides,
    "search": _search,
    "stances": _stances,
    "tally": _tally,
    "about me": _about_me,
    "help": _help,
    "log": _log,
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("name", MAKERS)
def test_every_card_keeps_the_budgets(name: str, pack: str, locale: str) -> None:
    """Discord would take it, it stays inside our own budgets, and every press on it can be carried by a button."""
    for card in MAKERS[name](Case(words(locale), PACKS[pack])):
        drawn = message(card)
        assert over_budget(drawn) == [], card.title
        assert violations(drawn, "message") == []
        for intent in _intents(card):
            assert decode(encode(intent)) == intent


@pytest.mark.parametrize("locale", LOCALES)
def test_report_forms_fit_a_modal(locale: str) -> None:
    """Both forms are taken by Discord, with the longest message in them."""
    t = words(locale)
    for card in (
        reports.ask_item(t, i.ReportItem("a" * 24, "b" * 24), LONG),
        reports.ask_message(t, i.ReportMessage("1" * 19, "2" * 19, LONG * 4)),
    ):
        assert violations(form(card), "modal") == []
        assert violations(message(card), "message") == []


def _intents(card: Card) -> Iterator[i.Intent]:
    for row in card.actions:
        yield from (action.intent for action in row if isinstance(action, Action) and action.intent)
    for pick in card.picks:
        yield from (option.intent for option in pick.options)
