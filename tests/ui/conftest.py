"""What the tests of the pages share."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from onlineready.ui.state import scaffold
from tests import pages


@pytest.fixture(scope="package", autouse=True)
def no_pauses() -> Iterator[None]:
    """Let no page wait for a browser: there is none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scaffold, "let_through", lambda *_: None)
        yield


@pytest.fixture
def dashboard() -> AppTest:
    """Page 1 with the sample plan, in a session of its own."""
    return pages.opened()
