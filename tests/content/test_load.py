"""Packs come in whole, or with every problem at its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.load import load_library, load_pack
from bot.content.problems import PackError
from bot.core.article import ItemKind, ItemList, Paragraph, Point, Points

Write = Callable[..., Path]


def test_a_sound_pack_becomes_values(pack_folder: Write) -> None:
    """Sections, nested bullets, item lists, items, pairs and source all arrive."""
    pack = load_pack(pack_folder()).pack
    assert pack is not None
    english = pack.article("en-GB")
    assert (pack.id, sorted(pack.articles), pack.pairs) == (
        "slow-streets",
        ["en", "es"],
        (("p-noise", "c-time"),),
    )
    assert english.sections[0].body == (Paragraph("The article argues for thirty kilometres an hour."),)
    assert english.sections[1].body == (
        Points((Point("A plain bullet"), Point("It falls.", "Noise", (Point("At night above all."),)))),
        ItemList(ItemKind.PRO),
        ItemList(ItemKind.CON),
    )
    assert [item.id for item in english.items] == ["t-calm", "p-noise", "c-time"]
    assert english.source.url == "https://example.org/slow"
    assert pack.article("es-MX").title == "Calles lentas"


def lines(folder: Path) -> list[str]:
    return [str(problem).removeprefix(f"{folder}/") for problem in load_pack(folder).problems]


BROKEN = [
    pytest.param(
        'title: "Slow streets"',
        "titel: Slow",
        ["en.yaml:1: title: is missing", "en.yaml:2: titel: unknown key (did you mean “title”?)"],
        id="misspelt key",
    ),
    pytest.param('"Lead"', '""', ["en.yaml:11: sections[lead].title: is empty"], id="empty title"),
    pytest.param('"Lead"', "[a]", ["en.yaml:11: sections[lead].title: must be a text"], id="list for text"),
    pytest.param('"Lead"', "yes", [], id="yes stays a text"),
    pytest.param('"Lead"', "2024-05-01", [], id="a date stays a text"),
    pytest.param(
        '"Lead"',
        '"' + "é" * 91 + '"',
        ["en.yaml:11: sections[lead].title: is too long for its card: 91 characters, at most 90"],
        id="too long",
    ),
    pytest.param(
        '"Lead"',
        '"' + "🜚" * 46 + '"',
        ["en.yaml:11: sections[lead].title: is too long for its card: 92 characters, at most 90"],
        id="utf-16",
    ),
    pytest.param(
        "      - items: pros\n",
        "      - items: pro\n",
        [
            "en.yaml:20: sections[weighing].body[2].items: “pro” is none of takeaways, pros, cons or actions",
            (
                "es.yaml:11: sections[weighing].body: lists items: pros and items: cons; "
                "en.yaml lists items: cons in this section"
            ),
        ],
        id="unknown kind",
    ),
    pytest.param(
        "      - items: pros\n",
        "      - items: actions\n",
        [
            "en.yaml:20: sections[weighing].body[2]: lists the actions, but the file has none",
            (
                "es.yaml:11: sections[weighing].body: lists items: pros and items: cons; "
                "en.yaml lists items: actions and items: cons in this section"
            ),
        ],
        id="kind without items",
    ),
    pytest.param(
        '- "A plain bullet"',
        '- {txt: "A bullet"}',
        [
            "en.yaml:18: sections[weighing].body[1].points[1].text: is missing",
            "en.yaml:18: sections[weighing].body[1].points[1].txt: unknown key (did you mean “text”?)",
        ],
        id="bullet",
    ),
    pytest.param(
        "[p-noise, c-time]",
        "[p-nose, c-time]",
        [("en.yaml:30: pairs[1][1]: “p-nose” is none of the pros (did you mean “p-noise”?); a pair is [pro, con]")],
        id="pair of nobody",
    ),
    pytest.param(
        "id: c-time",
        "id: p-noise",
        [
            "en.yaml:27: cons[p-noise].id: the id “p-noise” is used twice, in lines 25 and 27",
            "en.yaml:30: pairs[1][2]: “c-time” is none of the cons; a pair is [pro, con]",
            (
                "es.yaml:19: cons[c-time].id: the id is “c-time” here and “p-noise” in en.yaml "
                "line 27; one thing has one id in all languages"
            ),
        ],
        id="id twice",
    ),
    pytest.param(
        "id: lead",
        "id: Lead!",
        [
            ("en.yaml:10: sections[Lead!].id: “Lead!” is no id: use a-z, 0-9 and single hyphens, as in “rent-cap”"),
            (
                "es.yaml:5: sections[lead].id: the id is “lead” here and “Lead!” in en.yaml "
                "line 10; one thing has one id in all languages"
            ),
        ],
        id="bad id",
    ),
    pytest.param(
        "language: en",
        "language: fr",
        ["en.yaml:1: language: “fr” belongs into fr.yaml, not en.yaml"],
        id="wrong language",
    ),
    pytest.param(
        "note:",
        "title: twice\nnote:",
        ["en.yaml:8: title: the key 'title' stands twice, in lines 2 and 8"],
        id="duplicate key",
    ),
    pytest.param(
        "https://example.org/slow",
        "javascript:x",
        ["en.yaml:7: source.url: is no web address; it begins with https:// and holds no spaces"],
        id="no url",
    ),
    pytest.param(
        "note:",
        "note: &a x\nold:",
        ["en.yaml:8: anchors and aliases (&name, *name) are not allowed; if it is text, put it in quotes"],
        id="anchor",
    ),
    pytest.param(
        "note:",
        "note: !!python/object:os.system x\nold:",
        ["en.yaml:8: tags (!name) are not allowed; if it is text, put it in quotes"],
        id="tag",
    ),
    pytest.param("note:", "\tnote:", ["en.yaml:8: a tab is used for indenting; YAML wants spaces"], id="tab"),
    pytest.param(
        'note: "',
        'note: a: b "',
        ["en.yaml:8: a second colon in one line; put the text in quotes"],
        id="colons",
    ),
    pytest.param(
        "An opinion",
        "An \u202eopinion",
        ["en.yaml:8: note: holds an invisible control character; type the text again"],
        id="right-to-left override",
    ),
    pytest.param("actions: []", "actions:", ["en.yaml:28: actions: is empty"], id="empty list"),
    pytest.param(
        "actions: []",
        "---\nactions: []",
        ["en.yaml:28: a second document begins here ('---'); one file holds one"],
        id="two documents",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN)
def test_each_fault_is_named_with_file_line_and_field(
    old: str, new: str, expected: list[str], pack_folder: Write, english: str, spanish: str
) -> None:
    """One fault gives the lines that an author needs and no others."""
    assert old in english
    folder = pack_folder(en=english.replace(old, new, 1), es=spanish)
    assert lines(folder) == expected


def test_a_missing_translation_says_where_the_text_is(pack_folder: Write, english: str, spanish: str) -> None:
    """A language that lacks an item is told so at its list, whichever language it is."""
    more = '  - {id: t-new, text: "Neu."}\npros:'
    folder = pack_folder(en=english.replace("pros:\n", more + "\n", 1), es=spanish)
    assert lines(folder) == ["es.yaml:14: takeaways: “t-new” is missing here; en.yaml line 24 has it"]
    folder = pack_folder("other", en=english, es=spanish.replace("pros:\n", more + "\n", 1))
    assert lines(folder) == ["en.yaml:22: takeaways: “t-new” is missing here; es.yaml line 16 has it"]


def test_everything_wrong_is_said_at_once(pack_folder: Write, english: str, spanish: str) -> None:
    """Faults of one field, of one file and between files come together."""
    broken = english.replace('"Lead"', '""').replace("id: t-calm", "id: t-quiet")
    folder = pack_folder(en=broken, es=spanish.replace('title: "Entrada"', "tittle: x"))
    assert [line.split(": ")[1] for line in lines(folder)] == [
        "sections[lead].title",
        "sections[lead].title",
        "sections[lead].tittle",
        "takeaways[t-calm].id",
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b"", "en.yaml:1: the file is empty", id="empty"),
        pytest.param(b"# nothing\n", "en.yaml:1: the file is empty", id="only a comment"),
        pytest.param(b"- a\n- b\n", "en.yaml:1: must be a mapping (lines of “key: value”)", id="a list"),
        pytest.param(b"a: b\nc: \xff\n", "en.yaml:2: is not UTF-8 text; save the file as UTF-8", id="latin-1"),
        pytest.param(b"[" * 500, "en.yaml:1: is nested more than 20 levels deep", id="deep"),
        pytest.param(b"a: 'b\n", "en.yaml:2: a quote is opened and never closed", id="open quote"),
        pytest.param(
            b"a: b\x07\n",
            "en.yaml:1: holds a character that YAML does not allow (a control character?)",
            id="bell",
        ),
        pytest.param(
            b"x" * (1024 * 1024 + 1),
            "en.yaml:1: the file is larger than 1 MiB, which is more than an article needs",
            id="too large",
        ),
    ],
)
def test_a_file_that_is_no_pack_gets_one_sentence(raw: bytes, expected: str, tmp_path: Path) -> None:
    """Whatever the bytes, the answer is a problem and never an exception."""
    (tmp_path / "en.yaml").write_bytes(raw)
    assert lines(tmp_path)[-1] == expected


def test_an_alias_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    """A few lines that would unfold into a billion are refused at the first anchor."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (tmp_path / "en.yaml").write_text(bomb)
    assert "anchors and aliases" in lines(tmp_path)[-1]


def test_a_library_refuses_to_load_with_every_problem(pack_folder: Write, english: str) -> None:
    """A broken built-in pack stops the start, and the error holds all its problems."""
    folder = pack_folder(en=english.replace('"Lead"', '""'))
    pack_folder("empty-one", en="")
    with pytest.raises(PackError) as caught:
        load_library(folder.parent, folder.parent / "nowhere")
    assert len(caught.value.problems) == 3


def test_a_library_gives_packs_by_id(pack_folder: Write) -> None:
    """Each folder is a pack; hidden folders are passed over."""
    folder = pack_folder()
    (folder.parent / ".git").mkdir()
    assert list(load_library(folder.parent)) == ["slow-streets"]
