from __future__ import annotations

import os
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
    """Let a test that is marked `unmeasured`, and what it starts, run without coverage's tracer.

    `no_cover` of pytest-cov does not: in a worker of xdist it stops one tracer of two.
    """
    if item.get_closest_marker("unmeasured") is None:
        return (yield)
    here, elsewhere = sys.gettrace(), threading.gettrace()
    told = {name: os.environ.pop(name) for name in [*os.environ] if name.startswith("COVERAGE_")}
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        threading.settrace(elsewhere)
        sys.settrace(here)
        os.environ.update(told)
