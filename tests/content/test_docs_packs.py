"""The page for authors tells the truth: its examples are sound, its limits are the limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content import limits
from bot.content.importing.said import UNSURE
from bot.content.load import load_pack
from bot.content.ready import ready_polls

PAGE = (Path(__file__).parents[2] / "docs" / "content-packs.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_pack_and_polls_are_sound(tmp_path: Path) -> None:
    """An author who copies them begins with a pack that passes."""
    folder = tmp_path / "slow-streets"
    folder.mkdir()
    (folder / "en.yaml").write_text(EXAMPLES[0], encoding="utf-8")
    (tmp_path / "polls.yaml").write_text(EXAMPLES[1], encoding="utf-8")
    loaded = load_pack(folder)
    assert loaded.problems == ()
    assert loaded.pack is not None
    assert len(ready_polls(tmp_path / "polls.yaml", {"slow-streets": loaded.pack})) == 2


@pytest.mark.parametrize(
    "row",
    [
        f"article id, section id, item id | {limits.ID} of",
        f"title · subtitle | {limits.TITLE} · {limits.SUBTITLE} characters",
        f"section title · item title | {limits.SECTION_TITLE} · {limits.ITEM_TITLE}",
        f"item text | {limits.ITEM_TEXT}",
        f"a paragraph or a bullet | {limits.PARAGRAPH:,}",
        f"note | {limits.NOTE:,}",
        f"sections · items of each kind | {limits.SECTIONS} · {limits.ITEMS}",
    ],
)
def test_the_limits_are_the_limits(row: str) -> None:
    """The table says what the checker holds packs to."""
    assert row in PAGE


def test_quoted_doubts_are_real() -> None:
    """The example of an import shows a sentence the importer says."""
    assert UNSURE["pdf"][0] in PAGE
