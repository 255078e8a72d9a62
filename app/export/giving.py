"""Give hand-offs to teammates, each in a file of their own: saved, or as a letter that is ready to be sent.

What is to be given: open hand-offs that wait for an answer, which were in no file yet, or were changed since. A file
has all that waits for an answer, so that the latest one is the whole list.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from app import given
from app.accounts import channel
from app.base import clock, filenames, ids, resources
from app.base.errors import UserError
from app.base.message import Addressee, Attached
from app.base.scripts import in_latin
from app.base.text import fold
from app.base.words import counted, tr
from app.export.desk import Export, Exported, Options
from app.handoffs import ANSWERED, Handoff, Handoffs
from app.inbox.addressing import TO
from app.members.sorting import split_name
from app.outbox.files import OutgoingFiles, of_letter, type_of
from app.outbox.letter_drafts import LetterDraft
from app.outbox.letters import Letters
from app.store.store import Store
from app.teammates import Teammate, Teammates, is_away

_ENGLISH = "en"
_MAX_IDS = 5  # in a letter's subject; a table has the rest


class Preferred(NamedTuple):
    """How a teammate likes their file: its columns (() for all), what separates them, and "csv" or "xlsx"."""

    columns: tuple[str, ...] = ()
    separator: str = ","
    format: str = "csv"


class Due(NamedTuple):
    """What a teammate's file would have now: `rows` wait for their answer, `news` of them were not given yet.

    `name` is the file's, `last_at` when they were last given one (Unix seconds), `away` whether they are away today.
    """

    teammate: Teammate
    rows: tuple[int, ...]
    news: tuple[int, ...]
    how: Preferred
    name: str
    last_at: int | None
    away: bool


class Giving:
    """Files for teammates: what each would get, and giving it to them."""

    def __init__(self, store: Store, export: Export, letters: Letters, files: OutgoingFiles) -> None:
        """Every file given is an undoable action, and so is a whole round."""
        self._store, self._export, self._letters, self._files = store, export, letters, files
        self._handoffs, self._teammates = Handoffs(store), Teammates(store)

    def due(self, *, everything: bool = False) -> list[Due]:
        """What each teammate would get, by name: those with something new, or with `everything` all who have any."""
        theirs: dict[int, list[Handoff]] = {}
        for handoff in self._handoffs.listed("open"):
            if handoff.status not in ANSWERED and handoff.teammate_id is not None:
                theirs.setdefault(handoff.teammate_id, []).append(handoff)
        mates = [mate for mate in self._teammates.all(archived=True) if mate.id in theirs]
        found = [self._due(mate, theirs[mate.id], _short_name(mate, mates)) for mate in mates]
        return [due for due in found if due.news or everything]

    def due_for(self, teammate_id: int) -> Due:
        """What one teammate would get now, which may be nothing. Raises NotFoundError."""
        found = next((due for due in self.due(everything=True) if due.teammate.id == teammate_id), None)
        if found is not None:
            return found
        mate = self._teammates.get(teammate_id)
        return self._due(mate, [], _short_name(mate, self._teammates.all(archived=True)))

    def preferred(self, teammate_id: int | None) -> Preferred:
        """How a teammate likes their file; for everybody as usual."""
        row = self._store.read.execute(
            "SELECT file_columns, file_separator, file_format FROM teammate WHERE id = ?", (teammate_id,)
        ).fetchone()
        if row is None:
            return Preferred()
        chosen = json.loads(row["file_columns"]) if row["file_columns"] else []
        return Preferred(tuple(chosen), row["file_separator"], row["file_format"])

    def options(self, teammate_id: int | None, *, private: bool = False, replace: bool = False) -> Options:
        """The options of a teammate's file, as they like it."""
        how = self.preferred(teammate_id)
        return Options(
            teammate_id, separator=how.separator, xlsx=how.format == "xlsx", private=private, replace=replace,
            columns=how.columns,
        )  # fmt: skip

    def save(self, teammate_id: int, path: Path, *, private: bool = False, replace: bool = False) -> Exported:
        """Write a teammate's file to `path`. Raises ExistsError unless `replace`, UserError."""
        return self._export.file("handoffs", path, self.options(teammate_id, private=private, replace=replace))

    def save_each(self, folder: Path, whom: Sequence[int], *, private: bool = False) -> list[Exported]:
        """Write the files of these teammates into a folder, as one action; a name that is taken gets a number.

        All files are written or none. Raises UserError if there is no such folder, or nothing to give.
        """
        if not folder.is_dir():
            raise UserError(tr("There's no folder {folder}. Create it first, or choose another.").format(folder=folder))
        dues = self._chosen(whom)
        title = counted(len(dues), "File for {names}", "Files for {names}", names=_names(dues))
        done: list[Exported] = []
        try:
            with self._store.write(title):
                for due in dues:
                    path = _free(folder, due.name)
                    done.append(self.save(due.teammate.id, path, private=private))
        except BaseException:
            for written in done:
                written.path.unlink(missing_ok=True)
            raise
        return done

    def letters(self, whom: Sequence[int], *, private: bool = False) -> list[LetterDraft]:
        """Draft a letter with their file attached to each of these teammates, as one action; nothing is sent.

        Raises UserError if one has no e-mail address, nothing can be sent by e-mail, or there is nothing to give.
        """
        dues = self._chosen(whom)
        for due in dues:
            if not due.teammate.email:
                msg = tr("There's no e-mail address for {name}. Add it, or save the file.").format(
                    name=due.teammate.name
                )
                raise UserError(msg)
        account = next((one.id for one in self._letters.accounts() if channel(one.kind).by_address), None)
        if account is None:
            raise UserError(tr("No account here sends e-mail. Connect one, or save the files."))
        title = counted(len(dues), "Letter with a file to {names}", "Letters with files to {names}", names=_names(dues))
        with self._store.write(title):
            return [self._letter(due, account, private=private) for due in dues]

    def _letter(self, due: Due, account_id: int, *, private: bool) -> LetterDraft:
        language, subject, body = _words(due)
        mate = due.teammate
        draft = self._letters.save(
            LetterDraft(
                account_id=account_id, receivers=(Addressee(TO, mate.name, mate.email),), subject=subject, text=body,
                language=language,
            )
        )  # fmt: skip
        content = io.BytesIO()
        how = replace(self.options(mate.id, private=private), out=content, letter_draft_id=draft.id)
        self._export.file("handoffs", Path(due.name), how)
        self._files.add_content(of_letter(draft.id), Attached(due.name, type_of(due.name), content.getvalue()))
        return draft

    def _chosen(self, whom: Iterable[int]) -> list[Due]:
        dues = [self.due_for(number) for number in whom]
        if not dues or not all(due.rows for due in dues):
            nobody = next((due.teammate.name for due in dues if not due.rows), "")
            sentence = tr("Nothing waits for an answer from {name}, so there's no file to make.")
            raise UserError(sentence.format(name=nobody) if nobody else tr("Everyone already has their file."))
        return dues

    def given(self, teammate_id: int | None = None, handoff_id: int | None = None) -> list[given.Given]:
        """The files given out, the latest first: all, to a teammate, or with a certain hand-off."""
        kind = None if handoff_id is None else "handoffs"
        return given.files(self._store.read, kind, teammate_id, handoff_id)

    def _due(self, mate: Teammate, handoffs: Sequence[Handoff], short: str) -> Due:
        how, today = self.preferred(mate.id), clock.local(clock.now()).date()
        rows = sorted(handoffs, key=lambda handoff: handoff.id)
        last = self.given(mate.id)
        return Due(
            mate,
            tuple(handoff.id for handoff in rows),
            tuple(handoff.id for handoff in rows if handoff.exported_at is None),
            how,
            f"handoffs-{short}-{today.isoformat()}.{how.format}",
            last[0].at if last else None,
            is_away(mate, today),
        )


