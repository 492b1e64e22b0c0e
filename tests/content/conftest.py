"""A small sound pack in two languages, to be broken on purpose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

EN = """\
language: en
title: "Slow streets"
subtitle: "What a speed limit changes"
source:
  title: "Slow streets, tried out"
  publisher: "The Lamppost"
  url: "https://example.org/slow"
note: "An opinion piece, made up for this test."
sections:
  - id: lead
    title: "Lead"
    body:
      - "The article argues for thirty kilometres an hour."
  - id: weighing
    title: "Pros and cons"
    body:
      - points:
          - "A plain bullet"
          - {title: "Noise", text: "It falls.", points: ["At night above all."]}
      - items: pros
      - items: cons
takeaways:
  - {id: t-calm, title: "Calm", text: "Streets grow calmer."}
pros:
  - {id: p-noise, text: "Less noise."}
cons:
  - {id: c-time, text: "More time on the way."}
actions: []
pairs:
  - [p-noise, c-time]
"""

ES = """\
language: es
title: "Calles lentas"
source: {title: "Slow streets, tried out", publisher: "The Lamppost"}
sections:
  - id: lead
    title: "Entrada"
    body:
      - "El artículo defiende los treinta kilómetros por hora."
  - id: weighing
    title: "A favor y en contra"
    body:
      - items: pros
      - items: cons
takeaways:
  - {id: t-calm, title: "Calma", text: "Las calles se calman."}
pros:
  - {id: p-noise, text: "Menos ruido."}
cons:
  - {id: c-time, text: "Más tiempo en camino."}
"""


@pytest.fixture
def english() -> str:
    return EN


@pytest.fixture
def spanish() -> str:
    return ES


@pytest.fixture
def pack_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes a pack folder from texts by language."""

    def write(name: str = "slow-streets", **languages: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True)
        for language, text in (languages or {"en": EN, "es": ES}).items():
            (folder / f"{language}.yaml").write_text(text, encoding="utf-8")
        return folder

    return write
