"""The one place that calls typst: data and a template become a picture or a document, in the calling thread.

Typst is an optional extra. It reads nothing but its templates, our fonts and the data it is handed, and fetches nothing.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.charts import fonts

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "templates"
PPI = 180  # 1,050 pixels over the width of a phone


class Undrawn(Exception):  # noqa: N818 (a fact)
    """A picture couldn't be made: typst is missing, refuses, or takes too long."""


def installed() -> bool:
    """Whether the extra `charts` is there."""
    return find_spec("typst") is not None


@dataclass
class Setter:
    """A typesetter with its fonts. Not for several threads at once."""

    _folder: tempfile.TemporaryDirectory[str] | None = None
    _names: frozenset[str] = frozenset()
    _compilers: dict[str, typst.Compiler] = field(default_factory=dict)

    def set(self, template: str, data: str, format: str) -> bytes:  # noqa: A002 (as typst names it)
        """A template of ours with JSON data, as "png" or "svg" (one page) or "pdf". Undrawn where it can't be."""
        if not installed():
            raise Undrawn("typst is not installed")
        try:
            compiler = self._compiler(template, fonts.needed(data))
            made = compiler.compile(format=format, ppi=PPI, sys_inputs={"data": data}, **_standard(format))  # type: ignore[arg-type]
        except Exception as error:  # whatever goes wrong in there, the words are still there to be shown
            raise Undrawn(str(error)) from error
        if not isinstance(made, bytes):
            raise Undrawn("more than one page")
        return made

    def close(self) -> None:
        """Take the folder of fonts away."""
        self._compilers.clear()
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def _compiler(self, template: str, names: frozenset[str]) -> typst.Compiler:
        if self._folder is None or not names <= self._names:
            self._gather(self._names | names)
        if template not in self._compilers:
            typst = import_module("typst")
            assert self._folder
            self._compilers[template] = typst.Compiler(
                TEMPLATES / template,
                root=TEMPLATES,
                font_paths=[fonts.SHIPPED, self._folder.name],
                ignore_system_fonts=True,
            )
        return self._compilers[template]

    def _gather(self, names: frozenset[str]) -> None:
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="tertulia-fonts-")
        fonts.gather(Path(self._folder.name), names)
        self._names = names
        self._compilers.clear()


def _standard(format: str) -> dict[str, object]:  # noqa: A002
    return {}
