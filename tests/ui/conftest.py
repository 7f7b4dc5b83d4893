"""What the tests of the pages share."""

import pytest
from streamlit.testing.v1 import AppTest

from tests import pages


@pytest.fixture
def dashboard() -> AppTest:
    """Page 1 with the sample plan, in a session of its own."""
    return pages.opened()
