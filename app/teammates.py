"""Teammates: who helps with which subjects, in which languages, and who stands in for them. They never log in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.base import clock
from app.base.errors import BugError, NameTakenError, NotFoundError, UserError
from app.base.text import fold, words
from app.base.words import tr
from app.store.sqlite import IntegrityError, Row
from app.store.store import Store

_MIN_STEM_LETTERS = 4  # letters that two words must share; a shorter subject must match exactly
_MAX_ENDING_LETTERS = 2  # letters at a subject's end that an inflected form may replace
_SUBJECT_POINTS, _LANGUAGE_POINTS = 10, 3


@dataclass(frozen=True, slots=True)
class Teammate:
    """One teammate. `away_from` and `away_until` are local dates (YYYY-MM-DD, both inclusive), "" if open."""

    id: int
    name: str
    team: str
    email: str
    languages: tuple[str, ...]
    subjects: tuple[str, ...]
    away_from: str
    away_until: str
    stand_in_id: int | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A teammate to hand a conversation to, with the reasons.

    `instead_of` is whom they stand in for (or None), `subjects` those found in the text, `speaks` whether they know the
    member's language.
    """

    teammate: Teammate
    instead_of: Teammate | None
    subjects: tuple[str, ...]
    speaks: bool
    away: bool = False


def is_away(teammate: Teammate, day: date) -> bool:
    """Whether they are away on that day; with no end date, until further notice."""
    if not (teammate.away_from or teammate.away_until):
        return False
    today = day.isoformat()
    return (teammate.away_from or today) <= today <= (teammate.away_until or today)


def serving(teammate: Teammate, everyone: Mapping[int, Teammate], day: date) -> Teammate:
    """Who takes their work that day: themselves, or the first available stand-in along the chain.

    If everybody along it is away (or it loops), or the one found has left, it is the teammate themselves.
    """
    seen: set[int] = set()
    available = teammate
    while is_away(available, day) and available.id not in seen:
        seen.add(available.id)
        available = everyone.get(available.stand_in_id or 0, available)
    return teammate if is_away(available, day) or available.archived else available


def likeliest(everyone: Sequence[Teammate], text: str, language: str, day: date) -> list[Suggestion]:
    """All teammates, best match first: subjects found in the text weigh most, then the member's language.

    Someone away is replaced by their stand-in; without one they come last, with `away` set.
    """
    folded = words(text)
    by_id = {teammate.id: teammate for teammate in everyone}
    ranked: list[tuple[int, Suggestion]] = []
    for asked in everyone:
        if asked.archived:
            continue
        there = serving(asked, by_id, day)
        subjects = tuple(subject for subject in asked.subjects if speaks_of(folded, subject))
        speaks = bool(language) and language in there.languages
        away = is_away(there, day)
        points = _SUBJECT_POINTS * len(subjects) + _LANGUAGE_POINTS * speaks - 100 * away
        ranked.append((points, Suggestion(there, asked if there.id != asked.id else None, subjects, speaks, away)))
    ranked.sort(key=lambda pair: (-pair[0], pair[1].instead_of is not None, fold(pair[1].teammate.name)))
    return _first_per_teammate(suggestion for _, suggestion in ranked)


