"""Ranking and scoring in a real browser: with a mouse, a finger, the keyboard alone; on a phone, in the dark."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, async_playwright, expect
from playwright.async_api import Page as Tab

from bot.core.intents import CastBallot, ClosePoll, DraftPoll, StartPoll
from bot.platforms.web.people import BY_ID
from tests.platforms.web.conftest import Page
from tests.platforms.web.test_browser import CHROMIUM, FLAGS, MOVING, NAMELESS, TOO_SMALL
from tests.support import actions

expect.set_options(timeout=15_000)  # generous: a busy machine is no failure
WIDE = {"width": 1280, "height": 860}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"

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


async def opened(console: Page, question: str, options: str, **given: object) -> str:
    """A poll that Sam opens; its id."""
    sam = BY_ID["sam"]
    desk = console.app.desk
    draft = DraftPoll(question=question, options=options, **given)  # type: ignore[arg-type]
    card = (await desk.answer(sam.ctx(f"draft-{question}"), draft)).card
    [start] = [action.intent for action in actions(card) if isinstance(action.intent, StartPoll)]
    await desk.answer(sam.ctx(f"start-{question}"), start)
    return start.poll


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def places(standing: Page) -> Page:
    """One console with a poll of each sort; whoever votes in it is a person of the test's own."""
    await opened(standing, "What first?", "Parks | Buses | Books | Bees", kind="ranked")
    await opened(standing, "Who goes?", "Ana | Ben | Cleo", kind="ranked", method="irv")
    await opened(standing, "How good?", "Parks | Buses | Books | Bees", kind="score")
    long = " | ".join(f"Option {letter}, which is long enough for two lines on a phone" for letter in LETTERS)
    await opened(standing, "So many?", long, kind="ranked")
    return standing


@asynccontextmanager
async def a_tab(browser: Browser, console: Page, who: str, **options: object) -> AsyncIterator[Tab]:
    """The page as this person opens it. Anything that the browser complains about fails the test."""
    context = await browser.new_context(**{"viewport": WIDE, "timezone_id": "UTC", **options})
    tab = await context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: complaints.append(request.url) if "127.0.0.1" not in request.url else None)
    tab.set_default_timeout(10_000)
    await tab.goto(f"{console.platform.url}#{who}")
    yield tab
    await context.close()
    assert complaints == []


async def paper(tab: Tab, question: str) -> Locator:
    """The ballot paper of a poll, opened from its board."""
    heading = tab.get_by_role("heading", name=question)
    board = tab.locator("article.is-board", has=heading).last
    await board.locator(".button.main").click()
    dialog = tab.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    return dialog


async def order(dialog: Locator) -> str:
    """The ranking as it stands on the page: "b>a=c"."""
    return await dialog.evaluate(
        "d => [...d.querySelectorAll('.place')]"
        ".map((place) => [...place.querySelectorAll('.grab')].map((grab) => grab.dataset.id).join('=')).join('>')"
    )


def option(dialog: Locator, letter: str) -> Locator:
    """An option, wherever it stands."""
    return dialog.locator(f".grab[data-id={letter}]")


async def middle(locator: Locator) -> tuple[float, float, float]:
    """Where the middle of something is, and its height."""
    await locator.scroll_into_view_if_needed()
    box = await locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["height"]


async def top(locator: Locator) -> float:
    """Where something stands in the window, its sliding done."""
    await locator.evaluate("e => Promise.all(document.getAnimations().map((each) => each.finished))")
    return await locator.evaluate("e => e.getBoundingClientRect().top")


async def drag(tab: Tab, start: Locator, x: float, y: float) -> None:
    """With the mouse, in steps as a hand makes them."""
    from_x, from_y, _ = await middle(start)
    await tab.mouse.move(from_x, from_y)
    await tab.mouse.down()
    await tab.mouse.move((from_x + x) / 2, (from_y + y) / 2, steps=4)
    await tab.mouse.move(x, y, steps=4)
    await tab.mouse.up()


async def cast(tab: Tab, dialog: Locator, expected: str) -> None:
    """Cast it; the answer says it back."""
    await dialog.locator(".actions .main").click()
    await expect(tab.get_by_role("dialog")).to_have_count(0)
    await expect(tab.locator("article.is-card.private").last).to_contain_text(expected)


