"""The page in a real browser: what a person sees, presses and types, with eyes, with a keyboard, and on a phone."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, async_playwright, expect
from playwright.async_api import Page as Tab

from bot.platforms.web.server import WebPlatform
from bot.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
]
expect.set_options(timeout=15_000)  # generous: a busy machine is no failure
WIDE = {"width": 1280, "height": 860}
NARROW = {"width": 360, "height": 740}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's own browser; nothing is downloaded."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def a_tab(browser: Browser, console, who: str = "tom", **options: object) -> AsyncIterator[Tab]:
    """The page as this person opens it. Anything that the browser complains about fails the test."""
    context = await browser.new_context(**{"viewport": WIDE, "timezone_id": "UTC", **options})
    tab = await context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    await tab.goto(f"{console.platform.url}#{who}")
    await expect(tab.locator("article.is-board")).to_have_count(3)
    tab.set_default_timeout(10_000)
    yield tab
    await context.close()
    assert complaints == []


async def say(tab: Tab, line: str) -> None:
    await tab.get_by_role("combobox").fill(line)
    await tab.keyboard.press("Enter")


def newest(tab: Tab) -> Locator:
    return tab.locator("article.is-card.private").last


def board(tab: Tab, title: str) -> Locator:
    return tab.locator("article.is-board", has=tab.get_by_role("heading", name=title))


# What the page is looked through for: elements that stand out of the window, that a finger can't hit, that move, or
# that a screen reader couldn't name.
TOO_WIDE = """
() => [...document.querySelectorAll('#log *')]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML)
"""
TOO_SMALL = """
() => [...document.querySelectorAll('button, summary')]
  .filter((e) => e.offsetParent && e.offsetHeight < 32)
  .map((e) => e.outerHTML)
"""
MOVING = """
() => [...document.querySelectorAll('*')]
  .filter((e) => {
    const style = getComputedStyle(e);
    return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
  })
  .map((e) => e.outerHTML)
"""
NAMELESS = """
() => [...document.querySelectorAll('button, a[href], input, textarea, summary, nav, fieldset, article, dialog')]
  .filter((e) => e.offsetParent || e.tagName === 'DIALOG')
  .filter((e) => {
    const text = (id) => document.getElementById(id)?.textContent ?? '';
    const by = (e.getAttribute('aria-labelledby') ?? '').split(' ').map(text).join('');
    const label = e.labels ? [...e.labels].map((l) => l.textContent).join('') : '';
    const legend = e.querySelector(':scope > legend')?.textContent ?? '';
    const own = ['BUTTON', 'A', 'SUMMARY'].includes(e.tagName) ? e.textContent : '';
    return !(by + label + legend + own + (e.getAttribute('aria-label') ?? '')).trim();
  })
  .map((e) => e.outerHTML.slice(0, 200))
"""


async def test_a_section_is_read_from_the_board(browser, console):
    """The button one needs is the first; the next page stands where the last one stood, the focus inside."""
    async with a_tab(browser, console) as tab:
        article = tab.locator("article.is-board").first
        await article.get_by_role("button").first.click()
        answer = tab.locator("article.answer")
        await expect(answer).to_have_count(1)
        await expect(answer).to_contain_text("Only you can see this")
        await expect(answer).to_be_in_viewport()
        title = await answer.get_by_role("heading").first.inner_text()
        main = answer.locator(".button.main").first
        await main.click()
        await expect(answer.get_by_role("heading").first).not_to_have_text(title)
        await expect(tab.locator("article.answer")).to_have_count(1)
        assert await tab.evaluate("document.activeElement.closest('article.answer') !== null")


async def test_stances_are_taken_one_after_the_other(browser, console):
    """Each answer brings the next item, in the same card."""
    async with a_tab(browser, console, "aiko") as tab:
        await tab.get_by_role("button", name="Take stances").click()
        answer = newest(tab)
        first = await answer.inner_text()
        await answer.get_by_role("button", name="Agree", exact=True).click()
        await expect(answer).not_to_have_text(first, use_inner_text=True)
        await expect(tab.locator("article.is-card.private")).to_have_count(1)


async def test_a_vote_is_seen_by_everybody_and_its_receipt_by_one(browser, console):
    """Aiko votes; Tom's board moves while he looks, and her answer is not in his page."""
    async with a_tab(browser, console, "aiko") as hers, a_tab(browser, console, "tom") as his:
        poll = board(his, "1 ·")
        before = await poll.inner_text()
        ballot = board(hers, "1 ·").locator(".actions .button, .options .button").first
        await ballot.click()
        await expect(hers.locator("article.answer, dialog")).not_to_have_count(0)
        if await hers.locator("dialog").count():
            await hers.locator("dialog input").first.check()
            await hers.locator("dialog .button.main").click()
        await expect(hers.locator("article.answer")).to_contain_text("Only you can see this")
        await expect(poll).not_to_have_text(before, use_inner_text=True)
        await expect(his.locator("article.private")).to_have_count(0)


