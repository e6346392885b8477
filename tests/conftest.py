from __future__ import annotations

import sys
import threading
from collections.abc import Generator

import pytest

from tests.documents import remember_documents


@pytest.fixture(scope="session", autouse=True)
def _a_document_is_read_once() -> None:
    remember_documents()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test that is marked `unmeasured` run without the tracer of coverage.

    `no_cover` of pytest-cov does not: in a worker of xdist it stops one tracer of two.
    """
    if item.get_closest_marker("unmeasured") is None:
        return (yield)
    here, elsewhere = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        threading.settrace(elsewhere)
        sys.settrace(here)
