"""A web page with a list of articles, read by the CSS selectors of its source.

An item is recognised by its link: pages have no ids. When a selector fits nothing, the page has
changed, and that is the source's trouble and not silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bs4 import BeautifulSoup, Tag

from monitor.config.listpage import ListPage
from monitor.errors import ParseError
from monitor.models import ParsedFeed
from monitor.sources.clean import begins, text_of
from monitor.sources.dates import zone_of
from monitor.sources.decode import decode, gunzip
from monitor.sources.entries import Context, Raw, RawFeed, entry_of, language
from monitor.sources.lenient import in_worker

FORMAT = "page"
MAX_LIST = 1_000  # items of one page
# The date in "등록일 : 2026-11-26 조회 120": boards put words and counts around it.
_AMONG_WORDS = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s*[-./년年]\s*\d{1,2}\s*[-./월月]\s*\d{1,2}(?!\d)(?:\s*[일日])?"
    r"(?:\.?[\sT]+(?:[오전후午前]{2}\s*)?\d{1,2}:\d\d(?::\d\d)?)?"
)


def parse_page(
    body: bytes,
    page: ListPage,
    *,
    content_type: str | None = None,
    url: str | None = None,
    lang: str | None = None,
    zone: str | None = None,
    now: datetime | None = None,
    max_bytes: int,
) -> ParsedFeed:
    """The items of a list page, in its order; the arguments are those of `parse.parse`.

    Raises ParseError naming the selector that fits nothing. Read in a worker: what a selector
    costs depends on the page. Blocks; call it in a thread.
    """
    decoded = decode(gunzip(body, max_bytes), content_type, lang)
    beginning = begins(decoded.text)
    feed, warnings = in_worker(read_list, decoded.text, page, now, beginning=beginning)
    context = Context(url, zone_of(zone), now)
    entries = [entry_of(raw, context) for raw in feed.items]
    usable = tuple(entry for entry in entries if entry.link and entry.title)
    if not usable:
        raise ParseError(
            f"none of the {len(entries)} items that fit page.item has a link and a title "
            f"({_named(page, 'link')}, {_named(page, 'title')}): the page has changed, or the "
            "selectors are wrong"
        )
    if left := len(entries) - len(usable):
        warnings = [*warnings, f"{left} items without a link or a title are left out"]
    return ParsedFeed(
        format=FORMAT,
        title=text_of(feed.title) or None,
        entries=usable,
        warnings=(*decoded.warnings, *warnings, *context.warnings()),
        lang=language(feed.lang),
    )


def read_list(text: str, page: ListPage, now: datetime | None) -> tuple[RawFeed, list[str]]:
    """The items as written, with warnings. Raises ParseError when no item is there."""
    soup = BeautifulSoup(text, "lxml")  # never html.parser: fault A18
    items = soup.select(page.item, limit=MAX_LIST + 1)
    if not items:
        raise ParseError(
            f"nothing fits page.item '{page.item}': the page has changed, or the selector is "
            f"wrong; it begins: {begins(text)}"
        )
    base = soup.select_one("base[href]")
    bases = (str(base["href"]),) if base else ()
    raws = [_raw(item, page, bases, now) for item in items[:MAX_LIST]]
    lang = soup.html.get("lang") if soup.html else None
    title = soup.title.get_text() if soup.title else ""
    return RawFeed(FORMAT, title, str(lang) if lang else None, raws), list(_unfit(raws, page))


def _unfit(raws: list[Raw], page: ListPage) -> Iterable[str]:
    """Selectors that were written and fit nothing in any item."""
    for name, found in (
        ("date", any(raw.published for raw in raws)),
        ("summary", any(raw.summary for raw in raws)),
    ):
        if getattr(page, name) and not found:
            yield f"{_named(page, name)} fits nothing in any item: the page has changed"
    if len(raws) == MAX_LIST:
        yield f"only the first {MAX_LIST} items are read"


def _named(page: ListPage, name: str) -> str:
    selector = getattr(page, name)
    return f"page.{name} '{selector}'" if selector else f"page.{name} left out"


def _raw(item: Tag, page: ListPage, bases: tuple[str, ...], now: datetime | None) -> Raw:
    link = _link(item, page)
    title = item.select_one(page.title) if page.title else link
    summary = item.select_one(page.summary) if page.summary else None
    date = _date(item.select_one(page.date), page, now) if page.date else ""
    among = _AMONG_WORDS.search(date)
    return Raw(
        link=str(link["href"]) if link else None,
        bases=bases,
        title=_text(title) or (str(title.get("title") or "") if title else ""),
        summary=_text(summary),
        published=[date, among[0]] if among else [date] if date else [],
        lang=str(item["lang"]) if item.get("lang") else None,
    )


def _link(item: Tag, page: ListPage) -> Tag | None:
    """The element with the item's address; one around the link's words counts as the link."""
    found = item.select_one(page.link) if page.link else item
    if found is None or found.get("href"):
        return found
    return found.select_one("a[href]") or found.find_parent("a", href=True)


def _text(element: Tag | None) -> str:
    return element.get_text(" ", strip=True) if element else ""


def _date(element: Tag | None, page: ListPage, now: datetime | None) -> str:
    """The date as written, or in ISO form where the source says how it is written."""
    if element is None:
        return ""
    text = str(element.get("datetime") or "") or element.get_text(" ", strip=True)
    return _formatted(text, page.date_format, now) if page.date_format else text


def _formatted(text: str, form: str, now: datetime | None) -> str:
    """A date by its format; the text itself when it does not fit, so that it is told."""
    if "%y" in form.lower() or now is None:
        years = [""]
    else:  # without a year: the latest that is not in the future; 29 February needs a leap year
        years = [f"{now.year - back} " for back in range(-1, 8)]
    for year in years:
        try:
            # Without an offset it is in the source's zone, which is applied to all dates alike.
            found = datetime.strptime(year + text, ("%Y " if year else "") + form)  # noqa: DTZ007
        except ValueError:
            continue
        if not year or now is None or found.replace(tzinfo=UTC) <= now + timedelta(days=1):
            return found.isoformat()
    return text
