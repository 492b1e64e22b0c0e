"""How much fits on a card. The importer cuts to these sizes and the checker holds packs to them.

The sizes leave room for the words around a text on Discord: 4,000 characters in all the text of a
Components V2 message, 100 in a select option's label, 45 in a modal's title, 25 options in a select.
Discord counts UTF-16 units, so an emoji counts two, and so do we.
"""

from __future__ import annotations

ID = 24
TITLE = 200
SUBTITLE = 300
SOURCE = 300
URL = 500
NOTE = 1_500
SECTION_TITLE = 90
ITEM_TITLE = 75
ITEM_TEXT = 700
PARAGRAPH = 2_800
SECTIONS = 25
ITEMS = 25
QUESTION = 200
OPTION = 75
OPTIONS = 25


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)
