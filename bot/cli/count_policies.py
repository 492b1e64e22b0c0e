"""The policies of a count, in words: all that can change what the ballots at hand say, the defaults too."""

from __future__ import annotations

from bot.core.counting.values import Form, Overvote, Policies, Unranked

SPEAKS_ONE_BY_ONE = ("irv", "stv", "plurality")
UNRANKED = {
    Unranked.BELOW: "below all that the ballot ranks",
    Unranked.NO_OPINION: "not compared by that ballot",
}
OVERVOTE = {Overvote.EXHAUST: "ends the ballot", Overvote.SKIP: "is passed over"}


def policies(given: Policies, method: str, form: Form) -> list[str]:
    """A line for each policy that matters to these ballots and this method."""
    lines = ["Policies"]
    if method == "motion":
        word = "at least" if given.threshold_reached else "more than"
        return [
            *lines,
            f"  threshold         {word} {given.threshold} of those for and against",
            f"  quorum            {given.quorum} ballots" if given.quorum else "  quorum            none",
        ]
    if form is not Form.MARKS:
        lines.append(f"  unranked options  {UNRANKED[given.unranked]}")
    if form is Form.RANKS and method in SPEAKS_ONE_BY_ONE:
        lines.append(f"  equal rank        {OVERVOTE[given.overvote]}")
        lines.append(f"  skipped ranks     {_skips(given.max_skips)}")
    elif form is Form.RANKS:
        lines.append("  equal rank        kept equal")
    seed = f"drawn by lot with the seed {given.seed}" if given.seed is not None else "stand; there is no seed for a lot"
    return [*lines, f"  ties              {seed}"]


def _skips(most: int | None) -> str:
    if most is None:
        return "passed over, however many"
    return f"{most} passed over, one more ends the ballot" if most else "end the ballot"
