"""Small articles of our own in the shapes that people write: each is found whole, in order, with its items."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.importing import import_article, summary
from bot.content.importing.kinds import kind_of
from bot.content.importing.labels import entries
from tests.content.imported import FIXTURES, article_of, import_file, lost, passes_check

SHAPES = FIXTURES / "shapes"

EXPECTED: dict[str, tuple[str, list[str], tuple[int, int, int, int]]] = {
    "box-after.md": (
        "A Market Without Cars",
        [
            "tl-dr TL;DR",
            "lead Introduction",
            "2-1-background 2.1 Background",
            "case The case for",
            "case-against The case against",
            "get-involved Get involved!",
            "about-trial About the trial",
        ],
        (2, 2, 1, 3),
    ),
    "box-before.txt": (
        "Homes in the Old Mill",
        [
            "key-points Key points",
            "lead Introduction",
            "how-came How it came to this",
            "what-supporters-say What supporters say",
            "what-critics-say What critics say",
            "what-should-done What should be done",
        ],
        (3, 2, 3, 2),
    ),
    "emoji.md": (
        "Dogs on the Beach",
        [
            "lead Introduction",
            "background 🏖️ Background",
            "upsides 👍 Upsides",
            "downsides 👎 Downsides",
            "key-takeaways 🔑 Key takeaways",
            "calls-action 📣 Calls to action",
        ],
        (3, 2, 1, 1),
    ),
    "en-breve.txt": (
        "Un tejado para cada escuela",
        ["breve En breve", "lead Introducción", "discute Lo que se discute", "como-ayudar Cómo ayudar"],
        (2, 3, 2, 2),
    ),
    "inline.txt": (
        "Should the Library Lend Tools?",
        ["lead Introduction", "weighing-up Weighing it up", "bottom-line The bottom line", "next-steps Next steps"],
        (1, 3, 3, 1),
    ),
    "labels.txt": (
        "Benches for the Long Road",
        [
            "lead Introduction",
            "argument The argument",
            "what-we-learned What we learned",
            "take-action Take action",
        ],
        (2, 3, 2, 3),
    ),
    "mayusculas.txt": (
        "EL MERCADO DE LOS JUEVES",
        [
            "lead Introducción",
            "antecedentes ANTECEDENTES",
            "bueno LO BUENO",
            "malo LO MALO",
            "hay-saber LO QUE HAY QUE SABER",
            "podemos-hacer QUÉ PODEMOS HACER",
        ],
        (2, 2, 1, 2),
    ),
    "numbered.txt": (
        "Water by the Hour",
        [
            "introduction Introduction",
            "background Background",
            "advantages-disadvantages Advantages and disadvantages",
            "highlights Highlights",
            "recommendations Recommendations",
        ],
        (2, 2, 3, 2),
    ),
    "oportunidades.html": (
        "El tren de las seis",
        [
            "mas-importante Lo más importante",
            "lead Introducción",
            "oportunidades-amenazas Oportunidades y amenazas",
            "propuestas Propuestas",
        ],
        (3, 2, 2, 2),
    ),
    "prosa-lados.md": (
        "La biblioteca de noche",
        [
            "lead Introducción",
            "argumentos-favor Argumentos a favor",
            "argumentos-contra Argumentos en contra",
            "recordar Para recordar",
            "pasa-accion Pasa a la acción",
        ],
        (1, 2, 3, 2),
    ),
    "setext.md": (
        "An Orchard for the Roundabout",
        [
            "lead Introduction",
            "strengths-weaknesses Strengths and Weaknesses",
            "glance At a glance",
            "what-needs-happen What needs to happen",
        ],
        (2, 2, 1, 2),
    ),
    "traps.md": (
        "The Inquiry into the Bridge",
        [
            "lead Introduction",
            "summary-case Summary of the case",
            "recommendations Recommendations of the committee, 1990 to 2010",
            "people-valley For the people of the valley",
            "opportunities-closed The opportunities of a closed road",
            "next-steps-court Next steps of the court",
        ],
        (0, 0, 0, 0),
    ),
}
CONJUNCTIONS = {"and", "y"}  # the one before the last entry of a list in a line is left out


def test_every_shape_has_its_expectation() -> None:
    """A file laid beside the others is not forgotten."""
    assert {path.name for path in SHAPES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_shapes_are_understood(name: str, tmp_path: Path) -> None:
    """Title, sections with their ids and counts are found, no word is lost, and the pack passes the check."""
    path = SHAPES / name
    imported = import_file(path)
    found = summary(imported)
    counts = tuple(found[key] for key in ("takeaways", "pros", "cons", "actions"))
    sections = [f"{section['id']} {section['title']}" for section in found["sections"]]
    assert (found["title"], sections, counts) == EXPECTED[name]
    missing = lost(kind_of(path.name, path.read_bytes())(path.read_bytes()), article_of(imported))
    assert set(missing) <= CONJUNCTIONS
    assert passes_check(imported, tmp_path)


def test_what_was_guessed_is_said() -> None:
    """A title below a box, a divided paragraph, an introduction after a box, prose that stays prose."""
    told = {name: " ".join(import_file(SHAPES / name).unsure) for name in EXPECTED}
    assert "“Homes in the Old Mill” was taken as the title." in told["box-before.txt"]
    assert "What follows the list of “TL;DR” was taken as the introduction." in told["box-after.md"]
    assert "The paragraph after “Cons:” was divided into entries." in told["inline.txt"]
    assert "“Next steps of the court” may hold calls to action, but has no list" in told["traps.md"]


ENTRIES = [
    pytest.param("cheap; quick; and near", ["cheap", "quick", "near"], id="semicolons"),
    pytest.param("menos ruido, más sombra y más pájaros", ["menos ruido", "más sombra", "más pájaros"], id="commas"),
    pytest.param("It is near. It is cheap.", ["It is near.", "It is cheap."], id="sentences"),
    pytest.param("It is cheap. This matters. It is near.", ["It is cheap. This matters.", "It is near."], id="goes on"),
    pytest.param("The U.S. Army and Dr. Smith like it.", ["The U.S. Army and Dr. Smith like it."], id="abbreviations"),
    pytest.param("cheap and quick", ["cheap and quick"], id="a pair is one"),
    pytest.param(
        "It is near; it is cheap. It is ours.", ["It is near; it is cheap.", "It is ours."], id="sentences hold"
    ),
    pytest.param(
        "“It works.” So he said. Nobody laughed.", ["“It works.” So he said.", "Nobody laughed."], id="quoted"
    ),
]


@pytest.mark.parametrize(("text", "listed"), ENTRIES)
def test_what_a_line_lists(text: str, listed: list[str]) -> None:
    """Semicolons, else sentences, else short parts between commas; a sentence about the one before stays with it."""
    assert entries(text) == listed


LINES = [
    pytest.param("Pros: cheap; fast. Cons: slow; loud.", (0, 2, 2, 0), id="one paragraph"),
    pytest.param("**Benefits** – cheap, fast and near\n\n**Risks:** It may flood.", (0, 3, 1, 0), id="bold, dash"),
    pytest.param("- **Pros:** cheap; fast\n- **Cons:** slow; loud", (0, 2, 2, 0), id="bullets"),
    pytest.param("Ventajas: es barato.", (0, 1, 0, 0), id="one side, sure"),
    pytest.param("For: it was late.", (0, 0, 0, 0), id="one side, common word"),
    pytest.param("Benefits: it was late.", (0, 0, 0, 0), id="one side, unsure"),
    pytest.param("For: it is near.\n\nAgainst: it is dear.", (0, 1, 1, 0), id="common words, both"),
    pytest.param("TL;DR: It works. It is cheap.", (2, 0, 0, 0), id="tl;dr"),
    pytest.param("Next steps: call the office; write the letter.", (0, 0, 0, 2), id="actions"),
    pytest.param("What we know: nothing.", (0, 0, 0, 0), id="no label"),
    pytest.param("Key points\n\n- One\n- Two\n", (2, 0, 0, 0), id="bare words before a list"),
]


@pytest.mark.parametrize(("lines", "counts"), LINES)
def test_labels_inside_a_section(lines: str, counts: tuple[int, int, int, int]) -> None:
    """A label is believed where it can't be mistaken, or where the other side is labelled too; the rest is text."""
    text = f"# A Title\n\nWords.\n\n## The debate\n\nIt began early.\n\n{lines}\n\nIt goes on.\n\n## Later\n\nMore.\n"
    imported = import_article("a.md", text.encode())
    found = summary(imported)
    assert tuple(found[key] for key in ("takeaways", "pros", "cons", "actions")) == counts
    assert [section["title"] for section in found["sections"]] == ["Introduction", "The debate", "Later"]


