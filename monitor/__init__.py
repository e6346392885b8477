"""Liaison Monitor: polls news feeds, detects what is new about a topic, and pushes alerts."""

import sys

__version__ = "0.1.0"

# httpx loads its own command line, with rich, pygments and click, where these are installed. It
# does without where that cannot be imported.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
