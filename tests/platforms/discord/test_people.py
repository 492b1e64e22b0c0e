"""What people do on Discord and what they get to see, over the wire, each answer judged by Discord's own schema."""

from __future__ import annotations

import pytest

from tests.loopback.asks import Answer, Ask
from tests.loopback.people import MODERATOR, Attachment, User
from tests.loopback.server import MARIA, LoopbackDiscord
from tests.spec.parts import is_v2

ANA = User("ana", permissions=MODERATOR)
LUCIA = User("lucia", locale="es-ES")
ARTICLE = "us-mexico-bargain"

pytestmark = pytest.mark.usefixtures("bot")


async def use(place: LoopbackDiscord) -> Answer:
    """A moderator puts the first article on."""
    return await place.slash("moderate article use", {"article": ARTICLE}, user=ANA)


async def test_a_command_is_answered_to_its_reader_alone(discord_: LoopbackDiscord) -> None:
    """A framed card that nobody else sees, without mentions."""
    answer = await discord_.slash("article", {"article": ARTICLE})
    assert answer.private
    assert answer.type == 4
    assert is_v2(answer.data)
    assert answer.data["allowed_mentions"] == {"parse": []}


async def test_reading_turns_the_same_message_like_a_page(discord_: LoopbackDiscord) -> None:
    """A press on a private card replaces it; the contents lead anywhere."""
    first = await discord_.slash("section", {"section": "1", "article": ARTICLE})
    assert first.message is not None
    second = await discord_.click("Next", first.message)
    assert second.type == 7
    assert "Section 2 of 7" in second.words
    assert second.message is not None
    third = await discord_.choose("pick", [f"1:section:{ARTICLE}:mechanics"], second.message)
    assert third.type == 7
    assert "Section 3 of 7" in third.words


async def test_pros_and_cons_change_their_layout(discord_: LoopbackDiscord) -> None:
    """Side by side is an embed: a message of components can't become one, so it comes anew; the way back is an edit."""
    await use(discord_)
    paired = await discord_.slash("proscons")
    assert paired.message is not None
    sides = await discord_.click("Side by side", paired.message)
    assert (sides.type, sides.private, is_v2(sides.data)) == (4, True, False)
    assert sides.message is not None
    assert [field["inline"] for field in sides.message["embeds"][0]["fields"][:2]] == [True, True]
    back = await discord_.click("Point by point", sides.message)
    assert (back.type, is_v2(back.data)) == (7, True)


async def test_words_are_the_readers(discord_: LoopbackDiscord) -> None:
    """Each in the language of their own Discord."""
    english = await discord_.slash("section", {"section": "2", "article": ARTICLE})
    spanish = await discord_.slash("section", {"section": "2", "article": ARTICLE}, user=LUCIA)
    assert "Section 2 of 7" in english.words
    assert "Sección 2 de 7" in spanish.words


async def test_options_are_completed_by_title(discord_: LoopbackDiscord) -> None:
    """What is offered can be sent as it is."""
    [offered] = await discord_.suggest("section", {"section": "mechan", "article": ARTICLE}, "section")
    answer = await discord_.slash("section", {"section": offered["value"], "article": ARTICLE})
    assert "Section 3 of 7" in answer.words


async def test_a_wrong_title_is_answered_with_the_one_that_was_meant(discord_: LoopbackDiscord) -> None:
    """Private, and with the mention that somebody typed left as typed."""
    answer = await discord_.slash("section", {"section": "mecanics of <@1> pressure", "article": ARTICLE})
    assert answer.private
    assert "\\<@1>" in answer.words


async def test_a_member_can_not_moderate_by_any_way(discord_: LoopbackDiscord) -> None:
    """Discord hides the command; a crafted press or command is refused at the door."""
    with pytest.raises(PermissionError):
        await discord_.slash("moderate poll panel")
    crafted = await discord_.ask(Ask(3, {"custom_id": "1:setting", "component_type": 2}, MARIA))
    assert "moderators" in crafted.words
    options = [{"type": 1, "name": "log", "options": []}]
    command = await discord_.ask(Ask(2, {"name": "moderate", "type": 1, "options": options}, MARIA))
    assert "moderators" in command.words


