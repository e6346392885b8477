"""How a list page without a feed is read: which elements are its items and their parts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from monitor.config.strict import Strict


def _selector(text: str) -> str:
    """A CSS selector that can be read; ValueError says what is wrong with it."""
    import soupsieve  # beautifulsoup4's own engine; only a page needs it

    try:
        soupsieve.compile(text)
    except soupsieve.SelectorSyntaxError as error:
        cause = str(error).splitlines()[0].rstrip(":. ")
        raise ValueError(f"is no CSS selector: {cause}") from None
    return text


_SOME_DAY = datetime(2026, 11, 23, 9, 32, tzinfo=UTC)


def _date_format(text: str) -> str:
    try:
        datetime.strptime(_SOME_DAY.strftime(text), text)  # noqa: DTZ007 (only tried)
    except ValueError:
        text = ""
    if "%d" not in text:
        raise ValueError("is no format of a day; write it like %Y.%m.%d %H:%M")
    return text


Selector = Annotated[str, AfterValidator(_selector), Field(min_length=1, max_length=300)]


class ListPage(Strict):
    """CSS selectors. All but `item` look inside one item."""

    item: Selector = Field(description="CSS selector of one item of the list")
    link: Selector | None = Field(
        default=None, description="the item's link; else the item itself or the first link in it"
    )
    title: Selector | None = Field(default=None, description="its title; else the link's own text")
    date: Selector | None = Field(default=None, description="its date")
    summary: Selector | None = Field(default=None, description="its summary")
    date_format: Annotated[str, AfterValidator(_date_format)] | None = Field(
        default=None,
        min_length=2,
        max_length=60,
        description="how the date is written when it is not understood by itself, for example "
        "%d.%m. %H:%M; a missing year is the latest that fits",
    )
