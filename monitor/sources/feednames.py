"""What the elements of feeds are called, in whatever namespace, and which field each one fills."""

from __future__ import annotations

# By the namespace without its scheme and its last "/" or "#": publishers vary both.
PREFIXES = {
    "www.w3.org/2005/atom": "atom:",
    "purl.org/atom/ns": "atom:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/elements/1.0": "dc:",
    "purl.org/dc/terms": "dct:",
    "purl.org/rss/1.0/modules/content": "content:",
    "purl.org/rss/1.0/modules/syndication": "sy:",
    "search.yahoo.com/mrss": "media:",
    "www.w3.org/1999/xhtml": "xhtml:",
    "www.google.com/schemas/sitemap-news/0.9": "news:",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "purl.org/net/rss1.1": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "rss:": "",
}
# Prefixes that mean the same whatever address somebody bound them to.
USUAL = {"dc", "content", "media", "atom", "news", "sy", "prism"}
# What is read of an item: each field with the elements that may hold it, best first.
_FIELDS = {
    "guid": ("guid", "id", "atom:id"),
    "identifier": ("dc:identifier",),
    "link": ("link", "atom:link"),
    "loc": ("loc",),
    "title": ("title", "news:title", "atom:title", "dc:title", "media:title"),
    "summary": ("description", "summary", "abstract", "atom:summary", "dc:description",
                "media:description", "news:keywords"),
    "content": ("content:encoded", "content", "xhtml:body", "xhtml:div", "atom:content",
                "fulltext", "body", "encoded"),
    "published": ("pubdate", "published", "issued", "atom:published", "atom:issued", "dc:date",
                  "dct:issued", "dct:created", "created", "date", "news:publication_date",
                  "prism:publicationdate"),
    "updated": ("updated", "modified", "atom:updated", "atom:modified", "dct:modified", "lastmod",
                "lastbuilddate"),
    "author": ("author", "dc:creator", "atom:author", "creator"),
    "origin": ("source", "atom:source", "dc:source"),
    "lang": ("language", "dc:language"),
    "news": ("news:news",),
    "media": ("media:group",),
}  # fmt: skip
PLACES = {
    name: (field, rank) for field, names in _FIELDS.items() for rank, name in enumerate(names)
}
NOWHERE = ("", 0)