async def test_a_role_that_was_taken_away_counts_at_the_next_press(discord_: LoopbackDiscord) -> None:
    """What a person may do is read from each press, not from when the card was shown."""
    shown = await discord_.slash("moderate log", user=ANA)
    assert "Only moderators" not in shown.words
    gone = await discord_.ask(Ask(3, {"custom_id": "1:log", "component_type": 2}, User("ana", id=ANA.id)))
    assert "Only moderators" in gone.words


@pytest.mark.parametrize(
    "custom_id", ["0:article", "1:nonsense", "other-bot", "1:section:a:b:0:more", "1:cast:p#x#y", ""]
)
async def test_a_strange_button_is_answered(discord_: LoopbackDiscord, custom_id: str) -> None:
    """Of another program, or of a build that is gone: a sentence, nothing breaks."""
    answer = await discord_.ask(Ask(3, {"custom_id": custom_id, "component_type": 2}, MARIA))
    assert answer.private
    assert answer.words


async def test_a_form_opens_and_comes_back(discord_: LoopbackDiscord) -> None:
    """With nothing given, a poll is drafted by a form."""
    await use(discord_)
    form = await discord_.slash("moderate poll start", user=ANA)
    assert form.type == 9
    filled = {"question": "Shall we?", "options": "Yes\nNo", "kind": "single"}
    sent = await discord_.submit(form, filled, user=ANA)
    assert sent.private
    assert "Shall we?" in sent.words


async def test_two_people_in_one_form_get_their_own(discord_: LoopbackDiscord) -> None:
    """Opened at the same time, sent in the other order."""
    await use(discord_)
    ben = User("ben", permissions=MODERATOR)
    first = await discord_.slash("moderate poll start", user=ANA)
    second = await discord_.slash("moderate poll start", user=ben)
    rest = {"options": "Yes\nNo", "kind": "single"}
    bens = await discord_.submit(second, {"question": "Ben asks?"} | rest, user=ben)
    anas = await discord_.submit(first, {"question": "Ana asks?"} | rest, user=ANA)
    assert "Ben asks?" in bens.words
    assert "Ana asks?" in anas.words


async def test_a_message_is_reported_with_its_words(discord_: LoopbackDiscord) -> None:
    """The message menu asks for a reason; author and excerpt go along with what is sent."""
    await use(discord_)
    shown = await discord_.slash("article", user=ANA)
    assert shown.message is not None
    message = shown.message | {"content": "Something rude", "author": {"id": "77", "username": "x"}}
    form = await discord_.menu("Report to moderators", message)
    assert form.type == 9
    assert "Something rude" in str(form.data)
    sent = await discord_.submit(form, {"reason": "It insults Ben.", "excerpt": "Something rude"})
    assert sent.private


async def test_a_file_too_large_is_refused_before_it_is_read(discord_: LoopbackDiscord) -> None:
    """Discord tells the size; nothing is fetched."""
    file = Attachment("big.txt", b"x" * (9 * 1024 * 1024))
    answer = await discord_.slash("moderate article import", {"file": file}, user=ANA)
    assert answer.type == 5
    said = await discord_.after(answer)
    assert "8 MB" in said["content"]
    assert discord_.calls("GET", "attachments") == []


async def test_a_file_becomes_an_article_of_the_server(discord_: LoopbackDiscord) -> None:
    """It takes a moment, so the answer is announced and follows, private."""
    text = "# Our park\n\nA short lead.\n\n## Background\n\nIt is green.\n\n## Call to action\n\n- Plant a tree.\n"
    answer = await discord_.slash("moderate article import", {"file": Attachment("park.md", text.encode())}, user=ANA)
    assert (answer.type, answer.private) == (5, True)
    shown = await discord_.after(answer)
    assert "Our park" in str(shown)


async def test_my_data_comes_as_a_file(discord_: LoopbackDiscord) -> None:
    """Announced first, then a message with the file, private."""
    answer = await discord_.slash("privacy export")
    assert (answer.type, answer.private) == (5, True)
    shown = await discord_.after(answer)
    assert len(shown["attachments"]) == 1


async def test_a_record_larger_than_discord_takes_names_the_other_way(discord_: LoopbackDiscord) -> None:
    """Discord says with each interaction how large a file may be; a larger one is not sent, and the answer says so."""
    await use(discord_)
    discord_.world.file_limit = 100
    answer = await discord_.slash("moderate poll export", {"poll": "article", "format": "csv"}, user=ANA)
    assert answer.private
    assert "tertulia export" in answer.words
