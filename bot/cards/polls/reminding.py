"""A reminder, which only says what its reader could see anyway; and the choice to get them."""

from __future__ import annotations

from bot.cards.polls.wording import heading
from bot.core.card import Action, Card, Link, Small, Style, Text
from bot.core.intents import SetReminders, ShowPoll
from bot.core.poll.values import Poll
from bot.core.rich import bold, moment
from bot.core.text import cut
from bot.i18n import Words

ON, OFF = CHOICES = ("on", "off")
LONGEST_NAME = 100  # units of a place's name


def reminder(t: Words, poll: Poll, place: str, address: str) -> Card:
    """One poll, until when, where to vote, and how to get no more of these. `address` is the board's on the web."""
    closes = poll.closes_ms or 0
    said = t("remind.text", poll=bold(heading(t, poll)), when=moment(closes, "f"), left=moment(closes, "R"))
    why = t("remind.why", place=cut(place, LONGEST_NAME) or t.plain("remind.here"))
    label = t.plain("poll.action.vote")
    way = Link(t.plain("remind.board"), address) if address else Action(label, ShowPoll(poll.id), Style.MAIN)
    return Card(blocks=(Text(said), Small(why)), actions=((way,),), locale=t.locale)


def ask(t: Words, *, on: bool) -> Card:
    """How it stands, and the other way."""
    now = t("remind.is_on" if on else "remind.is_off")
    other = Action(t.plain("remind.turn_off" if on else "remind.turn_on"), SetReminders(OFF if on else ON))
    return Card(t.plain("remind.title"), (Text(now), Small(t("remind.what"))), ((other,),), locale=t.locale)


def done(t: Words, *, on: bool) -> Card:
    """It is set; the way back."""
    said = t("remind.set_on" if on else "remind.set_off")
    back = Action(t.plain("remind.turn_off" if on else "remind.turn_on"), SetReminders(OFF if on else ON))
    hint = (Small(t("remind.what")),) if on else ()
    return Card("", (Text(said), *hint), ((back,),), locale=t.locale)
