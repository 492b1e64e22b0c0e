"""Pictures of polls: for whoever may see the result now, drawn beside the loop; words where no picture comes of it."""

from __future__ import annotations

import logging
import struct
from collections.abc import Callable, Mapping

from bot.cards.polls import findings, pictures
from bot.charts import pairs, results, rounds, scores
from bot.charts.artist import Artist
from bot.charts.setting import Undrawn
from bot.charts.subject import Subject, of_poll
from bot.core import record as records
from bot.core.card import Picture, Show
from bot.core.chart import Chart
from bot.core.counting.values import Profile
from bot.core.errors import refuse
from bot.core.intents import Intent, ShowPicture, ShowResults
from bot.core.poll.counted import profile_of
from bot.core.poll.result import Outcome, may_see, withheld
from bot.core.poll.values import Poll
from bot.core.rich import unmarked
from bot.i18n import Words
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls import showing
from bot.services.polls.counting import outcome
from bot.services.polls.finding import need_shown
from bot.services.polls.showing import my_ballot
from bot.storage import boxes
from bot.storage.port import Tx

log = logging.getLogger("tertulia.charts")

LIGHT, DARK = "light", "dark"
Views = Mapping[str, Callable[[], Chart]]


async def show_picture(desk: Desk, here: Here, intent: ShowPicture) -> Show:
    """A poll's result as a picture. Refusal: hidden_until_voted, hidden_until_close, as for the result in words."""

    async def look(tx: Tx) -> tuple[Poll, Outcome, Profile | None]:
        poll = await need_shown(tx, here, intent.poll)
        mine = await my_ballot(desk, here, tx, poll)
        if not may_see(poll, voted=mine is not None):
            raise refuse(f"hidden_until_{poll.results}", poll=poll.number)
        scored = profile_of(poll, await boxes.of(poll).grouped(tx, poll.id)) if poll.kind == "score" else None
        return poll, await outcome(tx, poll), scored

    poll, found, profile = await desk.db.read(look)
    if withheld(poll, found.ballots):
        return await showing.show_results(desk, here, ShowResults(poll.id))
    ways = views(here.t, poll, found, profile)
    view = intent.view if intent.view in ways else next(iter(ways))
    chart = ways[view]()
    picture = await drawn(desk, chart, f"poll-{poll.number}-{view}.png")
    return Show(pictures.pictured(here.t, poll, chart, picture, view, tuple(ways)))


def views(t: Words, poll: Poll, found: Outcome, profile: Profile | None = None) -> Views:
    """The charts that a result has, by the name of their view; `profile` of a scored poll gives its spread."""
    subject = of_poll(t, poll, found, unmarked(findings.honest(t, poll, found)))
    ways: dict[str, Callable[[], Chart]] = {"results": lambda: results.results(subject)}
    if rounds.has_rounds(subject.count):
        ways["rounds"] = lambda: rounds.rounds(subject)
    if profile is not None and profile.groups:
        ways["scores"] = _scores(subject, profile)
    if pairs.has_pairs(subject.count):
        ways["pairs"] = lambda: pairs.pairs(subject)
    return ways


async def drawn(desk: Desk, chart: Chart, name: str) -> Picture | None:
    """The chart as a picture for light and dark; None where it can't be drawn, which the log says."""
    try:
        light, dark = [await desk.artist.draw(chart, theme) for theme in (LIGHT, DARK)]
    except Undrawn as error:
        log.warning("no picture", extra={"why": str(error)})
        return None
    return Picture(name, light, "image/png", chart.alt, dark, _size(light))


async def for_record(artist: Artist, t: Words, record: records.PollRecord) -> tuple[records.Picture, ...]:
    """Every chart of a record as SVG, for light and dark; none where nothing may be told or can be drawn."""
    if record.withheld:
        return ()
    scored = record.profile if record.poll.kind == "score" else None
    try:
        ways = views(t, record.poll, record.outcome, scored)
        return tuple([await _svg(artist, view, way()) for view, way in ways.items()])
    except Undrawn as error:
        log.warning("no pictures in a record", extra={"why": str(error)})
        return ()


async def _svg(artist: Artist, view: str, chart: Chart) -> records.Picture:
    light, dark = [(await artist.draw(chart, theme, "svg")).decode() for theme in (LIGHT, DARK)]
    return records.Picture(view, light, dark, chart.alt)


def _scores(subject: Subject, profile: Profile) -> Callable[[], Chart]:
    return lambda: scores.scores(subject, profile)


def _size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, which stand at the beginning of every PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


HANDLERS: Mapping[type[Intent], Handler] = {ShowPicture: show_picture}
