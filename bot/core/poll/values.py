"""A poll and its rules, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """A poll's life: drafted for a moderator's eyes, open, closed. Erased polls leave only their number."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ERASED = "erased"


class Results(StrEnum):
    """When people may see the counts: once they voted (default), at any time, or at close."""

    VOTED = "voted"
    LIVE = "live"
    CLOSE = "close"


class Threshold(StrEnum):
    """Of those for and against, how many must be for a motion: more than half, at least two thirds, all."""

    MAJORITY = "majority"
    TWO_THIRDS = "two-thirds"
    UNANIMOUS = "unanimous"


# The kinds of ballot with the methods that may count them, the usual one first.
METHODS: Mapping[str, tuple[str, ...]] = {
    "single": ("plurality",),
    "support": ("plurality",),
    "multiple": ("approval", "equal-shares"),
    "approval": ("approval", "equal-shares"),
    "motion": ("motion",),
    "ranked": ("schulze", "irv", "ranked-pairs", "minimax", "borda", "stv"),
    "score": ("star", "score"),
}
SEVERAL_SEATS = frozenset({"stv", "equal-shares", "approval"})  # methods that can fill several seats
STRICT = frozenset({"irv", "stv"})  # methods that hear one option at a time: an equal rank is refused at the ballot
LOTS = frozenset({"irv", "stv", "star"})  # methods that go on after a tie, by lot if need be; of others a tie is a tie
BEST_SCORE = 5
LONGEST_REASON = 300  # UTF-16 units: three lines on a phone


@dataclass(frozen=True, slots=True)
class PollOption:
    """One option. Its id (a letter for free options) stays with it whatever happens to its text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What is fixed at opening. `roles` are platform ids, any of which will do; `account_days` is the least age.

    `minimum`/`maximum` bound the marks of a ballot of the kinds "multiple" and "approval". `method` "" is the kind's
    usual one. `threshold` is of a motion; `quorum` is in ballots, `quorum_percent` becomes it at opening. `weights` are
    (role, its name, weight), the highest of a voter's roles counts. `talk_minutes` pass before ballots count.
    `breakdown` is "role:ID" or "joined:MS": two parts that results may be shown by, where both are large enough.
    """

    minimum: int = 1
    maximum: int = 1
    results: Results = Results.VOTED
    reasons: bool = False
    roles: tuple[str, ...] = ()
    role_names: tuple[str, ...] = ()
    joined_before: bool = False
    account_days: int = 0
    method: str = ""
    seats: int = 1
    threshold: Threshold = Threshold.MAJORITY
    quorum: int = 0
    quorum_percent: int = 0
    weights: tuple[tuple[str, str, int], ...] = ()
    early_end: bool = False
    talk_minutes: int = 0
    additions: bool = False
    thread: bool = False
    breakdown: str = ""
    breakdown_name: str = ""

    @property
    def countable(self) -> bool:
        """Whether those who may vote are known at opening: all members, or all who are members then."""
        return not (self.roles or self.account_days)

    @property
    def restricted(self) -> bool:
        """Whether some members may not vote."""
        return bool(self.roles or self.joined_before or self.account_days)

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Rules:
        """From a JSON object of this or an older build: what it lacks has its default, what is unknown is left out."""
        known = {f.name for f in fields(cls)}
        given: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in raw.items() if n in known}
        given["results"] = Results(given.get("results", Results.VOTED))
        given["threshold"] = Threshold(given.get("threshold", Threshold.MAJORITY))
        given["weights"] = tuple((role, name, weight) for role, name, weight in given.get("weights", ()))
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Wording:
    """A poll's question and its options' texts, in the order of the options, in one language."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a poll while it ran, told on its board. `option` is its id, "" for the question.

    Without any text it tells that the poll was opened again.
    """

    at_ms: int
    option: str
    before: str
    after: str

    @property
    def reopened(self) -> bool:
        """Whether the poll was opened again, and no word changed."""
        return not (self.option or self.before or self.after)


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as it is kept. `number` is its name among people of the place; times are ms since 1970.

    `electorate` is how many people were here at opening, None where nobody can know (a role limits it, say). `salt` is
    announced at opening and, with the ballots' Merkle `root` after the close, draws lots. A draft with `starts_ms`
    opens by itself. `thread` is the platform's id of the thread to discuss the poll in. A poll belongs to its `channel`
    and is seen by who can view that, or by everybody of the place where a moderator published it to the `whole_server`.
    """

    id: str
    place: str
    question: str
    kind: str
    options: tuple[PollOption, ...]
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    named: bool = False
    state: State = State.DRAFT
    number: int | None = None
    article: str | None = None
    item: str | None = None
    pack_version: str | None = None
    item_version: str | None = None
    channel: str = ""
    electorate: int | None = None
    created_by: str = ""
    created_ms: int = 0
    opened_ms: int | None = None
    closes_ms: int | None = None
    closed_ms: int | None = None
    closed_by: str | None = None
    revision: int = 0
    salt: str = ""
    root: str | None = None
    starts_ms: int | None = None
    edits: tuple[Edit, ...] = ()
    thread: str | None = None
    whole_server: bool = False

    @property
    def secret(self) -> bool:
        """Whether nobody may learn who voted how: no name, no time, no count before the close."""
        return not self.named

    @property
    def results(self) -> Results:
        """When the counts may be seen. Of a secret poll only at close: the difference of two counts is a vote."""
        return self.rules.results if self.named else Results.CLOSE

    @property
    def method(self) -> str:
        """How the ballots are counted: a name in `core.counting`."""
        return self.rules.method or METHODS[self.kind][0]

    @property
    def draws_lots(self) -> bool:
        """Whether a lot may decide a tie within the count: then the salt is announced on the board."""
        return self.method in LOTS

    @property
    def votes_from_ms(self) -> int | None:
        """From when on ballots count: after the time to talk first, None for a draft."""
        return None if self.opened_ms is None else self.opened_ms + self.rules.talk_minutes * 60_000

    def in_language(self, locale: str) -> Poll:
        """The poll as a reader of this language sees it, where its words are known in it; as it is elsewhere."""
        wording = self.wordings.get(locale)
        if wording is None or len(wording.options) != len(self.options):
            return self
        pairs = zip(self.options, wording.options, strict=True)
        return replace(self, question=wording.question, options=tuple(PollOption(o.id, text) for o, text in pairs))

    def is_open(self, now_ms: int) -> bool:
        """Whether a ballot counts at this moment, whether or not the closing loop has come by yet."""
        return self.state is State.OPEN and (self.closes_ms is None or now_ms < self.closes_ms)

    def letter(self, option_id: str) -> str:
        """The capital letter by which people know an option: A for the first."""
        return LETTERS[[option.id for option in self.options].index(option_id)]


@dataclass(frozen=True, slots=True)
class About:
    """The item that a poll was made from, as it reads now. `edited`: it read otherwise when the poll was made."""

    text: str
    edited: bool = False


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_OPTIONS = 25


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot as it is kept. `marks` gives each marked option a number that the poll's kind understands.

    `voter` is a person's id in a named poll and a keyed id in a secret one, where `name` and `cast_ms` are None and a
    `nonce` hides the marks behind the receipt. `void` is why moderators voided it. `part` is the voter's part of the
    breakdown. `commitment` (hexadecimal) is what stood for it when its voter was erased after the close.
    """

    voter: str
    marks: dict[str, int]
    name: str | None = None
    reason: str | None = None
    cast_ms: int | None = None
    weight: int = 1
    void: str | None = None
    nonce: str = ""
    part: str | None = None
    commitment: str | None = None
