"""LeadPro's operations to call without HTTP."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def leadpro(desk_of: Callable[[str], Any]) -> Any:
    return desk_of("leadpro")
