"""The stand-alone verifier: one file without dependencies, made of the program's own sources, letter for letter.

A second implementation would be one more thing to trust, and would drift. So the file holds the modules that count and
check as they are, and twenty lines that let Python import them from there.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from bot import __version__
from bot.core.card import File

NAME, MIME = "verify.py", "text/x-python"
_ROOT = Path(__file__).parents[2]
_COMMAND = "bot.cli.verify"

_HEAD = '''\
#!/usr/bin/env python3
"""Recount a poll from its export: python3 -I verify.py poll-3.json [--receipt R] [--root ROOT]

Made by Tertulia {version}. Needs Python 3.11 or newer, and nothing else: no network, no other file. -I keeps Python
from taking modules from the folder that you are in.

What it does
  * computes each ballot's commitment and, over all of them, the poll's root;
  * looks whether each ballot is one that the poll allows, and whether as many were cast as the export says;
  * counts the ballots again by the poll's method and compares every number of the result;
  * computes the seed that draws lots in a tie, from the salt announced at opening and the root;
  * with --receipt: looks whether your ballot is among those counted;
  * with --root: compares the root with the one that was posted when the poll closed.
  It says what was right, then the first thing that isn't. Exit code: 0 all agrees, 1 something doesn't, 2 a wrong
  command line, 3 nothing to recount (the poll is open, its result withheld, the export too old).

What that proves, and nothing more
  * The result follows from these ballots; and if the root is the posted one, these are the ballots of then: no silent
    edits after the close. A receipt that is counted shows that your ballot is among them as it was recorded.
  * It doesn't prove who cast the ballots, that everybody who voted was allowed to, or that the running bot recorded
    what was pressed: that is what receipts are for, and they only show it to their owners.
  * The root covers the ballots alone: compare the question, the options and the method with the poll's board.
  * A secret poll is secret from its members and from whoever reads the database later; not from whoever runs the bot
    while it is open, nor from the platform. It isn't proof against coercion.

How to trust this file itself: take it from another export, or make it from the project's source. The parts below are
the project's files, letter for letter, under their names there.

License: MIT. The text is at the end.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("verify.py needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import importlib.abc
import importlib.util

PARTS = {{}}
'''

_PART = """

# {line}
# {path}
# {line}

PARTS["{name}"] = r'''
{source}'''
"""

_FOOT = '''

# {line}
# The parts become modules, and the last of them is the command
# {line}


class _Parts(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Python imports the modules of this file from this file, before it looks anywhere else."""

    def find_spec(self, name, path=None, target=None):
        package = any(part.startswith(name + ".") for part in PARTS)
        if name in PARTS or package:
            return importlib.util.spec_from_loader(name, self, is_package=package)
        return None

    def exec_module(self, module):
        source = PARTS.get(module.__name__, "")
        exec(compile(source, "<verify.py: %s>" % module.__name__, "exec"), module.__dict__)


if __name__ == "__main__":
    sys.meta_path.insert(0, _Parts())
    from bot.cli.verify import main

    sys.exit(main())


# {line}
# License
# {line}
#
{license}
'''

_LICENSE = """\
MIT License

Copyright (c) 2026 The Tertulia authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
_LINE = "-" * 78


def verifier() -> File:
    """The verifier as a file, "verify.py": the same bytes for the same version of the program."""
    return File(NAME, _written(), MIME)


@cache
def _written() -> bytes:
    head = _HEAD.format(version=__version__)
    parts = "".join(_part(name) for name in _names())
    license_ = "\n".join(f"# {line}".rstrip() for line in _LICENSE.splitlines())
    return (head + parts + _FOOT.format(line=_LINE, license=license_)).encode("utf-8")


def _names() -> list[str]:
    """The command and every module of ours that it imports, and those that they import; the command last."""
    found, waiting = set[str](), [_COMMAND]
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting += _imported(_path(name).read_text("utf-8")) - found
    return sorted(found, key=lambda name: (name == _COMMAND, name))


def _imported(source: str) -> set[str]:
    """The modules of ours that a source imports: by `from bot.room import module`, or names out of one."""
    lines = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.module]
    names = {name for line in lines for name in (line.module or "", *(f"{line.module}.{a.name}" for a in line.names))}
    return {name for name in names if name.startswith("bot.") and _path(name).is_file()}


def _path(name: str) -> Path:
    return _ROOT.joinpath(*name.split(".")).with_suffix(".py")


def _part(name: str) -> str:
    """One module between its banner and the next. ValueError for a source that a raw text can't hold."""
    path = _path(name)
    source = path.read_text("utf-8")
    if "'''" in source or "\r" in source:
        raise ValueError(f"{path.name} holds three apostrophes or a carriage return: it can't be put into {NAME}")
    return _PART.format(line=_LINE, path=path.relative_to(_ROOT).as_posix(), name=name, source=source)