async def test_turning_into_somebody_else_hides_what_was_private(browser, console):
    """The next person sees the boards in place and nothing of the one before; coming back, it is all there."""
    async with a_tab(browser, console, "tom") as tab:
        await say(tab, "/takeaways")
        await expect(newest(tab)).to_be_visible()
        await tab.get_by_role("button", name="María").click()
        await expect(tab.get_by_role("button", name="Enviar")).to_be_visible()
        await expect(tab.locator("article.private")).to_have_count(0)
        await expect(tab.locator("article.is-board")).to_have_count(3)
        assert await tab.evaluate("document.documentElement.lang") == "es"
        await tab.get_by_role("button", name="Tom", exact=True).click()
        await expect(tab.locator("article.is-card.private")).to_have_count(1)


async def test_a_moderator_starts_a_poll_by_form(browser, console):
    """From the starter to the board that everybody sees; a refusal keeps what was typed."""
    async with a_tab(browser, console, "sam") as tab:
        await tab.get_by_role("button", name="Start a poll").click()
        dialog = tab.get_by_role("dialog")
        await expect(dialog).to_be_visible()
        question = dialog.locator("[name=question]")
        await question.fill("Which evening suits the table?")
        await dialog.get_by_label("One choice").check()
        await dialog.locator("[name=options]").fill("Monday | Monday")
        await dialog.locator(".button.main").click()
        await expect(dialog.get_by_role("alert")).to_be_visible()
        await expect(question).to_have_value("Which evening suits the table?")
        await dialog.locator("[name=options]").fill("Monday | Tuesday | Friday")
        await dialog.locator(".button.main").click()
        await expect(dialog).to_have_count(0)
        await newest(tab).locator(".button.main").first.click()
        await expect(board(tab, "Which evening suits the table?")).to_be_visible()
        await expect(tab.locator("#boards")).to_contain_text("Which evening suits the table?")


async def test_a_closed_form_keeps_what_was_typed(browser, console):
    """Escape leaves the form; opened again, the words are still there."""
    async with a_tab(browser, console, "sam") as tab:
        await tab.get_by_role("button", name="Start a poll").click()
        await tab.locator("dialog [name=question]").fill("A long thought")
        await tab.keyboard.press("Escape")
        await expect(tab.locator("dialog")).to_have_count(0)
        await newest(tab).locator(".button").first.click()
        await expect(tab.locator("dialog [name=question]")).to_have_value("A long thought")


async def test_a_file_that_is_too_large_is_refused_in_the_form(browser, console):
    """The page knows the limit and says so before anything is sent."""
    async with a_tab(browser, console, "sam") as tab:
        await say(tab, "/moderate article import")
        file = tab.locator("dialog input[type=file]")
        await file.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 9_000_000})
        await tab.locator("dialog .button.main").click()
        assert "8 MB" in await file.evaluate("input => input.validationMessage")
        await expect(tab.locator("dialog")).to_be_visible()