async def test_ranked_with_a_mouse(browser: Browser, places: Page) -> None:
    """Pressed into order, dragged before, beside and out of it, undone, cast; the paper shows it the next time."""
    async with a_tab(browser, places, "tom") as tab:
        dialog = await paper(tab, "What first?")
        for letter in "abc":
            await option(dialog, letter).click()
        assert await order(dialog) == "a>b>c"
        x, y, height = await middle(option(dialog, "a"))
        await drag(tab, option(dialog, "c"), x, y - height / 2 + 2)
        assert await order(dialog) == "c>a>b"
        x, y, _ = await middle(option(dialog, "a"))
        await drag(tab, option(dialog, "b"), x, y)
        assert await order(dialog) == "c>a=b"
        x, y, _ = await middle(dialog.locator(".unranked"))
        await drag(tab, option(dialog, "c"), x, y)
        assert await order(dialog) == "a=b"
        await dialog.get_by_role("button", name="Undo").click()
        assert await order(dialog) == "c>a=b"
        await cast(tab, dialog, "C, Books > A, Parks = B, Buses")
        again = await paper(tab, "What first?")
        assert await order(again) == "c>a=b"
        await again.get_by_role("button", name="Start again").click()
        assert await order(again) == ""


async def test_a_drag_can_be_called_off(browser: Browser, places: Page) -> None:
    """Escape while dragging leaves everything, and the paper open; what was ranked is kept when it is closed."""
    async with a_tab(browser, places, "aiko") as tab:
        dialog = await paper(tab, "What first?")
        await option(dialog, "d").click()
        x, y, _ = await middle(option(dialog, "a"))
        await tab.mouse.move(x, y)
        await tab.mouse.down()
        await tab.mouse.move(x, y - 60, steps=4)
        await expect(dialog.locator(".dragged")).to_have_count(1)
        await tab.keyboard.press("Escape")
        await expect(dialog.locator(".dragged")).to_have_count(0)
        await tab.mouse.up()
        assert await order(dialog) == "d"
        await tab.keyboard.press("Escape")
        await expect(tab.get_by_role("dialog")).to_have_count(0)
        again = await paper(tab, "What first?")
        assert await order(again) == "d"


async def test_ranked_with_the_keyboard_alone(browser: Browser, places: Page) -> None:
    """Picked up, moved, shared, put down, called off, taken out, undone: each step said, the focus never lost."""
    async with a_tab(browser, places, "noor") as tab:
        board = tab.locator("article.is-board", has=tab.get_by_role("heading", name="What first?")).last
        await board.locator(".button.main").focus()
        await tab.keyboard.press("Enter")
        dialog = tab.get_by_role("dialog")
        said = dialog.get_by_role("status")
        await expect(option(dialog, "a")).to_be_focused()
        await tab.keyboard.press("Enter")
        await expect(said).to_have_text("A · Parks. Place 1 of 1.")
        await expect(option(dialog, "b")).to_be_focused()
        await tab.keyboard.press("Enter")
        await tab.keyboard.press("Space")
        await expect(said).to_have_text("Picked up. C · Books. Not ranked.")
        await expect(option(dialog, "c")).to_have_attribute("aria-pressed", "true")
        await tab.keyboard.press("ArrowUp")
        await tab.keyboard.press("ArrowUp")
        await expect(said).to_have_text("C · Books. Place 2 of 3.")
        await tab.keyboard.press("=")
        await expect(said).to_have_text("C · Books. Place 1 of 2, shared with A.")
        await tab.keyboard.press("Space")
        await expect(said).to_have_text("Put down. C · Books. Place 1 of 2, shared with A.")
        assert await order(dialog) == "a=c>b"
        await tab.keyboard.press("Space")
        await tab.keyboard.press("ArrowDown")
        await tab.keyboard.press("ArrowDown")
        await tab.keyboard.press("Escape")
        await expect(said).to_have_text(re.compile("As it was"))
        assert await order(dialog) == "a=c>b"
        await tab.keyboard.press("ArrowDown")
        await expect(option(dialog, "b")).to_be_focused()
        await tab.keyboard.press("Alt+ArrowUp")
        assert await order(dialog) == "b>a=c"
        await tab.keyboard.press("Delete")
        await expect(said).to_have_text("B · Buses. Not ranked.")
        await tab.keyboard.press("Control+z")
        await expect(said).to_have_text("Undone.")
        assert await order(dialog) == "b>a=c"
        await expect(option(dialog, "b")).to_be_focused()
        for _ in range(4):
            await tab.keyboard.press("Tab")
            if await dialog.locator(".actions .main").evaluate("e => e === document.activeElement"):
                break
        await tab.keyboard.press("Enter")
        await expect(tab.locator("article.is-card.private").last).to_contain_text("B, Buses > A, Parks = C, Books")


