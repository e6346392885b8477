"""When things happen: polling, deciding, delivering, scheduling."""

import sys

if "rich" not in sys.modules:
    # structlog loads rich, where it is installed, for tracebacks in colour, which we do not write:
    # 4 MB in a service that goes on for months. For a None there, an import finds no rich.
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog  # noqa: F401

    del sys.modules["rich"]
