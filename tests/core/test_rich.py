"""Our markup: what we wrote is drawn, what somebody typed is shown as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rich import Rich, Span, bold, join, moment, rich, spans, unmarked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a **b** c", (Span("a "), Span("b", bold=True), Span(" c")), id="bold"),
        pytest.param("`x*y`", (Span("x*y", code=True),), id="code keeps its signs"),
        pytest.param("[here](https://a.example/b)", (Span("here", link="https://a.example/b"),), id="link"),
        pytest.param("[x](javascript:alert)", (Span("[x](javascript:alert)"),), id="no other scheme is a link"),
        pytest.param("<t:5:R>", (Span("", moment=5, style="R"),), id="moment"),
        pytest.param("<t:-5:f>", (Span("", moment=-5, style="f"),), id="before 1970"),
        pytest.param("<t:5:x>", (Span("<t:5:x>"),), id="an unknown style is text"),
        pytest.param(r"\*\*no\*\*", (Span("**no**"),), id="escaped"),
        pytest.param("**open", (Span("open", bold=True),), id="unbalanced bold ends with the text"),
        pytest.param("**a `b` c**", (Span("a ", True), Span("b", True, True), Span(" c", True)), id="code in bold"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_our_markup_is_read(text: str, expected: tuple[Span, ...]) -> None:
    """Bold, code, links and moments; everything else is text."""
    assert spans(Rich(text)) == expected


SIGNS = st.text(st.sampled_from("ab *`[]<>()\\_~|:t5R@#\n/") | st.characters(), max_size=40)


@given(SIGNS)
def test_somebodys_text_is_one_run_as_typed(text: str) -> None:
    """Escaped and read again, and inside a sentence of ours too, in bold or not."""
    assert spans(rich(text)) == ((Span(text),) if text else ())
    assert unmarked(rich(text)) == text
    assert unmarked(Rich(f"You typed {rich(text)}.")) == f"You typed {text}."
    assert all(span.bold and not span.link for span in spans(bold(text)))
    assert unmarked(bold(text)) == text


@given(st.lists(SIGNS, max_size=4))
def test_joined_texts_stay_apart(texts: list[str]) -> None:
    """Nothing of one text reaches into the next."""
    assert unmarked(join(texts, " · ")) == " · ".join(texts)


def test_markup_is_not_escaped_twice() -> None:
    """What is ours stays ours."""
    assert rich(bold("x")) == "**x**"
    assert join([bold("a"), "*b*"]) == "**a**\n\\*b\\*"
    assert moment(1_999) == "<t:1:f>"
