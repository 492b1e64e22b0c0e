"""Another wording for a running poll: votes follow the option, whatever happens to its text.

Options keep their places, and so their letters: a line that reads as before is that option wherever it stands in the
form; a changed line is matched to an option that is missing; a new line is a new option, after all others. No option
goes: votes for it would go too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from bot.core.errors import refuse
from bot.core.poll.drafting import check_texts, lines_of, read_question, with_options
from bot.core.poll.kinds import FIXED
from bot.core.poll.values import LETTERS, Edit, Poll, PollOption, Wording
from bot.core.text import folded, look_of

ALIKE = 0.5  # of SequenceMatcher: above it, one text is taken for the other's new wording before the order decides


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit would do. `edits` is what it will be noted as, the question's first; none: nothing would change.

    `reordered`: options were typed in another order, which stays as it is.
    """

    poll: Poll
    edits: tuple[Edit, ...]
    reordered: bool = False


def edited(poll: Poll, question: str, options: str, now_ms: int) -> Change:
    """The poll with another question and its options one a line; `options` is left alone where they are fixed.

    Known words in other languages go with what was changed, as they would say something else.
    Refusal: empty_question, long_question, few_options, many_options, long_option, same_options, options_stay,
    order_stays where another order would be all, text_of_another.
    """
    asked, lines = read_question(question), lines_of(options) if poll.kind not in FIXED else []
    texts = _matched(poll, lines) if poll.kind not in FIXED else ()
    edits = [Edit(now_ms, "", poll.question, asked)] if asked != poll.question else []
    before = {option.id: option.text for option in poll.options}
    edits += [Edit(now_ms, o.id, before.get(o.id, ""), o.text) for o in texts if before.get(o.id) != o.text]
    standing = [option.text for option in texts if option.text in lines]
    reordered = standing != [line for line in lines if line in standing]
    if not edits:
        if reordered:
            raise refuse("order_stays")
        return Change(poll, ())
    _check_no_swap(poll, edits)
    after = with_options(replace(poll, question=asked), texts or poll.options)
    return Change(_noted(replace(after, wordings=_words(poll, edits)), edits), tuple(edits), reordered)


def added(poll: Poll, text: str, now_ms: int) -> Change:
    """The poll with one option more, in the words of its proposer in every language. Refusals as for `edited`."""
    option = PollOption(_fresh_id(poll.options), text)
    check_texts([*(each.text for each in poll.options), text])
    edits = (Edit(now_ms, option.id, "", text),)
    words = {name: Wording(w.question, (*w.options, text)) for name, w in poll.wordings.items()}
    after = with_options(poll, (*poll.options, option))
    return Change(_noted(replace(after, wordings=words), edits), edits)


def like(poll: Poll, text: str) -> str | None:
    """The option that looks the same; or None."""
    return next((o.id for o in poll.options if look_of(o.text) == look_of(text)), None)


def near(poll: Poll, text: str) -> str | None:
    """The option that looks most like a text, where one does."""
    scores = [(SequenceMatcher(None, folded(o.text), folded(text)).ratio(), o.id) for o in poll.options]
    best = max(scores, default=(0.0, ""))
    return best[1] if best[0] > 0.8 else None


def _check_no_swap(poll: Poll, edits: Sequence[Edit]) -> None:
    """Refusal text_of_another where an option takes a text that another one had: votes would change their meaning."""
    had = [(e.option, look_of(e.before).casefold()) for e in (*poll.edits, *edits) if e.option and e.before]
    for edit in edits:
        if edit.option and any(
            option != edit.option and text == look_of(edit.after).casefold() for option, text in had
        ):
            raise refuse("text_of_another", text=edit.after)


def _noted(poll: Poll, edits: Sequence[Edit]) -> Poll:
    return replace(poll, edits=(*poll.edits, *edits), revision=poll.revision + 1)


def _words(poll: Poll, edits: Sequence[Edit]) -> dict[str, Wording]:
    """Options that only join keep the other languages; new words take them away."""
    if any(edit.before for edit in edits):
        return {}
    new = tuple(edit.after for edit in edits)
    return {name: Wording(w.question, (*w.options, *new)) for name, w in poll.wordings.items()}


def _matched(poll: Poll, texts: list[str]) -> tuple[PollOption, ...]:
    """The options with their new texts, new ones last. Refusal: options_stay, and of what can't be options."""
    check_texts(texts)
    left, missing = list(texts), list[str]()
    for option in poll.options:
        (left.remove if option.text in left else missing.append)(option.text)
    if len(left) < len(missing):
        raise refuse("options_stay", options=missing[: len(missing) - len(left)])
    reads = _pairs(missing, left)
    new = [text for text in left if text not in reads.values()]
    kept = [replace(option, text=reads.get(option.text, option.text)) for option in poll.options]
    for text in new:
        kept.append(PollOption(_fresh_id(kept), text))
    return tuple(kept)


def _pairs(missing: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    """Which text replaces which: those most alike first, the others in their order."""
    pairs: dict[str, str] = {}
    alike = [(SequenceMatcher(None, old, new).ratio(), old, new) for old in missing for new in texts]
    for score, old, new in sorted(alike, key=lambda found: -found[0]):
        if score > ALIKE and old not in pairs and new not in pairs.values():
            pairs[old] = new
    free = [new for new in texts if new not in pairs.values()]
    return pairs | dict(zip([old for old in missing if old not in pairs], free, strict=False))


def _fresh_id(options: Sequence[PollOption]) -> str:
    """An id that no option of the poll has."""
    taken = {option.id for option in options}
    return next(letter.lower() for letter in LETTERS if letter.lower() not in taken)
