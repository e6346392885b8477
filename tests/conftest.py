from __future__ import annotations

import pytest

from tests.documents import remember_documents


@pytest.fixture(scope="session", autouse=True)
def _a_document_is_read_once() -> None:
    remember_documents()