async def test_the_moves_are_buttons_too(browser: Browser, places: Page) -> None:
    """Without dragging and without a keyboard: press an option, and move it by what appears below, in Spanish too."""
    async with a_tab(browser, places, "diego") as tab:
        dialog = await paper(tab, "What first?")
        for letter in "abc":
            await option(dialog, letter).click()
        await expect(dialog.get_by_role("status")).to_have_text("C · Books. Puesto 3 de 3.")
        await option(dialog, "c").click()
        for name, expected in (
            ("Subir", "a>c>b"),
            ("Mismo puesto que la de arriba", "a=c>b"),
            ("Un puesto propio", "a>c>b"),
            ("Bajar", "a>b>c"),
            ("Sacar", "a>b"),
            ("Subir", "a>b>c"),
        ):
            await dialog.get_by_role("button", name=name, exact=True).click()
            assert await order(dialog) == expected, name
        assert "ranking." not in await dialog.inner_text()


async def test_a_strict_method_shares_no_place(browser: Browser, places: Page) -> None:
    """Dropped onto another it stands beside nobody; the sign for it does nothing, and there is no button."""
    async with a_tab(browser, places, "lena") as tab:
        dialog = await paper(tab, "Who goes?")
        for letter in "abc":
            await option(dialog, letter).click()
        x, y, _ = await middle(option(dialog, "a"))
        await drag(tab, option(dialog, "c"), x, y)
        assert "=" not in await order(dialog)
        await option(dialog, "b").click()
        await expect(dialog.locator(".moves button")).to_have_count(3)
        await option(dialog, "b").press("=")
        assert "=" not in await order(dialog)


async def touch(tab: Tab, steps: list[tuple[float, float]]) -> None:
    """A finger put down, moved and lifted, as the browser gets it from a screen."""
    session = await tab.context.new_cdp_session(tab)
    for number, (x, y) in enumerate(steps):
        kind = "touchStart" if number == 0 else "touchMove"
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.fuzz)])
async def test_ranked_with_a_finger_on_a_phone(browser: Browser, places: Page, scheme: str) -> None:
    """Taps rank one after the other, a drag by the dots moves; nothing stands out of the window or is too small."""
    async with a_tab(browser, places, "sam" if scheme == "light" else "aiko", **PHONE, color_scheme=scheme) as tab:
        dialog = await paper(tab, "What first?")
        await dialog.get_by_role("button", name=re.compile("Start again|Empezar")).evaluate("b => b.click()")
        for letter in "abc":
            await option(dialog, letter).tap()
        assert await order(dialog) == "a>b>c"
        grip = option(dialog, "c").locator(".grip")
        x, y, _ = await middle(grip)
        _, target, height = await middle(option(dialog, "a"))
        top = target - height / 2 + 2
        await touch(tab, [(x, y), (x, y - 20), (x, (y + top) / 2), (x, top)])
        assert await order(dialog) == "c>a>b"
        await option(dialog, "a").tap()
        wide = "d => [...d.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > innerWidth).length"
        assert await dialog.evaluate(wide) == 0
        assert await tab.evaluate(TOO_SMALL) == []


async def test_a_finger_scrolls_by_the_rest_of_an_option(browser: Browser, places: Page) -> None:
    """A long list must be scrolled somewhere: only the dots hold an option. What is tapped leaves the rest in place."""
    async with a_tab(browser, places, "tom", **PHONE) as tab:
        dialog = await paper(tab, "So many?")
        await dialog.evaluate("d => d.scrollTo(0, 150)")
        before = await top(option(dialog, "e"))
        await option(dialog, "d").tap()
        assert await order(dialog) == "d"
        assert abs(await top(option(dialog, "e")) - before) < 2  # the next one is still where it was
        x, y, _ = await middle(option(dialog, "f").locator(".label"))
        scrolled = await dialog.evaluate("d => d.scrollTop")
        await touch(tab, [(x, y), (x, y - 20), (x, y - 60), (x, y - 140)])
        while await dialog.evaluate("d => d.scrollTop") <= scrolled:  # the test's limit ends a standstill
            await tab.wait_for_timeout(20)
        assert await order(dialog) == "d"


