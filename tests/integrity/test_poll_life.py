"""A poll's whole life in any order, by anybody, against a model of a few lines that can't be wrong."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.core.card import Show
from bot.core.ctx import Actor
from bot.core.intents import (
    CastBallot,
    ClosePoll,
    DraftPoll,
    EraseMyData,
    ErasePoll,
    ExtendPoll,
    Intent,
    PressOption,
    RetractBallot,
    UnmarkOption,
)
from bot.core.poll.values import State
from bot.services import closing
from tests.integrity.polls import OPTIONS, box, kept, open_poll, tally
from tests.support import HOUR, a_desk, actions, crowd, said, sam

T = TypeVar("T")
PEOPLE = crowd(4)
person = st.sampled_from(PEOPLE)
option = st.sampled_from("abcd")
MOST = 2


class PollLife(RuleBasedStateMachine):
    """Presses, ballots, retractions, deadlines, erasures; `model` is who has marked what, as a person would tell it."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._folder = tempfile.TemporaryDirectory()
        self.model: dict[str, frozenset[str]] = {}
        self.open = True
        self.gone = False

    @initialize(named=st.booleans(), most=st.sampled_from([1, MOST]))
    def begin(self, named: bool, most: int) -> None:
        """One choice or up to two, named or anonymous, for an hour."""
        self.most = most
        kind = "single" if most == 1 else "multiple"
        draft = DraftPoll(
            question="What?",
            options=OPTIONS,
            kind=kind,
            maximum=most if most > 1 else 0,
            closes="1 hour",
            ballots="named" if named else "anonymous",
        )
        self.table = self.run(self._stack.enter_async_context(a_desk(Path(self._folder.name))))
        self.poll = self.run(open_poll(self.table, draft))
        self.closes = self.table.clock.now + HOUR

    @rule(who=person, what=option)
    def press(self, who: Actor, what: str) -> None:
        """Marks; what is marked stays so."""
        before = self.model.get(who.id, frozenset())
        after = frozenset(what) if self.most == 1 else before | {what}
        self._expect(who, PressOption(self.poll.id, what), after, allowed=len(after) <= self.most)

    @rule(who=person, what=option)
    def unmark(self, who: Actor, what: str) -> None:
        """Takes one mark back, and the ballot with the last."""
        after = self.model.get(who.id, frozenset()) - {what}
        self._expect(who, UnmarkOption(self.poll.id, what), after, who.id in self.model)

    @rule(who=person, marks=st.sets(option, min_size=1))
    def cast(self, who: Actor, marks: set[str]) -> None:
        """A whole ballot at once."""
        self._expect(who, CastBallot(self.poll.id, marks=",".join(marks)), frozenset(marks), len(marks) <= self.most)

    @rule(who=person)
    def retract(self, who: Actor) -> None:
        """Takes the ballot back, if there is one."""
        self._expect(who, RetractBallot(self.poll.id), frozenset(), who.id in self.model)

    @rule(minutes=st.sampled_from([1, 20, 45]))
    def time_passes(self, minutes: int) -> None:
        """The deadline may pass; the loop may come by later."""
        self.table.clock.now += minutes * 60_000

    @rule()
    def the_loop_comes_by(self) -> None:
        """Closes what is due."""
        self.run(closing.step(self.table.desk))

    @rule()
    def extend(self) -> None:
        """Works while it is open, once the moderator has seen which moment is meant."""
        shown = self._ask(sam, ExtendPoll(self.poll.id, until="2 hours"))
        assert shown.refused != self._counts()
        if self._counts():
            sure = next(action.intent for action in actions(shown.card) if isinstance(action.intent, ExtendPoll))
            assert not self._ask(sam, sure).refused
            self.closes = self.table.clock.now + 2 * HOUR

    @rule(sure=st.booleans())
    def close(self, sure: bool) -> None:
        """Only a moderator who is sure; a deadline that has passed closed it before."""
        was_open = self._counts()
        self._ask(PEOPLE[0], ClosePoll(self.poll.id, sure=True))
        self._ask(sam, ClosePoll(self.poll.id, sure=sure))
        self.open = self.open and not (sure and was_open)

    @precondition(lambda self: self._counts())
    @rule(who=person)
    def erase_me(self, who: Actor) -> None:
        """A person's data goes, with their ballot in an open poll."""
        self._ask(who, EraseMyData(sure=True))
        self.model.pop(who.id, None)

    @precondition(lambda self: len(self.model) > 2)
    @rule()
    def erase(self) -> None:
        """The poll goes with its ballots."""
        self._ask(sam, ErasePoll(self.poll.id, sure=True))
        self.gone, self.open, self.model = True, False, {}

    @invariant()
    def what_is_kept_is_what_was_done(self) -> None:
        """One ballot a person, as the model has them; the tally says the same; nothing changes once it is closed."""
        if not hasattr(self, "poll"):
            return
        cast = self.run(box(self.table, self.poll))
        counted = self.run(tally(self.table, self.poll))
        assert sorted(sorted(ballot.marks) for ballot in cast) == sorted(sorted(marks) for marks in self.model.values())
        marked = [what for marks in self.model.values() for what in marks]
        assert counted.ballots == len(self.model)
        assert dict(counted.counts) == {name: marked.count(name) for name in "abcd"}
        state = self.run(kept(self.table, self.poll.id)).state
        assert not (state is State.OPEN and not self.open)

    def teardown(self) -> None:
        self.run(self._stack.aclose())
        self._runner.close()
        self._folder.cleanup()

    def run(self, work: Awaitable[T]) -> T:
        """Wait for it in this machine's own loop."""

        async def wait() -> T:
            return await work

        return self._runner.run(wait())

    def _ask(self, who: Actor, intent: Intent) -> Show:
        show = self.run(self.table.ask(who, intent))
        assert "Referenc" not in said(show), said(show)
        return show

    def _counts(self) -> bool:
        """Whether a ballot counts at this moment."""
        return self.open and self.table.clock.now < self.closes

    def _expect(self, who: Actor, intent: Intent, after: frozenset[str], allowed: bool) -> None:
        """Done if the poll is open and it is allowed; refused, and nothing changed, if not."""
        done = self._counts() and allowed
        show = self._ask(who, intent)
        assert show.refused != done, f"{intent}: {said(show)}"
        if done and after:
            self.model[who.id] = after
        elif done:
            self.model.pop(who.id, None)


def live(examples: int, steps: int) -> None:
    """Live so many lives of so many steps."""
    calm = hypothesis(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(PollLife, settings=calm)


def test_a_poll_lives_in_any_order() -> None:
    """A few lives, at every test."""
    live(8, 25)


@pytest.mark.fuzz
@pytest.mark.timeout(1200)
def test_a_poll_lives_many_lives() -> None:
    """Many long ones."""
    live(300, 60)
