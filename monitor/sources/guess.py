"""A first guess at the selectors of a list page, for a person to look at and to correct."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from bs4 import BeautifulSoup, Tag

from monitor.config.listpage import ListPage
from monitor.errors import ParseError
from monitor.sources.decode import decode
from monitor.sources.lenient import in_worker

_LONG = 12  # letters of a headline, at least; menus have shorter words
_FEWEST = 4  # items that make a list
_ITEMS = ("li", "tr", "article", "dd", "dl", "section", "div")
_FRAME = ("nav", "header", "footer", "aside")
_NAME = re.compile(r"-?[A-Za-z_][\w-]*")
_DATED = re.compile(r"date|time|day|when|wdt|reg", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}\s*[-./년年]\s*\d{1,2}|\d{1,2}:\d\d|\b[A-Z][a-z]{2} \d{1,2}\b")


def guess_page(body: bytes, content_type: str | None, lang: str | None) -> ListPage | None:
    """Selectors that find what looks most like a list of articles; None when nothing does.

    Runs in a worker with a deadline: call it in a thread.
    """
    try:
        return in_worker(_guess, decode(body, content_type, lang).text)
    except ParseError:
        return None


def _guess(text: str) -> ListPage | None:
    soup = BeautifulSoup(text, "lxml")
    groups: dict[str, dict[str, Tag]] = defaultdict(dict)
    weights: dict[str, int] = defaultdict(int)
    for link in soup.find_all("a", href=True):
        words = _letters(link)
        item = link.find_parent(_ITEMS)
        if words < _LONG or item is None or link.find_parent(_FRAME):
            continue
        selector = _selector(item)
        if str(link["href"]) not in groups[selector]:
            groups[selector][str(link["href"])] = item
            weights[selector] += min(words, 80)
    lists = {name: weights[name] for name, found in groups.items() if len(found) >= _FEWEST}
    if not lists:
        return None
    best = max(lists, key=lambda name: lists[name])
    return ListPage(item=best, date=_date(list(groups[best].values())))


def _letters(link: Tag) -> int:
    """How much a link says; a letter of Chinese, Japanese or Korean says more than one of Latin."""
    text = link.get_text(" ", strip=True)
    return len(text) + sum(letter >= "\u3040" for letter in text)


def _selector(item: Tag) -> str:
    """The item by its own class, else by that of what holds it."""
    if own := _class(item):
        return item.name + own
    holder = item.parent
    while holder is not None and holder.name not in ("body", "html", "[document]"):
        if name := _class(holder) or _id(holder):
            return f"{holder.name}{name} {item.name}"
        holder = holder.parent
    return item.name


def _class(element: Tag) -> str:
    classes: Any = element.get("class") or []
    return next((f".{name}" for name in classes if _NAME.fullmatch(name)), "")


def _id(element: Tag) -> str:
    name = str(element.get("id") or "")
    return f"#{name}" if _NAME.fullmatch(name) else ""


def _date(items: list[Tag]) -> str | None:
    """The selector of an element that most items have and that looks like a date."""
    found: dict[str, int] = defaultdict(int)
    for item in items:
        names = {
            "time" if element.name == "time" else f"{element.name}{_class(element)}"
            for element in item.find_all(True)
            if element.name == "time"
            or (_DATED.search(_class(element)) and _DATE.search(element.get_text(" ", strip=True)))
        }
        for name in names:
            found[name] += 1
    usual = [name for name, count in found.items() if count * 2 > len(items)]
    return min(usual, key=lambda name: (name != "time", -found[name], name), default=None)
