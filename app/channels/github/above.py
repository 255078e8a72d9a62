"""The opening post of a discussion. Its pictures are only for browsers that are logged in, so none is fetched."""

from __future__ import annotations

from app.channels.base import Above, PostAbove
from app.channels.github.asking import Asking, Missing
from app.channels.github.queries import OPENING
from app.channels.github.words import words_of
from app.channels.http.parts import as_dict


def post_above(asking: Asking, above: Above) -> PostAbove | None:
    """Fetch the opening post of a discussion by its id; None if it is not there."""
    try:
        about = as_dict(asking.ask(OPENING, id=above.thread).get("node"))
    except Missing:
        return None
    if not about:
        return None
    url = str(about.get("url") or above.url)
    return PostAbove(str(about.get("title") or ""), words_of(str(about.get("body") or "")), url)
