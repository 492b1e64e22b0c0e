"""Counts to draw: every method on the same few ballots, with options that are hard to set."""

from __future__ import annotations

import random

from bot.charts.subject import Subject
from bot.core.counting.methods import METHODS, count
from bot.core.counting.values import Count, Form, Policies, Profile
from bot.core.text import cut
from bot.i18n import words

HARD = (
    "Monday",
    "Build the border water treaty again, with both sides at one table and a timetable for all",
    "星期三 にほんご 한국어",
    "يوم الأربعاء مساءً (الساعة ٨)",
    "🗳️ Friday 👩‍👩‍👧 🇲🇽",
    "https://example.org/" + "very" * 18,
    "#panic() *bold* $x^2$ \\ <b> @x",
)
FOOTER = "41 of 312 members voted. It describes these voters only."
METHOD_NAMES = tuple(METHODS)


def profile(form: Form, options: int = len(HARD), ballots: int = 41) -> Profile:
    """Ballots of a form, by chance that is always the same."""
    chance = random.Random(4)
    everybody = range(options)
    made = {
        Form.MARKS: lambda: (chance.choice(everybody),),
        Form.RANKS: lambda: tuple((n,) for n in chance.sample(everybody, chance.randint(1, options))),
        Form.SCORES: lambda: tuple(chance.choice((None, 0, 1, 2, 3, 4, 5)) for _ in everybody),
    }[form]
    return Profile(tuple(map(str, everybody)), form, tuple((made(), 1) for _ in range(ballots)))


def counted(method: str, options: int = len(HARD), ballots: int = 41) -> Count:
    """What a method says of them, of a form that it takes."""
    form = next(form for form in (Form.RANKS, Form.SCORES, Form.MARKS) if form in METHODS[method].forms)
    seats = 2 if METHODS[method].many_seats else 1
    return count(profile(form, options, ballots), method, Policies(seed="lots"), seats)


def subject(found: Count, locale: str = "en", **more: object) -> Subject:
    """A question about the hard options; further ones repeat them."""
    letters = tuple(chr(ord("A") + n) for n in range(len(found.options)))
    labels = tuple(cut(f"{HARD[n % len(HARD)]}", 95) for n in range(len(found.options)))
    return Subject(words(locale), "Which evening?", letters, labels, found, footer=FOOTER, **more)  # type: ignore[arg-type]
