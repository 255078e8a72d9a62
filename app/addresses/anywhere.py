"""Where an address stands in any text, whatever its case, accents, signs and line breaks. Pure."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from app.base.text import fold

_WORD = re.compile(r"\w+")
_LEAST = 5
"""A line with fewer letters and digits is not looked for by itself."""


class Address(NamedTuple):
    """What is looked for: the lines of a street, the postal code, the town, and the name and country around them."""

    lines: tuple[str, ...]
    postal_code: str
    city: str
    around: tuple[str, ...] = ()

    @property
    def street(self) -> tuple[str, ...]:
        """What finds it anywhere."""
        return tuple(bare for line in self.lines if len(bare := _bare(line)) >= _LEAST)

    @property
    def town(self) -> tuple[str, ...]:
        """What is taken out only where the street stands too, or in the member's own conversations."""
        code, city = _bare(self.postal_code), _bare(self.city)
        return tuple(part for part in (code + city, city + code) if code and city)

    @property
    def digits(self) -> str:
        """The longest number in the street, by which rows are found that may hold it; "" if it has none."""
        return max(re.findall(r"[0-9]+", " ".join(self.lines[:1])), key=len, default="")


def holds(text: str, address: Address) -> bool:
    """Whether the street stands in a text."""
    return bool(_spans(text, address.street))


def without(text: str, address: Address, notice: str, *, close: bool = False) -> str:
    """The text with `notice` in place of the address; the text itself if that is not in it.

    The town is taken out where the street stands too; with `close` also by itself.
    """
    spans = _spans(text, address.street)
    if spans:
        spans += _spans(text, (*address.town, _bare(address.postal_code)))
    elif close:
        spans = _spans(text, address.town)
    if not spans:
        return text
    beside = _spans(text, tuple(map(_bare, address.around)))
    for begin, end in reversed(_run_together(text, sorted({*spans, *beside}))):
        if any(begin <= each[0] and each[1] <= end for each in spans):
            text = f"{text[:begin]}{notice}{text[end:]}"
    return text


def without_in_json(packed: str, address: Address, notice: str, *, close: bool = False) -> str:
    """The same for JSON: in each of its texts, where the street is in any of them or it is `close`."""
    try:
        value = json.loads(packed)
    except ValueError:
        return without(packed, address, notice, close=close)
    if not close and not any(holds(text, address) for text in _texts(value)):
        return packed
    cleaned = _cleaned(value, address, notice)
    return packed if cleaned == value else json.dumps(cleaned, ensure_ascii=False)


def _texts(value: Any) -> list[str]:  # noqa: ANN401  any JSON
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []


def _cleaned(value: Any, address: Address, notice: str) -> Any:  # noqa: ANN401  any JSON
    if isinstance(value, str):
        inner = value.lstrip()[:1] in ("{", "[")
        cleaned = without_in_json(value, address, notice) if inner else value
        if cleaned != value:
            return cleaned
        bare = _bare(value)
        if bare and bare in (_bare(address.postal_code), *map(_bare, address.lines)):
            return ""  # a cell of its own
        return without(value, address, notice, close=True)
    if isinstance(value, dict):
        return {name: _cleaned(one, address, notice) for name, one in value.items()}
    return [_cleaned(one, address, notice) for one in value] if isinstance(value, list) else value


def _bare(text: str) -> str:
    return "".join(fold(hit[0]) for hit in _WORD.finditer(text))


def _spans(text: str, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where any of the wanted stands in the text, as whole words."""
    wanted = tuple(filter(None, wanted))
    if not wanted or not text:
        return []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    parts: list[str] = []
    length = 0
    for hit in _WORD.finditer(text):
        starts[length] = hit.start()
        parts.append(fold(hit[0]))
        length += len(parts[-1])
        ends[length] = hit.end()
    joined, spans = "".join(parts), []
    for one in wanted:
        at = joined.find(one)
        while at >= 0:
            if at in starts and at + len(one) in ends:
                spans.append((starts[at], ends[at + len(one)]))
            at = joined.find(one, at + 1)
    return spans


def _run_together(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap, or have only signs between them, are one."""
    made: list[tuple[int, int]] = []
    for begin, end in spans:
        if made and (begin <= made[-1][1] or not _WORD.search(text[made[-1][1] : begin])):
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((begin, end))
    return made
