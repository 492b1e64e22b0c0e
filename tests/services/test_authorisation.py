"""Who may do what, when: every intent × role × state of a poll, in one table. An intent without a row fails.

A row's words stand for the poll's states in the order of STATES: "." is done, anything else is the refusal.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.core import intents as i
from bot.core.codec import shapes
from bot.core.intents import Intent
from bot.core.poll.proposal import Proposal
from bot.core.poll.values import Ballot, Poll, PollOption, Rules, State
from bot.services.ids import new_id
from bot.storage import ballots, boxes, places, polls, proposals
from tests.support import DAY, NOON, SPOT, Table, a_desk, said, sam, tom

VOTERS, MODERATORS = "7", "42"  # roles
MEMBER = replace(tom, roles=frozenset({VOTERS}))
OUTSIDER = replace(tom, id="test:out", name="Out", roles=frozenset({"13"}))
PEOPLE = {
    "member": MEMBER,
    "outsider": OUTSIDER,  # a member whose roles keep them out of these polls
    "moderator": replace(tom, id="test:mod", name="Mod", roles=frozenset({VOTERS, MODERATORS})),
    "manager": replace(sam, roles=frozenset({VOTERS})),
    "moderating outsider": replace(tom, id="test:mo", name="Mo", roles=frozenset({MODERATORS})),
}
MODERATING = ("moderator", "manager", "moderating outsider")
STATES = ("draft", "open", "secret", "talking", "closed", "sealed", "erased")
ARTICLE = "us-mexico-bargain"
Made = Callable[[Poll], Intent]


@dataclass(frozen=True)
class Row:
    """What an intent asks of a poll, and what each role gets in each state. Roles not named get what `member` gets."""

    make: Made
    who: dict[str, str]


def moderators(make: Made, states: str) -> Row:
    """Moderators alone, whatever the state."""
    return Row(make, {"member": " ".join(["moderator_only"] * len(STATES)), **dict.fromkeys(MODERATING, states)})


def anybody(make: Made, member: str, outsider: str = "", moderating: str = "") -> Row:
    """Everybody; `outsider` is who may not vote here; moderators see drafts."""
    seen = moderating or member.replace("unknown_poll", "poll_draft", 1)
    out = outsider or member
    drafts = out.replace("unknown_poll", "poll_draft", 1)
    return Row(make, {"member": member, "outsider": out, "moderator": seen, "manager": seen,
                      "moderating outsider": drafts})  # fmt: skip


TABLE: dict[type[Intent], Row] = {
    i.ChangeDraft: moderators(
        lambda p: i.ChangeDraft(p.id, asked=True, question="Q2?", options="A | B"),
        ". poll_started poll_started poll_started poll_started poll_started poll_started",
    ),
    i.ChangeRules: moderators(
        lambda p: i.ChangeRules(p.id, "reasons", "no"),
        ". poll_started poll_started poll_started poll_started poll_started poll_started",
    ),
    i.StartPoll: moderators(
        lambda p: i.StartPoll(p.id, p.revision),
        ". poll_started poll_started poll_started poll_started poll_started poll_started",
    ),
    i.DiscardDraft: moderators(
        lambda p: i.DiscardDraft(p.id),
        ". poll_started poll_started poll_started poll_started poll_started poll_started",
    ),
    i.SchedulePoll: moderators(
        lambda p: i.SchedulePoll(p.id, p.revision, starts_ms=NOON + DAY),
        ". poll_started poll_started poll_started poll_started poll_started poll_started",
    ),
    i.UnschedulePoll: moderators(
        lambda p: i.UnschedulePoll(p.id),
        ". poll_started poll_started poll_started poll_started poll_started poll_started",
    ),
    i.ClosePoll: moderators(
        lambda p: i.ClosePoll(p.id, sure=True), "poll_draft . . . already_closed already_closed erased_poll"
    ),
    i.ExtendPoll: moderators(
        lambda p: i.ExtendPoll(p.id, until_ms=NOON + 2 * DAY),
        "poll_draft . . . already_closed already_closed erased_poll",
    ),
    i.EditPoll: moderators(
        lambda p: i.EditPoll(p.id, question="What next?"), "poll_draft . . . already_closed already_closed erased_poll"
    ),
    i.ReopenPoll: moderators(
        lambda p: i.ReopenPoll(p.id, sure=True), "poll_draft poll_open poll_open poll_open . reopen_secret erased_poll"
    ),
    i.VoidBallot: moderators(
        lambda p: i.VoidBallot(p.id, voter="test.tom", asked=True, reason="A reason"),
        "poll_draft . void_secret . void_closed void_secret erased_poll",
    ),
    i.CountAgain: moderators(
        lambda p: i.CountAgain(p.id, "test.voided"), "poll_draft . void_secret . void_closed void_secret erased_poll"
    ),
    i.ShowProposals: moderators(lambda p: i.ShowProposals(p.id), "poll_draft . . . . . erased_poll"),
    i.SettleProposal: moderators(
        lambda p: i.SettleProposal(p.id, "w" + p.id[1:], "refuse", asked=True, reason="A reason"),
        "poll_draft . . . already_closed already_closed erased_poll",
    ),
    i.RepostBoard: moderators(lambda p: i.RepostBoard(p.id), "poll_draft . . . . . erased_poll"),
    i.PublishPoll: moderators(lambda p: i.PublishPoll(p.id, sure=True), "poll_draft . . . . . erased_poll"),
    i.ErasePoll: moderators(lambda p: i.ErasePoll(p.id, sure=True), "poll_draft . . . . . erased_poll"),
    i.ExportRecord: moderators(
        lambda p: i.ExportRecord(p.id, "csv"),
        "poll_draft poll_not_closed poll_not_closed poll_not_closed . . erased_poll",
    ),
    i.ShowPanel: moderators(lambda p: i.ShowPanel(p.id), ". . . . . . erased_poll"),
    i.CopyPoll: moderators(lambda p: i.CopyPoll(p.id), ". . . . . . erased_poll"),
    i.SaveTemplate: moderators(lambda p: i.SaveTemplate(p.id, name="Mine"), ". . . . . . erased_poll"),
    i.RepeatPoll: moderators(
        lambda p: i.RepeatPoll(p.id, rhythm="every week", first="tomorrow 18:00"), ". . . . . . erased_poll"
    ),
    i.ShowPoll: anybody(lambda p: i.ShowPoll(p.id), "unknown_poll . . . . . erased_poll"),
    i.ShowResults: anybody(lambda p: i.ShowResults(p.id), "unknown_poll . hidden_until_close . . . erased_poll"),
    i.ShowDetails: anybody(lambda p: i.ShowDetails(p.id), "unknown_poll . hidden_until_close . . . erased_poll"),
    i.ShowPicture: anybody(lambda p: i.ShowPicture(p.id), "unknown_poll . hidden_until_close . . . erased_poll"),
    i.OpenBallot: anybody(
        lambda p: i.OpenBallot(p.id),
        "unknown_poll . . talk_first poll_closed poll_closed erased_poll",
        "unknown_poll not_eligible_role not_eligible_role talk_first poll_closed poll_closed erased_poll",
    ),
    i.PressOption: anybody(
        lambda p: i.PressOption(p.id, "b"),
        "unknown_poll . . talk_first poll_closed poll_closed erased_poll",
        "unknown_poll not_eligible_role not_eligible_role talk_first poll_closed poll_closed erased_poll",
    ),
    i.CastBallot: anybody(
        lambda p: i.CastBallot(p.id, marks="b"),
        "unknown_poll . . kept kept kept erased_poll",
        "unknown_poll not_eligible_role not_eligible_role kept kept kept erased_poll",
    ),
    i.FillBallot: anybody(
        lambda p: i.FillBallot(p.id),
        "unknown_poll . . talk_first poll_closed poll_closed erased_poll",
        "unknown_poll not_eligible_role not_eligible_role talk_first poll_closed poll_closed erased_poll",
    ),
    i.GiveReason: anybody(
        lambda p: i.GiveReason(p.id, asked=True, reason="A reason"),
        "unknown_poll . . talk_first poll_closed poll_closed erased_poll",
        "unknown_poll not_eligible_role not_eligible_role talk_first poll_closed poll_closed erased_poll",
    ),
    i.RetractBallot: anybody(
        lambda p: i.RetractBallot(p.id),
        "unknown_poll . . talk_first poll_closed poll_closed erased_poll",
        "unknown_poll not_eligible_role not_eligible_role talk_first poll_closed poll_closed erased_poll",
    ),
    i.UnmarkOption: anybody(
        lambda p: i.UnmarkOption(p.id, "a"),
        "unknown_poll . . talk_first poll_closed poll_closed erased_poll",
        "unknown_poll not_eligible_role not_eligible_role talk_first poll_closed poll_closed erased_poll",
    ),
    i.VerifyReceipt: anybody(lambda p: i.VerifyReceipt(p.id), "unknown_poll . . . . . erased_poll"),
    i.ProposeOption: anybody(
        lambda p: i.ProposeOption(p.id, text="Bread"),
        "unknown_poll . . . poll_closed poll_closed erased_poll",
        "unknown_poll not_eligible_role not_eligible_role not_eligible_role poll_closed poll_closed erased_poll",
    ),
}

# Intents about no poll: what anybody gets, and what moderators get instead of "moderator_only".
ELSEWHERE: dict[type[Intent], tuple[Intent, str]] = {
    i.AnswerItems: (i.AnswerItems(), "."),
    i.ChangeSetting: (i.ChangeSetting(), "."),
    i.DraftPoll: (i.DraftPoll(), "."),
    i.DraftPollSet: (i.DraftPollSet(), "."),
    i.DropImport: (i.DropImport(), "."),
    i.DropTemplate: (i.DropTemplate(), "unknown_template"),
    i.EraseMyData: (i.EraseMyData(), "."),
    i.ExportMyData: (i.ExportMyData(), "."),
    i.FinishStances: (i.FinishStances(), "."),
    i.ImportArticle: (i.ImportArticle(), "."),
    i.ListPolls: (i.ListPolls(), "."),
    i.OpenArticle: (i.OpenArticle(), "."),
    i.PublishImport: (i.PublishImport(), "import_stale"),
    i.ReadSection: (i.ReadSection(), "."),
    i.RemoveArticle: (i.RemoveArticle(), "article_built_in"),
    i.ReportItem: (i.ReportItem(), "unknown_item"),
    i.ReportMessage: (i.ReportMessage(), "."),
    i.SearchArticle: (i.SearchArticle(), "empty_search"),
    i.SetLanguage: (i.SetLanguage(), "."),
    i.SetReminders: (i.SetReminders(), "."),
    i.SettleReport: (i.SettleReport(), "."),
    i.ShowActions: (i.ShowActions(), "."),
    i.ShowHelp: (i.ShowHelp(), "."),
    i.ShowLog: (i.ShowLog(), "."),
    i.ShowMyBallots: (i.ShowMyBallots(), "."),
    i.ShowPlanned: (i.ShowPlanned(), "."),
    i.ShowPrivacy: (i.ShowPrivacy(), "."),
    i.ShowProsCons: (i.ShowProsCons(), "."),
    i.ShowTakeaways: (i.ShowTakeaways(), "."),
    i.ShowTally: (i.ShowTally(), "."),
    i.StopRepeating: (i.StopRepeating(), "."),
    i.TakeStance: (i.TakeStance(), "unknown_item"),
    i.UseArticle: (i.UseArticle(), "."),
    i.UseTemplate: (i.UseTemplate(), "."),
}


async def make(table: Table, state: str) -> Poll:
    """A poll in this state, straight into the storage: for the role 7, with options from voters and reasons."""
    secret = state in ("secret", "sealed")
    kept = State.CLOSED if state == "sealed" else State.OPEN if state in ("secret", "talking") else State(state)
    opened = None if kept is State.DRAFT else NOON - DAY
    poll = Poll(
        id=new_id(),
        place=SPOT.place,
        question="What first?",
        kind="single",
        options=(PollOption("a", "Parks"), PollOption("b", "Buses")),
        rules=Rules(
            roles=(VOTERS,), role_names=("Voters",), additions=True, reasons=True,
            talk_minutes=2 * 1440 if state == "talking" else 0,
        ),
        named=not secret,
        state=kept,
        channel=SPOT.channel,
        created_by="test:mod",
        created_ms=NOON - DAY,
        opened_ms=opened,
        closes_ms=None if kept is State.DRAFT else NOON + DAY,
        closed_ms=NOON - 1000 if kept is State.CLOSED else None,
        salt="" if kept is State.DRAFT else "salt",
        root="00" * 32 if kept is State.CLOSED else None,
    )  # fmt: skip
    if state == "secret":
        table.desk.keys.create(poll.id)
    return await table.desk.db.write(lambda tx: _keep(tx, table, poll))


async def _keep(tx: Any, table: Table, poll: Poll) -> Poll:
    """The poll with a number, a ballot of each of PEOPLE and a voided one, and a wish that waits."""
    if poll.state is not State.DRAFT:
        poll = replace(poll, number=await places.next_number(tx, poll.place))
    await polls.add(tx, poll)
    if poll.state in (State.DRAFT, State.ERASED):
        return poll
    await proposals.add(tx, Proposal("w" + poll.id[1:], poll.id, "Trams"), "test:aiko", NOON)
    for person in PEOPLE.values():
        mine = person.id if poll.named else table.desk.keys.ballot_id(poll.id, person.id)
        if mine:
            await boxes.of(poll).put(tx, poll.id, Ballot(mine, {"a": 1}, nonce="0" * 32))
    if poll.named:
        await ballots.put(tx, poll.id, Ballot("test:voided", {"b": 1}, "Void"))
        await ballots.set_void(tx, poll.id, "test:voided", "A reason")
    return poll


@pytest.fixture(scope="module")
def seen() -> Iterator[list[str]]:
    """The refusals that the desk gave, by their keys."""
    found: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.msg in ("refused", "broken"):
                found.append(getattr(record, "why", record.msg))

    ear, log = Ear(), logging.getLogger("tertulia.desk")
    before = log.level
    log.addHandler(ear)
    log.setLevel(logging.INFO)
    yield found
    log.removeHandler(ear)
    log.setLevel(before)


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A place with an article on, whose role 42 moderates."""
    async with a_desk(tmp_path) as made:
        await made.card(sam, i.UseArticle(ARTICLE))
        await made.desk.db.write(lambda tx: places.change_settings(tx, SPOT.place, moderators=(MODERATORS,)))
        yield made


