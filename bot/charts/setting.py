"""The one place that calls typst: data and a template become a picture or a document, in the calling thread.

Typst is an optional extra. It reads nothing but its templates, our fonts and the data it is given, and fetches nothing.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bot.charts import fonts

if TYPE_CHECKING:
    import typst

Format = Literal["png", "svg", "pdf"]

TEMPLATES = Path(__file__).parent / "templates"
PPI = 144  # twice a phone's width in pixels: 840


class Undrawn(Exception):
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

    def set(self, template: str, data: str, form: Format) -> bytes:
        """A template of ours with JSON data, as one picture or a document. Undrawn where it can't be."""
        if not installed():
            raise Undrawn("typst is not installed")
        try:
            compiler = self._compiler(template, fonts.needed(data))
            made = compiler.compile(format=form, ppi=PPI, sys_inputs={"data": data})
        except Exception as error:  # whatever goes wrong in there, the words can still be shown
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
            self._compilers[template] = self._new(template)
        return self._compilers[template]

    def _new(self, template: str) -> typst.Compiler:
        os.environ.setdefault("RAYON_NUM_THREADS", "1")  # typst's own threads would take the event loop's processor
        typesetter: Any = import_module("typst")  # its types hold variables that nothing can fill
        folders = [str(fonts.SHIPPED), *([self._folder.name] if self._folder else [])]
        made: typst.Compiler = typesetter.Compiler(
            str(TEMPLATES / template), str(TEMPLATES), folders, ignore_system_fonts=True
        )
        return made

    def _gather(self, names: frozenset[str]) -> None:
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="tertulia-fonts-")
        fonts.gather(Path(self._folder.name), names)
        self._names = names
        self._compilers.clear()
