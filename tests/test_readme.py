"""The first page a person reads is true: its pictures and pages are there, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import _parser
from bot.core.commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = ("README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")))


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_somewhere(page: str) -> None:
    """Every picture and page that is linked within the project is there, and so is every heading."""
    text = (ROOT / page).read_text("utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        path, _, heading = link.partition("#")
        if "://" in link:
            continue
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.is_file(), link
        assert not heading or heading in _anchors(target.read_text("utf-8")), link


def _anchors(text: str) -> list[str]:
    """The headings as links name them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("said", sorted(set(re.findall(r"`/([a-z]+(?: [a-z]+)*)`", README))))
def test_every_command_of_the_readme_exists(said: str) -> None:
    """Typed as it stands there."""
    assert said in {command.path for command in COMMANDS}


@pytest.mark.parametrize("line", sorted(set(re.findall(r"(?:bin/|`)tertulia ([a-z]+)", README))))
def test_every_line_for_the_shell_exists(line: str) -> None:
    """`tertulia` knows each command that the page tells to type."""
    assert re.search(rf"^\s+{line}\s", _parser().format_help(), re.MULTILINE)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)", README))))
def test_every_make_target_exists(target: str) -> None:
    """`make` knows each target that the page tells to type."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_it_opens_with_what_it_is_a_picture_and_two_commands() -> None:
    """In this order, before the first heading below the title."""
    opening = README.partition("\n## ")[0]
    parts = ("turns an article into a discussion", "](docs/pictures/", "make run", "make test")
    places = [opening.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