async def test_typed_markup_stays_text(browser, console):
    """What somebody types is shown as typed, to everybody, and runs nowhere."""
    attack = "<img src=x onerror=\"document.title='broken in'\"><script>document.title='broken in'</script>"
    async with a_tab(browser, console, "tom") as his, a_tab(browser, console, "aiko") as hers:
        await say(his, attack)
        for tab in (his, hers):
            line = tab.locator("article.is-line")
            await expect(line).to_contain_text(attack)
            assert await line.locator("img, script").count() == 0
            assert "broken in" not in await tab.title()
        await say(his, f"/search {attack}")
        await expect(newest(his)).to_contain_text("<img")
        assert await his.locator("article.is-card.private img[src=x]").count() == 0


async def test_the_page_works_with_the_keyboard_alone(browser, console):
    """Skip link, command line with suggestions, answer, its button, a pick: never a mouse, the focus always visible."""
    async with a_tab(browser, console) as tab:
        await tab.keyboard.press("Tab")
        await expect(tab.locator(".skip")).to_be_focused()
        await tab.keyboard.press("Enter")
        line = tab.get_by_role("combobox")
        await expect(line).to_be_focused()
        await tab.keyboard.type("/sec")
        await expect(line).to_have_attribute("aria-expanded", "true")
        await expect(tab.get_by_role("option")).to_have_count(1)  # those of fewer letters have left
        await tab.keyboard.press("ArrowDown")
        active = await line.get_attribute("aria-activedescendant")
        await expect(tab.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
        await tab.keyboard.press("Enter")
        await expect(line).to_have_value("/section ")
        await tab.keyboard.press("Escape")
        await expect(line).to_have_attribute("aria-expanded", "false")
        await tab.keyboard.press("Enter")
        await expect(newest(tab)).to_be_visible()
        await expect(line).to_be_focused()
        main = newest(tab).locator(".button").first
        while not await main.evaluate("button => button === document.activeElement"):
            await tab.keyboard.press("Shift+Tab")
        assert await main.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
        title = await newest(tab).get_by_role("heading").first.inner_text()
        await tab.keyboard.press("Enter")
        await expect(newest(tab).get_by_role("heading").first).not_to_have_text(title)
        assert await tab.evaluate("document.activeElement.closest('article.private') !== null")


async def test_a_begun_command_is_completed_and_a_whole_one_sent(browser, console):
    """Enter on `/takea` completes it, on `/takeaways` sends it; Up brings it back."""
    async with a_tab(browser, console) as tab:
        line = tab.get_by_role("combobox")
        await line.press_sequentially("/takea")
        await line.press("Enter")
        await expect(line).to_have_value("/takeaways ")
        await line.press("Enter")
        await expect(newest(tab)).to_be_visible()
        await expect(line).to_have_value("")
        await line.press("ArrowUp")
        await expect(line).to_have_value("/takeaways")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_phone_shows_everything_without_scrolling_sideways(browser, console, scheme):
    """At 360 px nothing is cut off, and every control is large enough to hit."""
    async with a_tab(browser, console, "maria", viewport=NARROW, color_scheme=scheme) as tab:
        for line in ("/sección 2", "/contrapunto", "/recuento", "/consulta lista", "/ayuda"):
            await say(tab, line)
        await expect(tab.locator("article.is-card.private")).to_have_count(5)
        assert await tab.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        wide = await tab.evaluate(TOO_WIDE)
        assert wide == []
        small = await tab.evaluate(TOO_SMALL)
        assert small == []
        ground = await tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 150) is (scheme == "dark")


async def test_reduced_motion_moves_nothing(browser, console):
    """Who asks for stillness gets it."""
    async with a_tab(browser, console, reduced_motion="reduce") as tab:
        assert await tab.evaluate(MOVING) == []


