"""Which text of a template suits whom it is for and where it goes: by language, form of address, and room. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.base import language_names
from app.base.words import tr
from app.templates.rows import SHORT, Text
from app.templates.terms import FAMILIAR, FORMAL

SHORT_CHARS = 300
"""A short text has at most so many characters: what the smallest place allows."""
SHORT_PLACE = 500
"""A place that allows at most so many characters wants a short text."""


class Place(NamedTuple):
    """Where a text goes: the kind of channel, and how many characters it allows; None for any number."""

    kind: str = ""
    limit: int | None = None

    @property
    def is_short(self) -> bool:
        """Whether it wants a short text."""
        return self.limit is not None and self.limit <= SHORT_PLACE


_Times = Mapping[tuple[str, str], int]


def best(offered: Sequence[Text], form: str, place: Place, *turns: _Times) -> Text:
    """The text that suits best; of equal ones the one whose turn it is, by the times of its last uses.

    `form` is on which terms we are with whom it is for, "" if that is not known: then one that shows no terms, else a
    formal one. `offered` has at least one.
    """
    return min(
        offered,
        key=lambda one: (
            _off_terms(one.form, form),
            _off_place(one.channel, place),
            *(times.get((one.language, one.variant), 0) for times in turns),
            one.variant,
        ),
    )


def _off_terms(form: str, wanted: str) -> int:
    if form == wanted:
        return 0
    return {"": 1, FORMAL: 1 if not wanted else 2, FAMILIAR: 2}[form]


def _off_place(channel: str, place: Place) -> int:
    if channel and channel == place.kind:
        return 0
    wanted = SHORT if place.is_short else ""
    return 1 if channel == wanted else 2 if channel in ("", SHORT) else 3


def lacking(text: Text, form: str, place: Place) -> tuple[str, ...]:
    """What is missing for whom it is for, a sentence each: no text on their terms, none that is short enough."""
    name, said = language_names.name(text.language), list[str]()
    if form == FORMAL and text.form == FAMILIAR:
        msg = tr("There's no formal text in {language} yet: this one is familiar.").format(language=name)
        said.append(msg)
    elif form == FAMILIAR and text.form == FORMAL:
        msg = tr("There's no familiar text in {language} yet: this one is formal.").format(language=name)
        said.append(msg)
    if place.limit is not None and len(text.body) > place.limit:
        msg = tr("There's no short text in {language} yet: this one may be too long here.").format(language=name)
        said.append(msg)
    return tuple(said)