@pytest.mark.parametrize("line", ["CONS", "Cons:", "\nDisadvantages:", "\nThe cons\n"])
def test_the_other_side_below_a_list(line: str) -> None:
    """A list is not taken for pros because their heading was the last one."""
    text = f"The Long Wait\n\nThe lead is here. It is short.\n\nPros\n- cheap\n- near\n{line}\n- far for some\n"
    found = summary(import_article("a.txt", text.encode()))
    assert (found["pros"], found["cons"]) == (2, 1)


MARKS = ["1)", "1.", "a)", "(i)", "(1)", "A)", "–", "-", "*", "•", "·", "◦", "▪", "✓", "→", "5.1."]


@pytest.mark.parametrize("mark", MARKS)
def test_marks_of_lists(mark: str) -> None:
    """Every usual mark makes an entry; the second one counts on where the mark counts."""
    following = {"1)": "2)", "1.": "2.", "a)": "b)", "(i)": "(ii)", "(1)": "(2)", "A)": "B)", "5.1.": "5.2."}
    text = (
        f"A Title Here\n\nWords. More.\n\nNext steps\n\n{mark} Call them.\n{following.get(mark, mark)} Write to them.\n"
    )
    items = article_of(import_article("a.txt", text.encode())).items
    assert [(str(item.kind), item.text) for item in items] == [("action", "Call them."), ("action", "Write to them.")]
