"""Somebody's text reads as typed on Discord, whatever signs it holds."""

from __future__ import annotations

import re

import pytest

from bot.core.rich import Rich, bold, moment, rich
from bot.platforms.discord.markdown import escaped, line, markdown, plain

AS_TYPED = [
    pytest.param(
        "**loud** _soft_ __under__ ~~gone~~", r"\*\*loud\*\* \_soft\_ \_\_under\_\_ \~\~gone\~\~", id="emphasis"
    ),
    pytest.param("||secret||", r"\|\|secret\|\|", id="spoiler"),
    pytest.param("`code` ```block```", r"\`code\` \`\`\`block\`\`\`", id="code"),
    pytest.param("<@123> <@&4> <#5>", r"\<@123> \<@&4> \<#5>", id="mentions"),
    pytest.param("@everyone and @here, not @home", r"\@everyone and \@here, not @home", id="everybody"),
    pytest.param(
        "<t:1:R> </poll vote:9> <id:browse> <:x:1>", r"\<t\:1:R> \</poll vote:9> \<id:browse> \<\:x:1>", id="tokens"
    ),
    pytest.param("[bank](https://evil.example)", r"\[bank\](https\://evil.example)", id="masked link"),
    pytest.param("see https://a.example/b_c", r"see https\://a.example/b\_c", id="address"),
    pytest.param(":skull: 10:30", r"\:skull: 10:30", id="emoji name"),
    pytest.param("# Big\n## Big\n-# small", "\\# Big\n\\## Big\n\\-# small", id="headings"),
    pytest.param("- a\n  * b\n+ c\n1. d\n2) e", "\\- a\n  \\* b\n\\+ c\n1\\. d\n2\\) e", id="lists"),
    pytest.param("> quote\n>>> all", "\\> quote\n\\>>> all", id="quotes"),
    pytest.param("a\\*b", r"a\\\*b", id="backslash"),
    pytest.param("3.5 % - a well-known fact (2024)", "3.5 % - a well-known fact (2024)", id="prose is left alone"),
    pytest.param("a\u202eb\u200bc\u2066d\ufeff", "abcd", id="turned and invisible"),
]


@pytest.mark.parametrize(("typed", "sent"), AS_TYPED)
def test_somebodys_text_is_escaped(typed: str, sent: str) -> None:
    """Nothing of it formats, links, mentions or hides."""
    assert escaped(typed) == sent
    assert markdown(typed) == sent


@pytest.mark.parametrize(("typed", "_sent"), AS_TYPED)
def test_somebodys_text_stays_escaped_inside_our_markup(typed: str, _sent: str) -> None:
    """The same when a locale message carries it: taking the backslashes away gives what was typed."""
    shown = markdown(Rich(f"Recorded: {rich(typed)}."))
    seen = re.sub(r"[^!-~\s]", "", typed)
    assert re.sub(r"\\([^A-Za-z0-9\s])", r"\1", shown) == f"Recorded: {seen}."


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        pytest.param(Rich("**B**, somewhat"), "**B**, somewhat", id="bold"),
        pytest.param(bold("2 * 3"), r"**2 \* 3**", id="a sign in bold"),
        pytest.param(Rich("**open until **now"), "**open until** now", id="a space at the edge of bold"),
        pytest.param(Rich(f"**closes {moment(60_000)}**"), "**closes <t:60:f>**", id="a moment in bold"),
        pytest.param(Rich("`/section 2`"), "`/section 2`", id="code"),
        pytest.param(Rich("[the source](https://a.example/x_y)"), "[the source](https://a.example/x_y)", id="our link"),
        pytest.param(moment(1_700_000_000_000, "R"), "<t:1700000000:R>", id="a moment"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_our_markup_is_drawn(text: str, sent: str) -> None:
    """Bold, code, links and moments become Discord's own."""
    assert markdown(text) == sent


def test_labels_are_bare() -> None:
    """Discord reads no Markdown in labels, so nothing is escaped or marked there."""
    assert plain(Rich(f"**{rich('2 * 3 [x]')}**\nnow")) == "2 * 3 [x] now"
    assert plain("2 * 3\u202e") == "2 * 3"


def test_one_line_is_one_line() -> None:
    """A heading can't be ended early."""
    assert line("a\n# b") == "a \\# b"
