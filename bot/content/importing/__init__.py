"""Foreign articles come in here, as plain text, Markdown, HTML, Word or PDF, and leave as packs."""

from __future__ import annotations

from bot.content.importing.door import Imported, import_article, summary
from bot.content.importing.said import ImportRefused

__all__ = ["ImportRefused", "Imported", "import_article", "summary"]
