"""Teammates: who helps with which subjects, in which languages, and who stands in for them. They never log in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.base import clock, language_names
from app.base.errors import BugError, NameTakenError, NotFoundError, UserError
from app.base.subject_words import called
from app.base.text import fold, preview, words
from app.base.words import N_, tr
from app.store.sqlite import IntegrityError, Row
from app.store.store import Store

_MIN_STEM_LETTERS = 4  # letters that two words must share; a shorter subject must match exactly
_MAX_ENDING_LETTERS = 2  # letters at a subject's end that an inflected form may replace
_SUBJECT_POINTS, _POST_POINTS, _LANGUAGE_POINTS = 10, 5, 3


@dataclass(frozen=True, slots=True)
class Teammate:
    """One teammate. `away_from` and `away_until` are local dates (YYYY-MM-DD, both inclusive), "" if open.

    `file_columns` are the columns of FILE_COLUMNS that their file has, () for all; the separator is one of SEPARATORS,
    the format one of FORMATS.
    """

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
    role: str = ""
    note: str = ""
    file_columns: tuple[str, ...] = ()
    file_separator: str = ","
    file_format: str = "csv"


@dataclass(frozen=True, slots=True)
class Thanks:
    """A word of thanks to a teammate: when (Unix seconds), what was said, and the hand-off that it was for, if any."""

    id: int
    teammate_id: int
    handoff_id: int | None
    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A teammate to hand a conversation to, with the reasons.

    `instead_of` is whom they stand in for (or None), `subjects` those found in the text, `speaks` whether they know the
    member's language, `owns` the account or subject that they answer for.
    """

    teammate: Teammate
    instead_of: Teammate | None
    subjects: tuple[str, ...]
    speaks: bool
    away: bool = False
    owns: str = ""


def is_away(teammate: Teammate, day: date) -> bool:
    """Whether they are away on that day; with no end date, until further notice."""
    if not (teammate.away_from or teammate.away_until):
        return False
    today = day.isoformat()
    return (teammate.away_from or today) <= today <= (teammate.away_until or today)


def serving(teammate: Teammate, everyone: Mapping[int, Teammate], day: date) -> Teammate:
    """Who takes their work that day: themselves, or the first available stand-in along the chain.

    If everybody along it is away (also in a ring: two may stand in for each other), or the one found has left, it is
    the teammate themselves.
    """
    seen: set[int] = set()
    available = teammate
    while is_away(available, day) and available.id not in seen:
        seen.add(available.id)
        available = everyone.get(available.stand_in_id or 0, available)
    return teammate if is_away(available, day) or available.archived else available


def absence(teammate: Teammate, everyone: Mapping[int, Teammate], today: date, day: Callable[[str], str] = str) -> str:
    """When somebody is away, now or later, and who takes their work: "away until 2026-12-07, Petra stands in".

    "" if they are not; `day` writes an ISO date. Of one to come both days are told, and who is there on its first.
    """
    first, last, coming = teammate.away_from, teammate.away_until, teammate.away_from > today.isoformat()
    if not (coming or is_away(teammate, today)):
        return ""
    words = tr("away {first} to {last}") if coming and last else tr("away until {last}")
    words = (words if last else tr("away from {first}")).format(first=day(first), last=day(last))
    if teammate.stand_in_id is None:
        return words
    there = serving(teammate, everyone, date.fromisoformat(first) if coming else today)
    nobody = tr("{away}, with no stand-in at first") if coming else tr("{away}, with no stand-in today")
    return (nobody if there.id == teammate.id else tr("{away}, {name} stands in")).format(away=words, name=there.name)


def likeliest(everyone: Sequence[Teammate], text: str, language: str, day: date, under: str = "") -> list[Suggestion]:
    """All teammates, best match first: subjects found in the text weigh most, then the member's language.

    `under` is the post that the text stands under: a subject that only its title names weighs less, but more than the
    language. Subjects are known by their words in the member's language too (`app.base.subject_words`). Someone away is
    replaced by their stand-in; without one they come last, with `away` set.
    """
    folded, post = words(text), words(under)
    by_id = {teammate.id: teammate for teammate in everyone}
    ranked: list[tuple[int, Suggestion]] = []
    for asked in everyone:
        if asked.archived:
            continue
        there = serving(asked, by_id, day)
        said = [subject for subject in asked.subjects if _is_named(folded, subject, language)]
        titled = [subject for subject in asked.subjects if subject not in said and _is_named(post, subject, language)]
        speaks = bool(language) and language in there.languages
        away = is_away(there, day)
        points = _SUBJECT_POINTS * len(said) + _POST_POINTS * len(titled) + _LANGUAGE_POINTS * speaks - 100 * away
        instead = asked if there.id != asked.id else None
        ranked.append((points, Suggestion(there, instead, (*said, *titled), speaks, away)))
    ranked.sort(key=lambda pair: (-pair[0], pair[1].instead_of is not None, fold(pair[1].teammate.name)))
    return _first_per_teammate(suggestion for _, suggestion in ranked)


