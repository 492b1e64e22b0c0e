"""Where a draft's words come from: a ready poll, an item of the article, or a moderator's own.

What comes from a pack or a ready poll is known in several languages, and each reader sees theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.core import suggest
from bot.core.article import ItemKind, Pack
from bot.core.errors import refuse
from bot.core.poll.drafting import LONGEST_OPTION, LONGEST_QUESTION, fixed_options, read_question
from bot.core.poll.kinds import FIXED
from bot.core.poll.values import Poll, PollOption, Rules, Wording
from bot.core.ready import ReadyPoll
from bot.core.text import cut
from bot.i18n import LOCALES, words
from bot.services.desk import Desk
from bot.services.ids import new_id


def find_ready(desk: Desk, typed: str, locale: str) -> ReadyPoll:
    by_id = {ready.id: ready for ready in desk.ready}
    names = {ready.id: ready.question[locale] for ready in desk.ready}
    found = typed if typed in by_id else suggest.exact(typed, names)
    if found is None:
        near = suggest.ranked(typed, names)
        raise refuse("unknown_ready", typed=typed, suggestion=names[near[0]] if near else "")
    return by_id[found]


def from_ready(ready: ReadyPoll, pack: Pack | None, locale: str) -> Poll:
    """A draft of a ready poll, in the place's language, with its words in the others."""
    wordings = {name: Wording(ready.question[name], tuple(o.text[name] for o in ready.options)) for name in LOCALES}
    options = tuple(PollOption(o.id, o.text[locale]) for o in ready.options)
    rules = Rules(minimum=ready.min, maximum=ready.max, method=ready.method)
    return _about(pack, ready.item, _fresh(wordings, locale, ready.kind, options, rules))


def from_item(item_id: str, pack: Pack, locale: str, question: str = "") -> Poll:
    """A draft on an item: its support scale, unless options follow."""
    if question:
        return _about(pack, item_id, own_words(read_question(question), "support", fixed_options("support")))
    wordings = {name: Wording(question_about(pack, item_id, name), ()) for name in _languages(pack, locale)}
    return _about(pack, item_id, _fresh(wordings, locale, "support", (), Rules()))


def question_about(pack: Pack, item_id: str, locale: str) -> str:
    """The question that a poll on an item asks when nobody wrote one."""
    item = pack.article(locale).item(item_id)
    if item is None:
        raise refuse("unknown_item", typed=item_id, suggestion="")
    return cut(words(locale).plain(f"poll.question.{item.kind}", item=item.name), LONGEST_QUESTION)


def _fresh(
    wordings: Mapping[str, Wording], locale: str, kind: str, options: tuple[PollOption, ...], rules: Rules
) -> Poll:
    """A draft whose words are known in several languages. A scale's steps have theirs in the locale files."""
    shown = wordings[locale].question
    if kind in FIXED:
        options = fixed_options(kind)
        wordings = {name: Wording(w.question, ("",) * len(options)) for name, w in wordings.items()}
    return Poll(id=new_id(), place="", question=shown, kind=kind, options=options, wordings=wordings, rules=rules)


def own_words(question: str, kind: str, options: tuple[PollOption, ...]) -> Poll:
    """A draft in a moderator's own words: there is no other language of them."""
    return Poll(id=new_id(), place="", question=question, kind=kind, options=options)


def matters_most(pack: Pack, locale: str) -> Poll:
    """The last poll of a set: which call to action matters most."""
    return _of_actions(pack, locale, "single", "poll.question.matters_most")


def priority(pack: Pack, locale: str, question: str = "") -> Poll:
    """A ranked poll over the article's calls to action; a question of one's own stands in every language.

    Refusal: no_actions, few_options.
    """
    poll = _of_actions(pack, locale, "ranked", "poll.question.priority")
    if len(poll.options) < 2:
        raise refuse("few_options", count=len(poll.options)) if poll.options else refuse("no_actions")
    if not question:
        return poll
    asked = read_question(question)
    return replace(poll, question=asked, wordings={n: Wording(asked, w.options) for n, w in poll.wordings.items()})


def _of_actions(pack: Pack, locale: str, kind: str, question: str) -> Poll:
    """A draft whose options are the article's calls to action, in all its languages."""
    wordings = {}
    for name in _languages(pack, locale):
        texts = tuple(cut(item.name, LONGEST_OPTION) for item in pack.article(name).of_kind(ItemKind.ACTION))
        wordings[name] = Wording(words(name).plain(question), texts)
    ids = [item.id for item in pack.article(locale).of_kind(ItemKind.ACTION)]
    options = tuple(PollOption(item_id, text) for item_id, text in zip(ids, wordings[locale].options, strict=True))
    return Poll(
        id=new_id(),
        place="",
        question=wordings[locale].question,
        kind=kind,
        options=options,
        wordings=wordings,
        article=pack.id,
        pack_version=pack.version,
    )


def _about(pack: Pack | None, item_id: str | None, poll: Poll) -> Poll:
    """The draft with the article, the item, and the wording that it is made on."""
    if pack is None:
        return poll
    version = pack.item_versions.get(item_id) if item_id else None
    return replace(poll, article=pack.id, item=item_id, pack_version=pack.version, item_version=version)


def _languages(pack: Pack, locale: str) -> Iterable[str]:
    """The languages that a pack's words are known in; and the place's, whatever the pack's."""
    return {*(name for name in LOCALES if name in pack.articles), locale}
