"""What a page lists, and what it would print: both go out as they are on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Listed(NamedTuple):
    """The rows of a page's list: their kind (one of `app.export.LISTED`), their ids from the top, and its title.

    `numbers` is called when they are asked for: a long list has not read all of its rows yet.
    """

    kind: str
    numbers: Callable[[], Sequence[int]]
    title: str
