"""A guess at a list page's selectors, tried on pages as sites write them."""

from __future__ import annotations

import pytest

from monitor.sources.guess import guess_page


def page(*items: str, frame: str = "{}") -> bytes:
    menu = "<nav><li><a href='/a'>A menu entry that is long too</a></li></nav>"
    return f"<html><body>{menu}{frame.format(''.join(items))}</body></html>".encode()


def rows(form: str, count: int = 6) -> list[str]:
    return [form.format(n=n) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("body", "item", "date"),
    [
        (page(*rows("<li class='x news'><a href='/{n}'>A headline of the day {n}</a></li>")),
         "li.x", None),
        (page(*rows("<tr><td><a href='/{n}'>북측, 연락사무소 철수 통보 {n}</a></td>"
                    "<td class=reg_date>2019.03.2{n}</td></tr>"),
              frame="<table class=board>{}</table>"), "table.board tr", "td.reg_date"),
        (page(*rows("<div><h3><a href='/{n}'>A headline of the day {n}</a></h3>"
                    "<time datetime='2019-03-22'>now</time></div>"), frame="<main id=m>{}</main>"),
         "main#m div", "time"),
        (page(*rows("<li><a href='/{n}'>A headline of the day {n}</a></li>")), "li", None),
        (page(*rows("<article class='1'><a href='/{n}'>A headline of the day {n}</a></article>")),
         "article", None),
    ],
    ids=["own class", "table", "id of the holder", "no class at all", "a class that is no name"],
)  # fmt: skip
def test_the_list_of_headlines_is_found(body: bytes, item: str, date: str | None) -> None:
    found = guess_page(body, None, None)
    assert found is not None
    assert (found.item, found.date) == (item, date)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Hello</body></html>",
        page(*rows("<li><a href='/{n}'>More</a></li>")),
        page(*rows("<li><a href='/{n}'>A headline of the day</a></li>", 3)),
        page(*rows("<li><a href='/same'>A headline of the day {n}</a></li>")),
    ],
    ids=["no links", "short words", "too few", "one address"],
)
def test_what_is_no_list_is_not_guessed(body: bytes) -> None:
    assert guess_page(body, None, None) is None
