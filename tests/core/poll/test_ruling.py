"""Each rule of a draft takes what it may be, and what would break a promise is refused before anybody votes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.errors import Refusal
from bot.core.poll.drafting import fixed_options, read_options
from bot.core.poll.ruling import CHOICES, RULES, read_role, with_rule, written
from bot.core.poll.values import Poll, Results, Rules, Threshold

NOON = 1_793_534_400_000
ABCD = read_options("A1 | B1 | C1 | D1")
ELDERS = ("42", "Elders")


def draft(kind: str = "multiple", *, named: bool = True, **rules: object) -> Poll:
    """A draft with four options, or the fixed ones of its kind."""
    given = Rules(minimum=1, maximum=4)
    options = fixed_options(kind) or ABCD
    return Poll(
        "p", "place", "Q?", kind, options, rules=replace(given, **rules), named=named, created_ms=NOON  # type: ignore[arg-type]
    )  # fmt: skip


def after(poll: Poll, rule: str, value: str, role: tuple[str, str] = ("", "")) -> Poll | str:
    """The draft with the rule, or the key of the refusal."""
    try:
        return with_rule(poll, rule, value, role)
    except Refusal as refusal:
        return refusal.key


Look = Callable[[Poll], object]

TAKEN = [
    pytest.param(draft(named=False), "ballots", "named", lambda p: p.named, True, id="named"),
    pytest.param(draft(), "ballots", "anonymous", lambda p: p.named, False, id="anonymous"),
    pytest.param(draft(), "results", "close", lambda p: p.rules.results, Results.CLOSE, id="results at close"),
    pytest.param(draft(), "reasons", "yes", lambda p: p.rules.reasons, True, id="reasons"),
    pytest.param(draft(), "reasons", "Sí", lambda p: p.rules.reasons, True, id="yes in Spanish"),
    pytest.param(draft(), "kind", "single", lambda p: (p.kind, p.rules.maximum), ("single", 1), id="one choice"),
    pytest.param(draft(), "kind", "motion", lambda p: len(p.options), 3, id="a motion has its own options"),
    pytest.param(draft("ranked"), "method", "irv", lambda p: p.method, "irv", id="a method"),
    pytest.param(draft("ranked", method="stv", seats=2), "method", "irv", lambda p: p.rules.seats, 1, id="one seat"),
    pytest.param(draft("ranked", method="stv", seats=2), "kind", "score", lambda p: p.method, "star", id="its method"),
    pytest.param(draft("ranked", method="stv"), "seats", "3", lambda p: p.rules.seats, 3, id="seats"),
    pytest.param(draft("motion"), "threshold", "two-thirds", lambda p: p.rules.threshold, Threshold.TWO_THIRDS, id="⅔"),
    pytest.param(
        draft("motion", threshold=Threshold.UNANIMOUS),
        "kind",
        "support",
        lambda p: p.rules.threshold,
        Threshold.MAJORITY,
        id="a threshold goes with the motion",
    ),
    pytest.param(draft(), "limits", "2-3", lambda p: (p.rules.minimum, p.rules.maximum), (2, 3), id="limits"),
    pytest.param(draft(), "limits", "2", lambda p: (p.rules.minimum, p.rules.maximum), (1, 2), id="the most"),
    pytest.param(draft(), "quorum", "20", lambda p: (p.rules.quorum, p.rules.quorum_percent), (20, 0), id="ballots"),
    pytest.param(draft(quorum=9), "quorum", "10%", lambda p: (p.rules.quorum, p.rules.quorum_percent), (0, 10), id="%"),
    pytest.param(draft(quorum=9), "quorum", "0", lambda p: p.rules.quorum, 0, id="no quorum"),
    pytest.param(draft(), "talk", "10", lambda p: p.rules.talk_minutes, 10, id="minutes to talk"),
    pytest.param(draft(), "talk", "2 días", lambda p: p.rules.talk_minutes, 2880, id="days to talk"),
    pytest.param(draft(), "talk", "1h", lambda p: p.rules.talk_minutes, 60, id="an hour to talk"),
    pytest.param(draft(), "early_end", "yes", lambda p: p.rules.early_end, True, id="early end"),
    pytest.param(draft(), "additions", "yes", lambda p: p.rules.additions, True, id="additions"),
    pytest.param(draft(additions=True), "kind", "support", lambda p: p.rules.additions, False, id="a scale takes none"),
    pytest.param(draft(), "thread", "yes", lambda p: p.rules.thread, True, id="a thread"),
    pytest.param(draft(), "breakdown", "30", lambda p: p.rules.breakdown, f"joined:{NOON - 30 * 86_400_000}", id="30"),
    pytest.param(draft(breakdown="role:1"), "breakdown", "none", lambda p: p.rules.breakdown, "", id="no breakdown"),
    pytest.param(draft(breakdown="role:1"), "kind", "score", lambda p: p.rules.breakdown, "", id="none of scores"),
    pytest.param(
        draft(weights=(("1", "A", 2),)), "ballots", "anonymous", lambda p: p.rules.weights, (), id="weights go too"
    ),
]


@pytest.mark.parametrize(("poll", "rule", "value", "look", "expected"), TAKEN)
def test_a_rule_is_changed(poll: Poll, rule: str, value: str, look: Look, expected: object) -> None:
    """Each rule takes each of its values, as a card or a person gives it."""
    changed = after(poll, rule, value)
    assert isinstance(changed, Poll), changed
    assert look(changed) == expected


REFUSED = [
    pytest.param(draft(), "colour", "red", "unknown_setting", id="no such rule"),
    pytest.param(draft(), "ballots", "secret", "wrong_value", id="no such value"),
    pytest.param(draft(), "kind", "guess", "unknown_kind", id="no such kind"),
    pytest.param(draft("motion"), "kind", "single", "few_options", id="a kind that needs options"),
    pytest.param(draft("ranked"), "method", "star", "wrong_method", id="a method of other ballots"),
    pytest.param(draft("ranked"), "seats", "2", "bad_seats", id="seats where one wins"),
    pytest.param(draft("ranked", method="stv"), "seats", "4", "bad_seats", id="as many seats as options"),
    pytest.param(draft("ranked", method="stv"), "seats", "0", "ok", id="no seats: as they are"),
    pytest.param(draft("ranked", method="stv"), "seats", "two", "not_a_number", id="no number"),
    pytest.param(draft(), "threshold", "unanimous", "no_threshold", id="a threshold of no motion"),
    pytest.param(draft("ranked"), "limits", "1-2", "bad_limits", id="limits of a ranking"),
    pytest.param(draft(), "limits", "some", "wrong_value", id="no limits"),
    pytest.param(draft(), "limits", "3-2", "bad_limits", id="crossed limits"),
    pytest.param(draft(), "quorum", "101%", "bad_quorum", id="over all"),
    pytest.param(draft(), "quorum", "half", "bad_quorum", id="a quorum in words"),
    pytest.param(draft(), "quorum", "-5", "bad_quorum", id="below nothing"),
    pytest.param(draft(), "talk", "soon", "bad_talk", id="no time"),
    pytest.param(draft(), "talk", "31 days", "bad_talk", id="too long to talk"),
    pytest.param(draft(account_days=9), "early_end", "yes", "early_end_unknown", id="nobody knows how many may vote"),
    pytest.param(draft("motion"), "additions", "yes", "options_fixed", id="a motion takes no options"),
    pytest.param(draft(named=False), "weights", "3", "weights_named", id="a weight in a secret poll"),
    pytest.param(draft(), "breakdown", "soon", "not_a_number", id="no days"),
]


@pytest.mark.parametrize(("poll", "rule", "value", "why"), REFUSED)
def test_what_cannot_be_is_refused(poll: Poll, rule: str, value: str, why: str) -> None:
    """With the reason; the draft stays as it is."""
    role = ELDERS if rule == "weights" else ("", "")
    found = after(poll, rule, value, role)
    assert (found if isinstance(found, str) else "ok") == why


def test_weights_of_roles() -> None:
    """One for each role, changed by naming it again, taken away by 1 or all at once; only in named polls."""
    poll = draft()
    for value, role in (("3", ELDERS), ("2", ("7", "Guests")), ("5", ELDERS)):
        poll = with_rule(poll, "weights", value, role)
    assert set(poll.rules.weights) == {("42", "Elders", 5), ("7", "Guests", 2)}
    assert with_rule(poll, "weights", "1", ELDERS).rules.weights == (("7", "Guests", 2),)
    assert with_rule(poll, "weights", "none").rules.weights == ()
    assert after(poll, "weights", "3") == "no_role"
    assert after(poll, "weights", "101", ELDERS) == "bad_weight"
    full = replace(poll, rules=replace(poll.rules, weights=tuple((str(n), "R", 2) for n in range(10))))
    assert after(full, "weights", "2", ("99", "R")) == "bad_weight"


def test_a_breakdown_by_role() -> None:
    """Its id and its name are kept; scores have none."""
    rules = with_rule(draft(), "breakdown", "", ELDERS).rules
    assert (rules.breakdown, rules.breakdown_name) == ("role:42", "Elders")
    assert after(draft("score"), "breakdown", "", ELDERS) == "no_breakdown"
    assert after(draft("score"), "breakdown", "30") == "no_breakdown"


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        pytest.param("42|Elders", ("42", "Elders"), id="from a command"),
        pytest.param("<@&42>", ("42", ""), id="a mention"),
        pytest.param("42", ("42", ""), id="an id"),
        pytest.param("", ("", ""), id="none"),
        pytest.param("42|\u202eElders\n", ("42", "Elders"), id="a name without tricks"),
    ],
)
def test_a_role(typed: str, role: tuple[str, str]) -> None:
    """As a command, a mention or a person gives it."""
    assert read_role(typed) == role


@pytest.mark.parametrize(
    ("poll", "rule"),
    [
        pytest.param(draft(minimum=2, maximum=3), "limits", id="limits"),
        pytest.param(draft("ranked", method="stv", seats=2), "seats", id="seats"),
        pytest.param(draft(quorum=20), "quorum", id="ballots"),
        pytest.param(draft(quorum_percent=10), "quorum", id="percent"),
    ],
)
def test_a_form_sent_as_it_stands_changes_nothing(poll: Poll, rule: str) -> None:
    """What it holds is what it reads."""
    assert with_rule(poll, rule, written(poll, rule)) == poll


def test_every_rule_has_a_way() -> None:
    """Each is known by its name, with any of its choices or none."""
    for rule in RULES:
        assert after(draft("multiple"), rule, "\u2060") != "unknown_setting"
        for value in CHOICES.get(rule, ()):
            assert after(draft("multiple"), rule, value) not in ("unknown_setting", "wrong_value")