def _first_per_teammate(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Keep the first suggestion of each teammate: one who also stands in for others is offered once."""
    best: dict[int, Suggestion] = {}
    for suggestion in suggestions:
        best.setdefault(suggestion.teammate.id, suggestion)
    return list(best.values())


def speaks_of(text_words: Sequence[str], subject: str) -> bool:
    """Whether the folded words contain all words of the subject, allowing inflection (`dobozok` matches `doboz`)."""
    wanted = words(subject)
    return bool(wanted) and all(any(_is_inflection_of(word, stem) for word in text_words) for stem in wanted)


def _is_inflection_of(word: str, wanted: str) -> bool:
    if len(wanted) < _MIN_STEM_LETTERS:
        return word == wanted
    return word.startswith(wanted[: max(_MIN_STEM_LETTERS, len(wanted) - _MAX_ENDING_LETTERS)])


_COLUMNS = "id, name, team, email, languages, subjects, away_from, away_until, stand_in_id, archived"
EDITABLE = ("name", "team", "email", "languages", "subjects", "away_from", "away_until", "stand_in_id")


class Teammates:
    """The `teammate` table."""

    def __init__(self, store: Store) -> None:
        """Every change is one undoable action."""
        self._store = store

    def all(self, *, archived: bool = False) -> list[Teammate]:
        """Teammates by name; `archived` includes those who have left."""
        rows = self._store.read.execute(f"SELECT {_COLUMNS} FROM teammate WHERE archived <= ?", (int(archived),))
        return sorted(map(_teammate, rows), key=lambda teammate: fold(teammate.name))

    def get(self, number: int) -> Teammate:
        """The teammate with this id. Raises NotFoundError if there is none."""
        row = self._store.read.execute(f"SELECT {_COLUMNS} FROM teammate WHERE id = ?", (number,)).fetchone()
        if row is None:
            msg = tr("That teammate no longer exists.")
            raise NotFoundError(msg)
        return _teammate(row)

    def named(self, typed: str) -> Teammate:
        """Look up a teammate by name or address, else by an unambiguous prefix of name, team or address.

        Raises NotFoundError if none or several match.
        """
        everyone, asked = self.all(), fold(typed).strip()
        exact = [teammate for teammate in everyone if asked in (fold(teammate.name), fold(teammate.email))]
        begun = [teammate for teammate in everyone if asked and _matches_prefix(teammate, asked)]
        matches = exact or begun
        if len(matches) == 1:
            return matches[0]
        names = ", ".join(teammate.name for teammate in matches or everyone) or tr("(no teammates yet)")
        sentence = tr("There's no teammate “{typed}”: choose from {names}.")
        if matches:
            sentence = tr("“{typed}” fits several teammates: choose from {names}.")
        raise NotFoundError(sentence.format(typed=typed, names=names))

    def serving(self, number: int, day: date | None = None) -> Teammate:
        """Who takes this teammate's work on `day`, default today. Raises NotFoundError if the teammate is gone."""
        everyone = {teammate.id: teammate for teammate in self.all()}
        return serving(self.get(number), everyone, day or _today())

    def add(self, name: str, **values: object) -> int:
        """Add a teammate with fields of EDITABLE; returns the id. Raises UserError if the name is empty or taken."""
        given = _validated({"name": name, **values})
        try:
            with self._store.write(tr("New teammate: {name}").format(name=given["name"])) as conn:
                made = conn.execute(
                    f"INSERT INTO teammate ({', '.join(given)}) VALUES ({', '.join('?' * len(given))})",
                    tuple(given.values()),
                )
                return int(made.lastrowid or 0)
        except IntegrityError as why:
            raise _name_taken(name) from why

    def edit(self, number: int, values: Mapping[str, Any]) -> None:
        """Change any fields of EDITABLE.

        Raises UserError if the name is empty or taken, a date is invalid, or they would stand in for themselves.
        """
        given, name = _validated(values), self.get(number).name
        if given.get("stand_in_id") == number:
            msg = tr("{name} can't stand in for {name}. Choose someone else.").format(name=name)
            raise UserError(msg)
        try:
            with self._store.write(tr("Changed teammate: {name}").format(name=name)) as conn:
                settings = ", ".join(f"{key} = ?" for key in given)
                conn.execute(f"UPDATE teammate SET {settings} WHERE id = ?", (*given.values(), number))
        except IntegrityError as why:
            raise _name_taken(str(given.get("name", name))) from why

    def archive(self, number: int) -> None:
        """Mark them as having left: no longer suggested, but their hand-offs stay."""
        with self._store.write(tr("Teammate left: {name}").format(name=self.get(number).name)) as conn:
            conn.execute("UPDATE teammate SET archived = 1 WHERE id = ?", (number,))


def _teammate(row: Row) -> Teammate:
    number, name, team, email, languages, subjects, begins, ends, instead, archived = row
    return Teammate(
        number,
        name,
        team,
        email,
        tuple(languages.replace(",", " ").split()),
        tuple(line.strip() for line in subjects.splitlines() if line.strip()),
        begins or "",
        ends or "",
        instead,
        bool(archived),
    )


def _matches_prefix(teammate: Teammate, asked: str) -> bool:
    names = (fold(teammate.name), *words(teammate.name), fold(teammate.team), fold(teammate.email))
    return any(name.startswith(asked) for name in names if name)


def _validated(values: Mapping[str, Any]) -> dict[str, Any]:
    """Convert values to what the columns hold: languages space-separated, subjects one a line, dates ISO or NULL.

    Raises UserError if the name is empty or a date is invalid, BugError for a field outside EDITABLE.
    """
    given: dict[str, Any] = dict(values)
    if not given.keys() <= set(EDITABLE):
        raise BugError(sorted(given.keys() - set(EDITABLE)))
    for key, value in given.items():
        if isinstance(value, str):
            given[key] = value.strip()
        elif isinstance(value, Iterable):
            given[key] = (" " if key == "languages" else "\n").join(str(part).strip() for part in value)
        if key in ("away_from", "away_until"):
            given[key] = clock.day(str(value or ""))
    if not given.get("name", "x"):
        msg = tr("A teammate needs a name.")
        raise UserError(msg)
    return given


def _name_taken(name: str) -> UserError:
    return NameTakenError(tr("There's already a teammate called {name}.").format(name=name))


def _today() -> date:
    return clock.local(clock.now()).date()