def _first_per_teammate(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Keep the first suggestion of each teammate: one who also stands in for others is offered once."""
    best: dict[int, Suggestion] = {}
    for suggestion in suggestions:
        best.setdefault(suggestion.teammate.id, suggestion)
    return list(best.values())


def _is_named(text_words: Sequence[str], subject: str, language: str) -> bool:
    return bool(text_words) and any(speaks_of(text_words, name) for name in called(subject, language))


def speaks_of(text_words: Sequence[str], subject: str) -> bool:
    """Whether the folded words contain all words of the subject, allowing inflection (`dobozok` matches `doboz`)."""
    wanted = words(subject)
    return bool(wanted) and all(any(_is_inflection_of(word, stem) for word in text_words) for stem in wanted)


def _is_inflection_of(word: str, wanted: str) -> bool:
    if len(wanted) < _MIN_STEM_LETTERS:
        return word == wanted
    return word.startswith(wanted[: max(_MIN_STEM_LETTERS, len(wanted) - _MAX_ENDING_LETTERS)])


_COLUMNS = (
    "id, name, team, email, languages, subjects, away_from, away_until, stand_in_id, archived, role, note,"
    " file_columns, file_separator, file_format"
)
EDITABLE = (
    "name", "team", "email", "languages", "subjects", "away_from", "away_until", "stand_in_id", "role", "note",
    "file_columns", "file_separator", "file_format",
)  # fmt: skip
FILE_COLUMNS = (
    "kind", "priority", "opened", "needed_by", "channel", "link", "member", "language", "message", "context",
)  # fmt: skip
"""The columns that a teammate's file can do without; the ids, the request, and what they fill in are always there."""
SEPARATORS = {",": N_("Comma"), ";": N_("Semicolon"), "\t": N_("Tab")}
FORMATS = {"csv": "CSV", "xlsx": "Excel (.xlsx)"}


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

    def named(self, typed: str, *, archived: bool = False) -> Teammate:
        """Look up a teammate by name or address, else by an unambiguous prefix of name, team or address.

        `archived` includes those who have left. Raises NotFoundError if none or several match.
        """
        everyone, asked = self.all(archived=archived), fold(typed).strip()
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
        _check_order(given.get("away_from"), given.get("away_until"))
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

        Raises UserError for a name empty or taken, an invalid date, days in the wrong order, or oneself as stand-in.
        """
        given, before = _validated(values), self.get(number)
        name = before.name
        _check_order(given.get("away_from", before.away_from), given.get("away_until", before.away_until))
        if given.get("stand_in_id") == number:
            raise UserError(tr("{name} can't stand in for {name}. Choose someone else.").format(name=name))
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

    def bring_back(self, number: int) -> None:
        """Have somebody who had left help again, with everything that is known of them."""
        with self._store.write(tr("Teammate is back: {name}").format(name=self.get(number).name)) as conn:
            conn.execute("UPDATE teammate SET archived = 0 WHERE id = ?", (number,))

    def thank(self, number: int, words: str, handoff_id: int | None = None, *, at: int | None = None) -> int:
        """Keep a word of thanks, said now or at `at` (Unix seconds); returns its id. Raises UserError without words."""
        name = self.get(number).name
        if not words.strip():
            msg = tr("Say what you thank {name} for.").format(name=name)
            raise UserError(msg)
        with self._store.write(
            tr("Thanked {name}: {words}").format(name=name, words=preview(words.strip(), 60))
        ) as conn:
            made = conn.execute(
                "INSERT INTO teammate_thanks (teammate_id, handoff_id, at, words) VALUES (?, ?, ?, ?)",
                (number, handoff_id, clock.now() if at is None else at, words.strip()),
            )
            return int(made.lastrowid or 0)

    def thanks(self, number: int) -> list[Thanks]:
        """What a teammate was thanked for, the latest first."""
        rows = self._store.read.execute(
            "SELECT id, teammate_id, handoff_id, at, words FROM teammate_thanks WHERE teammate_id = ?"
            " ORDER BY at DESC, id DESC",
            (number,),
        )
        return [Thanks(*row) for row in rows]


def _teammate(row: Row) -> Teammate:
    number, name, team, email, languages, subjects, begins, ends, instead, archived, *file = row
    role, note, columns, separator, kind = file
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
        role,
        note,
        tuple(json.loads(columns)) if columns else (),
        separator,
        kind,
    )


def _matches_prefix(teammate: Teammate, asked: str) -> bool:
    names = (fold(teammate.name), *words(teammate.name), fold(teammate.team), fold(teammate.email))
    return any(name.startswith(asked) for name in names if name)


def _validated(values: Mapping[str, Any]) -> dict[str, Any]:
    """Convert values to what the columns hold: languages space-separated, subjects one a line, dates ISO or NULL.

    Raises UserError if the name is empty, a date is invalid, a language, column, separator or format unknown, BugError
    for a field outside EDITABLE.
    """
    given: dict[str, Any] = dict(values)
    if not given.keys() <= set(EDITABLE):
        raise BugError(sorted(given.keys() - set(EDITABLE)))
    for key, value in given.items():
        if key in _CHECKED:
            given[key] = _CHECKED[key](value)
        elif isinstance(value, str):
            given[key] = value.strip()
        elif isinstance(value, Iterable):
            given[key] = "\n".join(str(part).strip() for part in value)
        if key in ("away_from", "away_until"):
            given[key] = clock.day(str(value or ""))
    if not given.get("name", "x"):
        msg = tr("A teammate needs a name.")
        raise UserError(msg)
    return given


def _check_order(away_from: str | None, away_until: str | None) -> None:
    """Raise UserError if the last day away is before the first: they would never be away."""
    if away_from and away_until and away_until < away_from:
        msg = tr("The last day away, {last}, is before the first, {first}. Change one of them.")
        raise UserError(msg.format(last=away_until, first=away_from))


def _languages(value: str | Iterable[str]) -> str:
    """Languages by code or name, as codes with a space between. Raises UserError for one that is not known."""
    typed = re.split(r"[\s,;]+", value) if isinstance(value, str) else value
    codes = []
    for one in filter(None, (part.strip() for part in typed)):
        code = language_names.known(one)
        if not code:
            msg = tr("“{typed}” isn't a language that Rapport knows. Use a name or a code, such as Czech or cs.")
            raise UserError(msg.format(typed=one))
        codes.append(code)
    return " ".join(dict.fromkeys(codes))


def _file_columns(value: str | Iterable[str]) -> str:
    """Columns as a JSON list in the file's order, "" for all. Raises UserError for one that is not in FILE_COLUMNS."""
    typed = value.replace(",", " ").split() if isinstance(value, str) else value
    chosen = [str(one).strip() for one in typed]
    for one in chosen:
        if one not in FILE_COLUMNS:
            msg = tr("“{typed}” isn't a column that can be left out. Choose from: {columns}.")
            raise UserError(msg.format(typed=one, columns=", ".join(FILE_COLUMNS)))
    if not chosen or set(chosen) == set(FILE_COLUMNS):
        return ""
    return json.dumps([column for column in FILE_COLUMNS if column in chosen])


def _separator(value: str) -> str:
    named = {"tab": "\t", "comma": ",", "semicolon": ";"}
    found = named.get(str(value).strip().lower(), value)
    if found not in SEPARATORS:
        raise UserError(tr("“{typed}” isn't a separator. Choose a comma, a semicolon or tab.").format(typed=value))
    return found


def _format(value: str) -> str:
    found = str(value).strip().lower().lstrip(".")
    if found not in FORMATS:
        raise UserError(tr("“{typed}” isn't a kind of file. Choose csv or xlsx.").format(typed=value))
    return found


_CHECKED: Mapping[str, Callable[[Any], str]] = {
    "languages": _languages, "file_columns": _file_columns, "file_separator": _separator, "file_format": _format,
}  # fmt: skip


def _name_taken(name: str) -> UserError:
    return NameTakenError(tr("There's already a teammate called {name}.").format(name=name))


def _today() -> date:
    return clock.local(clock.now()).date()