def _names(dues: Iterable[Due]) -> str:
    return ", ".join(due.teammate.name for due in dues)


def _short_name(mate: Teammate, others: Iterable[Teammate]) -> str:
    """The teammate in a file's name: first name in plain letters, whole name if another has the same first name."""
    first = _plain(_first_name(mate))
    same = [other for other in others if other.id != mate.id and _plain(_first_name(other)) == first]
    return (_plain(mate.name) if same else first) or f"T{mate.id}"


def _first_name(mate: Teammate) -> str:
    return split_name(mate.name, mate.languages[0] if mate.languages else "")[0]


def _plain(name: str) -> str:
    """ASCII letters and digits, with hyphens between words; Greek as in passports; "" for other scripts."""
    letters = fold(in_latin(name))
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in letters).split()
    return "-".join(word[:1].upper() + word[1:] for word in words)


def _free(folder: Path, name: str) -> Path:
    path, count = folder / name, 1
    while path.exists() or path.is_symlink():
        count += 1
        path = folder / filenames.beside(name, count)
    return path


def _words(due: Due) -> tuple[str, str, str]:
    """The language, subject and words of the letter, in the first language of theirs that there are words in."""
    known = {row["language"]: row for row in resources.tables("letters", "handoff_file.toml", "letter")}
    language = next((one for one in due.teammate.languages if one in known), _ENGLISH)
    shown = [ids.display(ids.HANDOFF, number) for number in due.rows]
    named = ", ".join(shown[:_MAX_IDS]) + ("" if len(shown) <= _MAX_IDS else f" + {len(shown) - _MAX_IDS}")
    blanks = {"first_name": _first_name(due.teammate), "ids": named}
    return language, known[language]["subject"].format(**blanks), known[language]["body"].strip().format(**blanks)
