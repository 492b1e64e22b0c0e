"""Takes the screenshots in `docs/pictures/` again: `python -m tests.pictures`: the console and Discord as they ship.

The clock stands and the people are the planted ones, so that a picture changes only when the page does.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright, expect
from playwright.async_api import Page as Tab

from bot import app
from tests import chart_pictures, discord_pictures
from tests.platforms.web.conftest import Page, running
from tests.support import HOUR, NOON

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
NOW_MS = NOON + 7 * HOUR

Scene = Callable[[Tab], Awaitable[None]]


@dataclass(frozen=True)
class Picture:
    """One picture: whose page, on what screen, and what was done before it is taken."""

    name: str
    who: str
    scene: Scene
    screen: dict[str, Any] = field(default_factory=lambda: {"viewport": {"width": 1280, "height": 860}})


PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
DARK: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"}


async def begin(tab: Tab) -> None:
    """The channel as one finds it."""


async def say(tab: Tab, line: str) -> None:
    """Type a line and wait for its answer."""
    await tab.get_by_role("combobox").fill(line)
    await tab.keyboard.press("Enter")
    await expect(tab.locator("article.is-card.private").last).to_be_visible()


async def read(tab: Tab) -> None:
    """A section, read."""
    await say(tab, "/section 3")


async def vote(tab: Tab) -> None:
    """A vote in the open poll, and what its voter alone sees."""
    poll = tab.locator("article.is-board").nth(1)
    await poll.get_by_role("button", name="D ·").click()
    await expect(tab.locator("article.answer")).to_be_visible()
    await poll.evaluate("poll => poll.scrollIntoView({block: 'start'})")


async def stance(tab: Tab) -> None:
    """The next point to take a stance on, on a phone."""
    await tab.locator("#starters button").nth(1).click()
    await expect(tab.locator("article.is-card.private")).to_be_visible()


async def commands(tab: Tab) -> None:
    """The command line, suggesting how to go on."""
    await tab.get_by_role("combobox").press_sequentially("/poll ")
    await expect(tab.get_by_role("option").first).to_be_visible()


async def draft(tab: Tab) -> None:
    """A moderator's draft, before anyone else sees it."""
    await tab.locator("#starters button").first.click()
    dialog = tab.get_by_role("dialog")
    await dialog.locator("[name=question]").fill("Which evening should we meet on?")
    await dialog.locator("input[type=radio]").first.check()
    await dialog.locator("[name=options]").fill("Monday\nWednesday\nFriday")
    await dialog.locator("[name=closes]").fill("3 days")
    await dialog.locator(".button.main").click()
    await expect(dialog).to_have_count(0)


async def results(tab: Tab) -> None:
    """What came out of a ranking, on a phone."""
    await say(tab, "/poll results 2")


async def ranking(tab: Tab) -> None:
    """A ballot that ranks, half filled in."""
    await say(tab, "/moderate poll start kind:priority")
    await expect(tab.locator("article.is-card.private").last).to_contain_text("In which order should")
    await tab.get_by_role("button", name="Start", exact=True).last.click()
    await expect(tab.locator("article.is-board")).to_have_count(4)
    await tab.get_by_role("combobox").fill("/poll vote 3")
    await tab.keyboard.press("Enter")
    dialog = tab.get_by_role("dialog")
    await dialog.get_by_text("B ·").click()


PICTURES = (
    Picture("web-channel", "tom", begin),
    Picture("web-vote", "aiko", vote),
    Picture("web-section-dark", "aiko", read, DARK),
    Picture("web-commands", "tom", commands),
    Picture("web-stance-phone", "maria", stance, PHONE),
    Picture("web-moderator", "sam", draft),
    Picture("web-results-phone", "tom", results, PHONE),
    Picture("web-ranking", "sam", ranking),  # last: its board is there from then on
)


async def take(browser: Browser, console: Page, picture: Picture) -> None:
    """Take one picture, in a browser of its own."""
    options = {"timezone_id": "UTC", "reduced_motion": "reduce", **picture.screen}
    context = await browser.new_context(**options)
    tab = await context.new_page()
    await tab.clock.set_fixed_time(NOW_MS / 1000)
    await tab.goto(f"{console.platform.url}#{picture.who}")
    await expect(tab.locator("article.is-board")).to_have_count(3)
    await picture.scene(tab)
    await tab.wait_for_timeout(300)  # the last board may still be on its way; a picture is no test
    await tab.screenshot(path=FOLDER / f"{picture.name}.png")
    await context.close()


async def main() -> int:
    """Take every picture; 1 where there is no browser."""
    if not CHROMIUM.exists():
        print(f"No browser at {CHROMIUM}; install Debian's chromium.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    app.now_ms = count(NOW_MS).__next__  # a little later at each look, so that boards keep their order
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder)) as console, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for picture in PICTURES:
                await take(browser, console, picture)
            taken = len(PICTURES) + await discord_pictures.take(browser, FOLDER) + chart_pictures.take(FOLDER)
            await browser.close()
    print(f"{taken} pictures in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
