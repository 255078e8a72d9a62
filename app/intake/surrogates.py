"""Repairs lone surrogates before storing: JSON can carry them, UTF-8 cannot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from app.base.message import Incoming
from app.base.text import repair_surrogates


def repaired(items: Sequence[Incoming]) -> list[Incoming]:
    """The messages with surrogate pairs joined and lone surrogates replaced by U+FFFD."""
    try:
        "".join(chain.from_iterable(map(_texts, items))).encode()  # fast path: check all texts at once
    except UnicodeEncodeError:
        return [_repaired(item) for item in items]
    return list(items)


def _texts(item: Incoming) -> tuple[str, ...]:
    author = item.author
    names = tuple(file.name for file in item.attached) if item.attached else ()
    return (
        item.remote_id,
        item.text,
        author.key,
        author.handle,
        author.name,
        author.url,
        item.thread,
        item.parent,
        item.title,
        item.post_title,
        item.post_url,
        item.post_text,
        item.url,
        item.language,
        *item.refs,
        *names,
    )


def _repaired(item: Incoming) -> Incoming:
    try:
        "".join(_texts(item)).encode()
    except UnicodeEncodeError:
        mended: Incoming = _repaired_value(item)
        return mended
    return item


def _repaired_value(value: Any) -> Any:  # noqa: ANN401  any field of a message
    if isinstance(value, str):
        return repair_surrogates(value)
    if isinstance(value, tuple):
        parts = [_repaired_value(part) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value