async def got(table: Table, seen: list[str], who: str, intent: Intent) -> str:
    """What a person gets: "." or the key of the refusal; "kept" where a ballot that came too late is handed back."""
    seen.clear()
    show = await table.ask(PEOPLE[who], intent)
    assert show.refused or not seen, intent
    return seen[0] if seen else "kept" if show.refused else "."


def test_every_intent_has_a_row() -> None:
    """Whoever adds one says here who may do it, and when."""
    kinds = {shape.kind for shape in shapes().values()}
    assert set(TABLE) | set(ELSEWHERE) == kinds
    assert not set(TABLE) & set(ELSEWHERE)


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
async def test_who_may_do_what_when(table: Table, seen: list[str], kind: type[Intent]) -> None:
    """Each role in each state, on a poll of its own."""
    row = TABLE[kind]
    for who in PEOPLE:
        expected = row.who.get(who, row.who["member"]).split()
        found = [await got(table, seen, who, row.make(await make(table, state))) for state in STATES]
        assert dict(zip(STATES, found, strict=True)) == dict(zip(STATES, expected, strict=True)), who


@pytest.mark.parametrize("kind", ELSEWHERE, ids=lambda kind: kind.__name__)
async def test_who_may_do_what_beside_polls(table: Table, seen: list[str], kind: type[Intent]) -> None:
    """Moderators' acts are moderators'; the rest is anybody's."""
    intent, expected = ELSEWHERE[kind]
    for who in PEOPLE:
        closed = kind.MODERATORS and who not in MODERATING
        assert await got(table, seen, who, intent) == ("moderator_only" if closed else expected), who


