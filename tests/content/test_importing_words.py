"""The wordings, English and Spanish, by which headings say what stands below them."""

from __future__ import annotations

import pytest

from bot.content.importing import import_article, summary
from tests.content.imported import article_of, texts_of

PHRASINGS = [
    pytest.param("takeaways", heading, id=heading)
    for heading in (
        "Main takeaways",
        "Takeaways",
        "Key points",
        "KEY POINTS",
        "Highlights",
        "In summary",
        "What we learned",
        "At a glance",
        "“Key takeaways”",
        "2.3 Main points",
        "En breve",
        "Lo más importante",
        "Claves",
        "Las claves",
        "Resumen",
        "Summary",
        "De un vistazo",
        "Para recordar",
        "Aprendizajes",
        "IDEAS CLAVE:",
        "Lo que aprendimos",
        "Key takeaways",
        "The Bottom Line",
        "What to remember",
        "Five things you should know",
        "TL;DR",
        "In brief",
        "Main points:",
        "3. Key Lessons",
        "🔑 Key insights",
        "Puntos clave",
        "Ideas principales",
        "Lo esencial",
        "En resumen",
        "Qué recordar",
        "Lo que hay que saber",
        "Las claves del debate",
        "Conclusiones clave",
    )
]
PHRASINGS += [
    pytest.param("actions", heading, id=heading)
    for heading in (
        "Calls to action",
        "How you can help",
        "Take action",
        "What should be done",
        "What needs to happen",
        "What has to happen",
        "📣 Get involved!",
        "Llamada a la acción",
        "Llamados a la acción",
        "LLAMADO A LA ACCIÓN",
        "Pasa a la acción",
        "Propuestas",
        "Actúa",
        "¡Actúa!",
        "¿Cómo ayudar?",
        "Qué hacer",
        "Call to action",
        "Call to Action: Speak Up",
        "What you can do",
        "What Can We Do About It?",
        "Next steps",
        "Take action now",
        "How to help",
        "Get involved",
        "Recommendations",
        "Conclusion: what you can do",
        "Qué puedes hacer",
        "¿Qué podemos hacer?",
        "Llamado a la acción",
        "Llamamiento a la acción",
        "Una llamada a la acción",
        "Próximos pasos",
        "Cómo ayudar",
        "Manos a la obra",
        "Recomendaciones",
    )
]
PHRASINGS += [
    pytest.param("pros", heading, id=heading)
    for heading in (
        "Arguments in favor",
        "Argument for",
        "Reasons for",
        "Puntos fuertes",
        "ARGUMENTOS A FAVOR:",
        "3.1 Advantages",
        "👍 Pros",
        "Lo positivo",
        "Pros",
        "The pros",
        "Advantages",
        "Arguments for",
        "Arguments in favour of the plan",
        "Reasons to support it",
        "Upsides",
        "Ventajas",
        "Argumentos a favor",
        "A favor",
        "Lo bueno",
        "Razones a favor",
    )
]
PHRASINGS += [
    pytest.param("cons", heading, id=heading)
    for heading in (
        "Puntos débiles",
        "DESVENTAJAS",
        "✗ Cons",
        "“Cons”",
        "Lo negativo",
        "Cons",
        "Disadvantages",
        "Arguments against",
        "The case against",
        "Drawbacks",
        "Downsides",
        "Against",
        "Desventajas",
        "Inconvenientes",
        "En contra",
        "Contras",
        "Argumentos en contra",
        "Lo malo",
    )
]


@pytest.mark.parametrize(("key", "heading"), PHRASINGS)
def test_phrasings(key: str, heading: str) -> None:
    """Each wording is known as a Markdown heading and as a bare line of plain text."""
    body = (
        "A first paragraph that is long enough to be one.\n\n{}\n\n- One thing.\n- Another thing.\n\nThe end of it.\n"
    )
    for name, mark in (("a.md", "## "), ("a.txt", "")):
        text = f"{mark and '# '}A Plain Title\n\n" + body.format(mark + heading)
        found = summary(import_article(name, text.encode()))
        others = {other: found[other] for other in ("takeaways", "pros", "cons", "actions") if other != key}
        assert (found[key], set(others.values())) == (2, {0}), (name, found)


WEIGHED = [
    pytest.param("The debate", "Benefits", "Risks", id="benefits"),
    pytest.param("The debate", "Strengths:", "Weaknesses:", id="strengths"),
    pytest.param("The debate", "Opportunities", "Threats", id="opportunities"),
    pytest.param("Two sides", "The case for", "The case against", id="case for"),
    pytest.param("What people say", "What supporters say", "What critics say", id="supporters"),
    pytest.param("What people say", "Arguments in favor", "Arguments against", id="arguments"),
    pytest.param("Pros y contras", "Lo bueno", "Lo malo", id="lo bueno"),
    pytest.param("El debate", "Puntos fuertes:", "Puntos débiles:", id="puntos"),
    pytest.param("El debate", "Oportunidades", "Amenazas", id="oportunidades"),
    pytest.param("Ventajas y desventajas", "Ventajas:", "Desventajas:", id="desventajas"),
    pytest.param("Pros and cons", "Pros:", "Cons:", id="colons"),
    pytest.param(
        "Pros and Cons: A Bargain", "Potential “Pros” (from one side):", "Serious Cons (for all):", id="quoted"
    ),
    pytest.param("Benefits and risks", "Benefits", "Risks", id="weak words"),
    pytest.param("Weighing the plan", "The benefits:", "The risks:", id="unnamed section"),
    pytest.param("For and against", "For", "Against", id="for, against"),
    pytest.param("Ventajas e inconvenientes", "Ventajas", "Inconvenientes", id="ventajas"),
    pytest.param("A favor y en contra", "A favor:", "En contra:", id="a favor"),
    pytest.param("Beneficios y riesgos", "Beneficios para el barrio:", "Riesgos:", id="beneficios"),
    pytest.param(
        "Argumentos a favor y en contra", "Lo que dicen los partidarios:", "Lo que dicen los críticos:", id="who"
    ),
    pytest.param("Luces y sombras", "Fortalezas", "Debilidades", id="luces"),
]


@pytest.mark.parametrize(("section", "pro", "con"), WEIGHED)
@pytest.mark.parametrize("sub", ["", "### ", "**"], ids=["line", "heading", "bold"])
def test_pros_and_cons_in_one_section(section: str, pro: str, con: str, sub: str) -> None:
    """Sub-headings and lines before a list divide a section into pros and cons, and stay in it as text."""
    close = "**" if sub == "**" else ""
    text = (
        f"# Title here\n\nSome words.\n\n## {section}\n\nAn introduction.\n\n{sub}{pro}{close}\n\n"
        f"- It is cheap.\n- It is good.\n\n{sub}{con}{close}\n\n1. It is slow.\n\nThat is all.\n\n"
        "## Later\n\nMore.\n"
    )
    imported = import_article("a.md", text.encode())
    found = summary(imported)
    assert (found["pros"], found["cons"]) == (2, 1), found
    assert [part["title"] for part in found["sections"]] == ["Introduction", section.rstrip(":"), "Later"]
    assert {pro, con, "That is all."} <= set(texts_of(article_of(imported)))