async def test_a_screen_reader_finds_its_way(browser, console):
    """Landmarks, names for every control, one main heading, no level left out, no id twice."""
    async with a_tab(browser, console, "sam") as tab:
        await say(tab, "/tally")
        await expect(newest(tab)).to_be_visible()
        await tab.get_by_role("button", name="Start a poll").click()
        await expect(tab.get_by_role("dialog")).to_have_accessible_name(re.compile(r"\w"))
        assert await tab.evaluate(NAMELESS) == []
        await tab.keyboard.press("Escape")
        for landmark in ("banner", "main", "contentinfo", "log"):
            assert await tab.get_by_role(landmark).count() <= 1
        assert await tab.get_by_role("main").count() == await tab.get_by_role("log").count() == 1
        assert await tab.locator("h1").count() == 1
        assert await tab.evaluate(NAMELESS) == []
        levels = await tab.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(e => Number(e.tagName[1]))")
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = await tab.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))
        assert await tab.locator("img:not([alt])").count() == 0
        assert await tab.locator("[aria-live=polite], [role=log]").count() >= 1


async def test_reading_history_is_not_disturbed(browser, console):
    """Who has scrolled up stays there when something new comes, and is told of it."""
    async with a_tab(browser, console, "tom") as tab:
        await say(tab, "/section 2")
        await expect(newest(tab)).to_be_visible()
        await tab.evaluate("document.querySelector('#scroll').scrollTop = 0")
        await console.say("Good evening", "aiko")
        await expect(tab.locator("#newer")).to_be_visible()
        assert await tab.evaluate("document.querySelector('#scroll').scrollTop") == 0
        await tab.locator("#newer").click()
        await expect(tab.get_by_text("Good evening")).to_be_in_viewport()
        await expect(tab.locator("#newer")).to_be_hidden()


async def test_a_lost_connection_is_said_and_nothing_typed_is_lost(browser, console):
    """The line says so; what was not sent can be sent again, and counts once."""
    async with a_tab_that_may_complain(browser, console) as tab:
        await tab.context.set_offline(True)
        await say(tab, "Are you there?")
        line = tab.locator("article.is-line")
        await expect(line.get_by_role("alert")).to_contain_text("did not arrive")
        await tab.context.set_offline(False)
        await line.get_by_role("button", name="Send again").click()
        await expect(line.get_by_role("alert")).to_have_count(0)
        await expect(tab.locator("article.is-line:not(.pending)")).to_have_count(1)
        heard = [m for m in await console.seen("aiko") if m["kind"] == "line"]
        assert [m["body"]["line"] for m in heard] == ["Are you there?"]


@asynccontextmanager
async def a_tab_that_may_complain(browser: Browser, console) -> AsyncIterator[Tab]:
    """A page whose browser reports the network errors that the test makes."""
    context = await browser.new_context(viewport=WIDE)
    tab = await context.new_page()
    await tab.goto(f"{console.platform.url}#tom")
    await expect(tab.locator("article.is-board")).to_have_count(3)
    yield tab
    await context.close()


async def test_a_console_that_went_away_is_noticed(browser, console):
    """The page says that it lost the console, and keeps what stands in it."""
    async with a_tab_that_may_complain(browser, console) as tab:
        await tab.get_by_role("combobox").fill("half a thought")
        console.platform.close()
        await expect(tab.locator("#notice")).to_contain_text("The connection is lost")
        await expect(tab.get_by_role("combobox")).to_have_value("half a thought")
        await expect(tab.locator("article.is-board")).to_have_count(3)


async def test_a_console_that_was_started_anew_says_which_door_to_take(browser, console):
    """The old page's cookie opens nothing any more, and the page says what to do."""
    async with a_tab_that_may_complain(browser, console) as tab:
        console.platform.close()
        await expect(tab.locator("#notice")).to_contain_text("The connection is lost")
        again = WebPlatform(console.app.desk, Settings(web_port=int(console.home.rsplit(":")[-1])))
        running = asyncio.create_task(again.run())
        await expect(tab.locator("#notice")).to_contain_text("Open the link")
        again.close()
        await running


async def test_private_files_are_taken_away(browser, console):
    """A download is a click, and has its name."""
    async with a_tab(browser, console, "tom") as tab:
        await say(tab, "/privacy export")
        async with tab.expect_download() as download:
            await newest(tab).locator("a.file").click()
        assert (await download.value).suggested_filename