async def test_another_place_is_none_of_theirs(table: Table, seen: list[str]) -> None:
    """A moderator of one server has no right to a poll of another, whatever its id."""
    poll = await make(table, "open")
    there = replace(SPOT, place="test:elsewhere")
    for kind, row in TABLE.items():
        seen.clear()
        show = await table.ask(PEOPLE["manager"], row.make(poll), there)
        assert show.refused and seen[0] in ("unknown_poll", "poll_discarded"), kind


async def test_a_refused_act_is_in_the_log(table: Table) -> None:
    """Who asked for what, without a word that was typed; once for each person, act and ten minutes."""

    async def log() -> str:
        return said(await table.card(sam, i.ShowLog()))

    poll = await make(table, "open")
    for _ in range(3):
        await table.ask(MEMBER, i.ClosePoll(poll.id, sure=True))
        await table.ask(MEMBER, i.DraftPoll(question="Insult"))
    told = await log()
    assert told.count("Tom · asked for /moderate poll close") == 1 == told.count("Tom · asked for /moderate poll start")
    assert "Insult" not in told
    await table.ask(OUTSIDER, i.ClosePoll(poll.id, sure=True))
    assert "Out · asked for /moderate poll close" in await log()
    table.clock.now += 600_000
    await table.ask(MEMBER, i.ClosePoll(poll.id, sure=True))
    assert (await log()).count("Tom · asked for /moderate poll close") == 2


async def test_a_flood_of_refused_acts_writes_once(table: Table) -> None:
    """Hundreds of presses cost reads, and the log grows by a line."""
    rows = "SELECT COUNT(*) FROM mod_log"
    before = (await table.desk.db.read(lambda tx: tx.all(rows)))[0][0]
    for n in range(200):
        assert (await table.ask(MEMBER, i.ErasePoll(f"p{n}", sure=True))).refused
    assert (await table.desk.db.read(lambda tx: tx.all(rows)))[0][0] == before + 1
