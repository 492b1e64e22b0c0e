"""The sentences an importer says: why it refused a file, and what it was not sure of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

REFUSED = {
    "empty": ("The file is empty.", "El archivo está vacío."),
    "too_big": (
        "The file is larger than {most} MiB, the most that can be read.",
        "El archivo pesa más de {most} MiB, lo máximo que se puede leer.",
    ),
    "too_long": (
        "The text is too long for one article: {size:,} characters; at most {most:,} fit.",
        "El texto es demasiado largo para un artículo: {size:,} caracteres; caben {most:,} como máximo.",
    ),
    "unknown_type": (
        "“{name}” is of a kind that can't be read. Send .txt, .md, .html, .docx or .pdf.",
        "«{name}» es de un tipo que no se puede leer. Envía .txt, .md, .html, .docx o .pdf.",
    ),
    "binary": (
        "“{name}” is not text, whatever its name says.",
        "«{name}» no es texto, diga lo que diga su nombre.",
    ),
    "old_word": (
        "This is a Word file of the old kind (.doc). Save it as .docx and try again.",
        "Es un archivo de Word antiguo (.doc). Guárdalo como .docx y vuelve a intentarlo.",
    ),
    "no_docx": (
        "This is not a Word document, or it is damaged.",
        "No es un documento de Word, o está dañado.",
    ),
    "docx_bomb": (
        "The Word file unpacks to more than it may ({most} MiB or {files} parts).",
        "El archivo de Word se descomprime en más de lo permitido ({most} MiB o {files} partes).",
    ),
    "no_pdf": ("The PDF is damaged and can't be opened.", "El PDF está dañado y no se puede abrir."),
    "pdf_locked": (
        "The PDF is protected by a password. Save a copy without one.",
        "El PDF está protegido con contraseña. Guarda una copia sin ella.",
    ),
    "pdf_scanned": (
        "The PDF holds pictures of pages and no text. Run text recognition (OCR) over it first.",
        "El PDF contiene imágenes de páginas y nada de texto. Pásale antes un reconocimiento de texto (OCR).",
    ),
    "pdf_pages": (
        "The PDF has {pages} pages; at most {most} can be read.",
        "El PDF tiene {pages} páginas; se pueden leer {most} como máximo.",
    ),
    "no_text": ("No article text was found in the file.", "No se encontró texto de artículo en el archivo."),
    "too_deep": (
        "The file is nested too deeply to be read.",
        "El archivo tiene demasiados niveles anidados para poder leerlo.",
    ),
    "missing": (
        "Reading {kind} files needs “{package}”. Install it with: pip install 'tertulia[import]'",
        "Para leer archivos {kind} hace falta «{package}». Instálalo con: pip install 'tertulia[import]'",
    ),
    "bad_language": (
        "“{language}” is no language; use two letters, as in “en” or “es”.",
        "«{language}» no es un idioma; usa dos letras, como «en» o «es».",
    ),
    "bad_id": (
        "“{id}” can't be an article's id: use a-z, 0-9 and single hyphens, at most {most} characters.",
        (
            "«{id}» no puede ser el identificador de un artículo: usa a-z, 0-9 y guiones sueltos, "
            "{most} caracteres como máximo."
        ),
    ),
}

LANGUAGES = {"en": ("English", "inglés"), "es": ("Spanish", "español")}

UNSURE = {
    "language_guessed": (
        "The language was taken to be {language}.",
        "Se supuso que el idioma es {language}.",
    ),
    "encoding": (
        "The file is not UTF-8; it was read as {encoding}, so accents may be wrong.",
        "El archivo no está en UTF-8; se leyó como {encoding}, así que los acentos pueden fallar.",
    ),
    "title_guessed": (
        "No heading stands at the top; “{title}” was taken as the title.",
        "No hay un encabezado al principio; se tomó «{title}» como título.",
    ),
    "title_cut": (
        "The title is too long for a card and was shortened; the whole stands in the first section.",
        "El título no cabe en una tarjeta y se acortó; completo está en la primera sección.",
    ),
    "subtitle_guessed": (
        "“{text}” was taken as the subtitle.",
        "«{text}» se tomó como subtítulo.",
    ),
    "headings_guessed": (
        "These headings were recognised by their shape only: {names}.",
        "Estos encabezados se reconocieron solo por su forma: {names}.",
    ),
    "no_headings": (
        "No headings were found; the whole text is one section.",
        "No se encontraron encabezados; todo el texto es una sola sección.",
    ),
    "heading_cut": (
        "The heading “{text}” is too long for a card and was shortened; the whole stands below it.",
        "El encabezado «{text}» no cabe en una tarjeta y se acortó; completo está debajo.",
    ),
    "none_takeaway": ("No takeaways were found.", "No se encontraron puntos clave."),
    "none_pro": ("No pros were found.", "No se encontraron argumentos a favor."),
    "none_con": ("No cons were found.", "No se encontraron argumentos en contra."),
    "none_action": ("No calls to action were found.", "No se encontraron llamados a la acción."),
    "paragraphs_as_items": (
        "“{section}” has no list; each of its paragraphs was taken as an entry.",
        "«{section}» no tiene lista; cada párrafo se tomó como una entrada.",
    ),
    "prose_kept": (
        "“{section}” may hold {kind}, but has no list; it stays text.",
        "«{section}» puede contener {kind}, pero no tiene lista; queda como texto.",
    ),
    "divided": (
        "The paragraph after “{text}:” was divided into entries.",
        "El párrafo que sigue a «{text}:» se dividió en entradas.",
    ),
    "after_box": (
        "What follows the list of “{text}” was taken as the introduction.",
        "Lo que sigue a la lista de «{text}» se tomó como introducción.",
    ),
    "lead_in": (
        "The list after “{text}” was taken for {kind}.",
        "La lista que sigue a «{text}» se tomó como {kind}.",
    ),
    "many_lists": (
        "The {kind} stand in several lists; the reader shows them together, where the first one stood.",
        "Hay varias listas de {kind}; al leer se muestran juntas, donde estaba la primera.",
    ),
    "item_cut": (
        "An entry is too long for a card: “{text}”. Its beginning is the entry; the rest follows the list.",
        "Una entrada no cabe en una tarjeta: «{text}». Su comienzo es la entrada; el resto sigue a la lista.",
    ),
    "items_many": (
        "More than {most} {kind} were found; the others stand as plain bullets.",
        "Se encontraron más de {most} {kind}; los demás quedan como viñetas.",
    ),
    "sections_many": (
        "More than {most} sections were found; the last ones were joined.",
        "Se encontraron más de {most} secciones; las últimas se unieron.",
    ),
    "paragraph_split": (
        "A paragraph too long for a card was divided: “{text}”.",
        "Se dividió un párrafo que no cabe en una tarjeta: «{text}».",
    ),
    "heading_alone": (
        "Nothing stands below “{text}”, so it became a line of “{section}”.",
        "No hay nada debajo de «{text}», así que pasó a ser una línea de «{section}».",
    ),
    "table_sides": (
        "The columns of a table were taken for pros and cons: “{text}”.",
        "Las columnas de una tabla se tomaron como argumentos a favor y en contra: «{text}».",
    ),
    "table": (
        "A table was turned into lines of text: “{text}”.",
        "Una tabla se convirtió en líneas de texto: «{text}».",
    ),
    "images": (
        "Pictures were left out: {count}.",
        "Se omitieron imágenes: {count}.",
    ),
    "left_out": (
        "Left out as not part of the article: “{text}”.",
        "Se omitió por no ser parte del artículo: «{text}».",
    ),
    "footnotes": (
        "Footnotes stand as plain text at the end: {count}.",
        "Las notas al pie quedan como texto al final: {count}.",
    ),
    "page_furniture": (
        "Lines repeated on the pages were left out: “{text}”.",
        "Se omitieron líneas repetidas en las páginas: «{text}».",
    ),
    "pdf": (
        "A PDF does not say where paragraphs and headings are; look through them.",
        "Un PDF no indica dónde están los párrafos y los encabezados; revísalos.",
    ),
}

KINDS = {
    "takeaway": ("takeaways", "puntos clave"),
    "pro": ("pros", "argumentos a favor"),
    "con": ("cons", "argumentos en contra"),
    "action": ("calls to action", "llamados a la acción"),
}


@dataclass(frozen=True)
class Note:
    """Something the importer was not sure of: a key of `UNSURE` and its facts."""

    key: str
    facts: Mapping[str, object]

    def sentence(self, reader: str = "en") -> str:
        """In the reader's language, `en` or `es`."""
        return _filled(UNSURE[self.key], self.facts, reader)


class ImportRefused(Exception):
    """The file can't become a pack. `key` is one of `REFUSED`; `str()` is a sentence in English."""

    def __init__(self, key: str, **facts: object) -> None:
        self.key = key
        self.facts: Mapping[str, object] = facts
        super().__init__(self.sentence())

    def sentence(self, reader: str = "en") -> str:
        """In the reader's language, `en` or `es`."""
        return _filled(REFUSED[self.key], self.facts, reader)


def note(key: str, **facts: object) -> Note:
    """A note with these facts; long texts are quoted by their beginning."""
    return Note(key, {name: short(fact) if isinstance(fact, str) else fact for name, fact in facts.items()})


def short(text: str, most: int = 60) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= most else text[: most + 1].rsplit(" ", 1)[0][:most] + "…"


def _filled(words: tuple[str, str], facts: Mapping[str, object], reader: str) -> str:
    place = int(reader.lower().startswith("es"))
    told = dict(facts)
    if told.get("kind") in KINDS:
        told["kind"] = KINDS[str(told["kind"])][place]
    if told.get("language") in LANGUAGES:
        told["language"] = LANGUAGES[str(told["language"])][place]
    return words[place].format(**told)
