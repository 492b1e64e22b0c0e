"""What came out, in one line above a chart and in a word beside an option."""

from __future__ import annotations

from bot.charts.subject import Subject

MOST = {"plurality", "approval"}  # what has the most votes needn't have won anything


def verdict(subject: Subject) -> str:
    """The line: who won or is ahead, that it is a tie, or why nobody won."""
    t, count = subject.t, subject.count
    if not count.ballots:
        return t.plain("chart.verdict.nothing")
    if decision := count.facts.get("decision"):
        return t.plain(f"chart.verdict.{decision}") if subject.final else t.plain("chart.verdict.open_motion")
    parts = [_leading(subject)] if count.winners else []
    parts += [t.plain("chart.verdict.tie", who=subject.named(tie)) for tie in count.tied]
    return " ".join(parts)


def note(subject: Subject, option: int) -> str:
    """The word beside an option that won, is ahead or is tied; empty for the others."""
    count = subject.count
    if option in count.winners:
        return subject.t.plain(f"chart.note.{_honour(subject)}") if count.ballots else ""
    return subject.t.plain("chart.note.tied") if any(option in tie for tie in count.tied) else ""


def _leading(subject: Subject) -> str:
    who = subject.named(subject.count.winners)
    if not subject.final:
        return subject.t.plain("chart.verdict.ahead", who=who)
    most = subject.count.method in MOST and subject.count.seats == 1
    return subject.t.plain("chart.verdict.most" if most else "chart.verdict.won", who=who)


def _honour(subject: Subject) -> str:
    count = subject.count
    if not subject.final:
        return "ahead"
    if "decision" in count.facts:
        return "prevails"
    if count.seats > 1:
        return "elected"
    return "most" if count.method in MOST else "won"
