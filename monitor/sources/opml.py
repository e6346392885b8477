"""Lists of feeds as OPML, the form in which feed readers exchange them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from monitor.config.settings import Source
from monitor.errors import ParseError
from monitor.sources.clean import begins, plain
from monitor.sources.decode import decode
from monitor.sources.repair import repair, root_tag

MAX_OUTLINES = 5_000
_READ = frozenset({"xmlurl", "title", "text", "language"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One feed of a list."""

    url: str
    title: str = ""
    lang: str | None = None


def read_opml(body: bytes) -> tuple[Listed, ...]:
    """The feeds of an OPML document, each address once. Raises ParseError for anything else."""
    text = decode(body).text
    root = root_tag(text)
    if root is None or root[1].lower() != "opml":
        raise ParseError(f"is no OPML list; it begins: {begins(text)}")
    data = repair(text[root.start() :]).encode("utf-8", "replace")
    parser = etree.XMLParser(
        recover=True, no_network=True, load_dtd=False, resolve_entities=False, encoding="utf-8"
    )
    tree = etree.fromstring(data, parser)
    found: dict[str, Listed] = {}
    for outline in tree.iter("{*}outline", "{*}OUTLINE") if tree is not None else ():
        told = _attributes(outline)
        title = told.get("title") or told.get("text") or ""
        url = _address(told.get("xmlurl", ""))
        if url and len(found) < MAX_OUTLINES:
            found.setdefault(url, Listed(url, title, told.get("language") or None))
    return tuple(found.values())


def _address(url: str) -> str:
    """The address behind the schemes that old readers registered: feed://host, feed:https://host."""
    if url.startswith("feed:"):
        rest = url.removeprefix("feed:")
        return f"http:{rest}" if rest.startswith("//") else rest
    return url


def _attributes(outline: Any) -> dict[str, str]:
    """Those that are read, by their small names.

    Only their values are looked up: lxml seeks each by its name, which for all of 100,000
    attributes takes minutes.
    """
    names = [str(name) for name in outline.keys()]  # noqa: SIM118
    return {name.lower(): plain(outline.get(name)) for name in names if name.lower() in _READ}


def write_opml(sources: Iterable[Source], title: str) -> str:
    """The feeds among the sources as OPML 2.0, in the order given, without their auth.

    Pages read by selectors are left out: no other reader could read them.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        if source.page is not None:
            continue
        outline = etree.SubElement(
            body, "outline", type="rss", text=source.outlet, title=source.outlet, xmlUrl=source.url
        )
        if source.lang:
            outline.set("language", source.lang)
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text.decode()
