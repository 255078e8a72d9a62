"""What tests of give-aways share: the sentence with which something is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.base.errors import UserError


def refused(call: Callable[..., object], *given: object) -> str:
    """The sentence of the UserError that a call raises."""
    with pytest.raises(UserError) as caught:
        call(*given)
    return str(caught.value)