async def test_a_long_drag_scrolls(browser: Browser, places: Page) -> None:
    """Held at the end of what is seen, the list goes on below the hand."""
    async with a_tab(browser, places, "noor") as tab:
        dialog = await paper(tab, "So many?")
        for letter in "abcdefghijklmno":
            await option(dialog, letter).click()
        await dialog.evaluate("d => d.scrollTo(0, 0)")
        x, y, _ = await middle(option(dialog, "a"))
        await tab.mouse.move(x, y)
        await tab.mouse.down()
        foot = await dialog.locator("form > .actions").bounding_box()
        assert foot is not None
        await tab.mouse.move(x, foot["y"] - 10, steps=5)
        while await dialog.evaluate("d => d.scrollTop") < 150:  # by its own frames; the test's limit ends a standstill
            await tab.mouse.move(x, foot["y"] - 9)
            await tab.mouse.move(x, foot["y"] - 10)
        await tab.mouse.up()
        assert not (await order(dialog)).startswith("a")


async def test_scores_are_rows_of_numbers(browser: Browser, places: Page) -> None:
    """Pressed, moved with the arrow keys, taken back; the paper shows them the next time."""
    async with a_tab(browser, places, "lena") as tab:
        dialog = await paper(tab, "How good?")
        rows = dialog.locator("fieldset.score")
        await rows.nth(0).locator("label").nth(6).click()
        await rows.nth(1).locator("label").nth(3).click()
        await tab.keyboard.press("ArrowLeft")
        await rows.nth(2).locator("label").nth(4).click()
        await rows.nth(2).get_by_role("radio", name="no score").check()
        await cast(tab, dialog, "Recorded: A 5, B 1.")
        again = await paper(tab, "How good?")
        assert await again.locator("input:checked").evaluate_all("all => all.map((e) => e.value)") == ["5", "1", "", ""]
        assert await tab.evaluate(NAMELESS) == []


async def test_an_empty_paper_is_refused_where_it_stands(browser: Browser, places: Page) -> None:
    """The paper stays open and says why."""
    async with a_tab(browser, places, "aiko") as tab:
        dialog = await paper(tab, "How good?")
        await dialog.locator(".actions .main").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("Nothing is chosen")


async def test_who_wants_no_motion_gets_none(browser: Browser, places: Page) -> None:
    """Rows slide to their place, but not for them; a screen reader finds a name for everything."""
    async with a_tab(browser, places, "sam", reduced_motion="reduce") as tab:
        dialog = await paper(tab, "Who goes?")
        await option(dialog, "c").click()
        assert await tab.evaluate("document.getAnimations().length") == 0
        assert await tab.evaluate(MOVING) == []
        assert await tab.evaluate(NAMELESS) == []
        assert await dialog.locator(".grab").evaluate_all("all => all.map((e) => e.getAttribute('aria-label'))") == [
            "C · Cleo. Place 1 of 1.", "A · Ana. Not ranked.", "B · Ben. Not ranked.",
        ]  # fmt: skip


async def test_a_poll_that_closes_meanwhile_keeps_what_was_ranked(browser: Browser, places: Page) -> None:
    """The paper says that it is too late, with the ranking still in it."""
    poll = await opened(places, "Too late?", "Now | Later", kind="ranked")
    async with a_tab(browser, places, "tom") as tab:
        dialog = await paper(tab, "Too late?")
        await option(dialog, "b").click()
        desk = places.app.desk
        await desk.answer(BY_ID["sam"].ctx("close-late"), ClosePoll(poll, sure=True))
        await dialog.locator(".actions .main").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("not counted: B, Later")
        assert await order(dialog) == "b"
        late = await desk.answer(BY_ID["tom"].ctx("late-2"), CastBallot(poll, marks="b"))
        assert late.refused
