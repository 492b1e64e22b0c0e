"""How English and Spanish say when: the words that `deadline.py` reads, and the few signs it turns them into.

A text is casefolded and loses its accents first, so "mañana" stands here as "manana". Signs are in capitals.
"""

from __future__ import annotations

import re
import unicodedata

WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "monday mon lunes lun",
            "tuesday tue tues martes mar",
            "wednesday wed miercoles mie",
            "thursday thu thur thurs jueves jue",
            "friday fri viernes vie",
            "saturday sat sabado sab",
            "sunday sun domingo dom",
        )
    )
    for name in names.split()
}
MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sep sept septiembre setiembre set",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
UNITS = {
    name: unit
    for unit, names in {
        "minutes": "m min mins minute minutes minuto minutos",
        "hours": "h hr hrs hs hour hours hora horas",
        "days": "d day days dia dias",
        "weeks": "w wk wks week weeks sem semana semanas",
        "months": "mo month months mes meses",
        "years": "year years ano anos",
    }.items()
    for name in names.split()
}
_NUMBERS = (
    "one uno una un",
    "two dos",
    "three tres",
    "four cuatro",
    "five cinco",
    "six seis",
    "seven siete",
    "eight ocho",
    "nine nueve",
    "ten diez",
    "eleven once",
    "twelve doce",
)
NUMBERS = {name: str(number) for number, names in enumerate(_NUMBERS, start=1) for name in names.split()}
NUMBERS |= {"a": "1", "an": "1", "primero": "1", "first": "1"}

# Said in the order they are tried: a phrase comes before the words that it is made of.
_PHRASES = tuple(
    (re.compile(pattern, re.ASCII), sign)
    for pattern, sign in (
        (r"(?<=[a-z])\.", ""),  # "dic.", "p.m."
        (r"(?<=[0-9 ])([ap]) ?m\b", r" \1m"),
        (r"\b(the )?day after tomorrow\b|\bpasado manana\b", " DAY2 "),
        (r"\b(from now|a partir de ahora)\b", " "),
        (r"^hora y media$", "90 min"),
        (r"\b(\d{1,2}) y media\b", r"\1:30"),
        (r"\b(\d{1,2}) and a half\b", r"\1.5"),
        (r"\b(\d{1,2}) y cuarto\b", r"\1:15"),
        (r"\bhalf ([a1] )?hour\b|\bmedia hora\b", " 30 min "),
        (r"\b(half past) (\d{1,2})\b", r"\2:30"),
        (r"\b(the )?end of (the )?day\b|\beod\b|\b(al )?fin(al)? de(l| este) dia\b", " 23:59 "),
        (r"\b(at |a (la )?)?(midnight|medianoche)\b", " 24:00 "),
        (r"\bdel mediodia\b", " PM "),
        (r"\b(at |a |al )?(noon|midday|mediodia)\b", " 12:00 "),
        (r"\b(de|por|en|a) la (manana|madrugada)\b|\bin the morning\b|\b(this )?morning\b|\bam\b", " AM "),
        (r"\b(de|por|en|a) la tarde\b|\bin the (afternoon|evening)\b|\b(afternoon|evening)\b|\bpm\b", " PM "),
        (r"\b(de|por|en|a) la noche\b|\bat night\b", " NIGHT "),
        (r"\btonight\b|\besta noche\b", " DAY0 NIGHT "),
        (r"\besta tarde\b", " DAY0 PM "),
        (r"\btoday\b|\bhoy\b", " DAY0 "),
        (r"\btomorrow\b|\bmanana\b", " DAY1 "),
        (r"\b(next|la proxima) (week|semana)\b|\bla semana que viene\b", " 1 week "),
        (r"\bnext month\b|\b(el )?(proximo mes|mes que viene)\b", " 1 month "),
        (r"\bnext\b|\bproximo\b|\bque viene\b", " NEXT "),
        (r"\b(at|a las?)\b|@", " AT "),
    )
)  # fmt: skip
_WITHOUT_MEANING = """
    in within for en dentro de durante por the on el la las lo los of del this este esta by before until till hasta
    antes para and y
"""
_NOISE = frozenset(_WITHOUT_MEANING.split())
_HALF_MORE = re.compile(r"\b(\d+) ?([a-z]+) (?:y media|y medio|and a half)\b", re.ASCII)


def signs(typed: str) -> str:
    """What was typed as signs, numbers and the names of days, months and units, a space between."""
    text = unicodedata.normalize("NFKD", typed.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(\d),(\d)", r"\1.\2", text, flags=re.ASCII).replace(",", " ")
    text = " ".join(NUMBERS[w] if w in NUMBERS and w != "a" else w for w in text.split())
    text = _HALF_MORE.sub(r"\1.5 \2", text)
    for pattern, sign in _PHRASES:
        text = pattern.sub(sign, text)
    return " ".join(NUMBERS.get(w, w) for w in text.split() if w not in _NOISE)
