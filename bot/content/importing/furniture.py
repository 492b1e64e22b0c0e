"""Knows what belongs to a web page and not to its article: menus, cookie bars, comments, share buttons."""

from __future__ import annotations

import re

from bot.content.importing.dom import Element, tag

_WORDS = frozenset(
    [
        *("nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "sidebar", "cookie", "cookies"),
        *("consent", "gdpr", "comment", "comments", "respond", "disqus", "share", "sharing", "social", "related"),
        *("recommended", "newsletter", "subscribe", "subscription", "signup", "promo", "advert", "advertisement"),
        *("ad", "ads", "sponsored", "banner", "popup", "modal", "overlay", "paywall", "toolbar", "pagination"),
        *("pager", "footer", "masthead", "widget", "outbrain", "taboola", "skip", "login", "search"),
        *("comentario", "comentarios", "relacionados", "relacionadas", "compartir", "boletin", "publicidad"),
    ]
)
_ROLES = frozenset(
    ["navigation", "search", "dialog", "alertdialog", "contentinfo", "menu", "menubar", "toolbar", "banner", "alert"]
)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Furniture:
    """Judges elements below `place`. Remembers the beginning of what it left out, where that was text."""

    def __init__(self, place: Element) -> None:
        self.whole = len("".join(place.itertext()))
        self.left_out: list[str] = []

    def is_one(self, element: Element) -> bool:
        """Whether to pass over this element. Nothing that holds half of the text is passed over."""
        if _is_hidden(element):
            return True
        if not self._looks_like_it(element):
            return False
        text = " ".join(" ".join(element.itertext()).split())
        if len(text) * 2 > self.whole:
            return False
        if len(text) > 40:
            self.left_out.append(text)
        return True

    def _looks_like_it(self, element: Element) -> bool:
        name = tag(element)
        if name in {"nav", "footer", "form"} or element.get("role", "").lower() in _ROLES:
            return True
        if name == "header":
            return _links(element) > 0.3 and next(element.iter("h1", "h2"), None) is None
        if name == "aside":
            return _links(element) > 0.5 or bool(_names(element) & _WORDS)
        if name in {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "a", "span", "em", "strong", "b", "i"}:
            return False
        if element.get("aria-modal") == "true":
            return True
        return bool(_names(element) & _WORDS) and not _is_wrapper(element)


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def _names(element: Element) -> set[str]:
    """The words of an element's class and id: `cookieBanner`, `cookie-banner` both give cookie, banner."""
    said = f"{element.get('class', '')} {element.get('id', '')}"
    return {word.lower() for word in _TOKEN.findall(said)}


def _is_wrapper(element: Element) -> bool:
    """A layout box whose class only says that there is a sidebar beside it."""
    said = element.get("class", "").lower()
    return bool(re.search(r"(has|with|no|without)[-_]?(sidebar|menu|nav|banner|ads?|comments?)", said))


def _links(element: Element) -> float:
    text = len("".join(element.itertext()).strip()) or 1
    return sum(len("".join(link.itertext())) for link in element.iter("a")) / text
