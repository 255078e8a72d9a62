"""Reading a repository's discussions: what is new first, then what may have changed without being listed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.base.message import Incoming, OwnReaction
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Page, Refused, in_pages, taken_away
from app.channels.github import queries
from app.channels.github.asking import Asking, Missing, TooMuch
from app.channels.github.fetching import Discussion, Fetching
from app.channels.github.reading import digest, following, marked, message, nodes, reactions_of, signature
from app.channels.http.parts import as_dict, dicts
from app.channels.http.shape import unreadable

_SERVICE = "GitHub"
_FIRST_PAGES, _MAX_PAGES = 2, 40  # maximum pages of fifty discussions: on the first pull, and later
_MAX_KNOWN = 180  # discussions remembered: all are looked at within three pulls
_MAX_RECENT, _MAX_IDS, _MAX_OLDER_IDS = 40, 60, 20  # comment ids kept of each, of the latest forty and of the others
_ALWAYS_WATCHED, _WATCHED_IN_TURN, _BATCH = 30, 50, 10
# Discussions read again per pull: changed ones, and of the latest and of older ones in turn.
_MAX_CHANGED, _REREAD_PER_PULL, _REREAD_OF_OLDER = 10, 3, 1
_NOT_SEEN = N_("This token can't see the repository {owner}/{name}. Check the name, and what the token has access to.")
_ANOTHER = N_(
    "There is another repository at {owner}/{name} now than the one that this account was made for. Change the name in "
    "the account, or check the account to read this one."
)
_RENAMED = N_("The repository is called {name} now. Change it in the account.")
_NOT_READ = N_("GitHub breaks off reading the discussion “{title}”. Rapport tries again; all others are read.")


@dataclass(slots=True)
class Known:
    """What the cursor holds of a discussion: its state and comment ids, a digest of it, and whether we spoke there."""

    state: str
    ids: list[str] = field(default_factory=list)
    digest: str = ""
    spoke: bool = False


def not_seen(owner: str, name: str) -> AuthNeeded:
    """Return the error for a repository that does not exist, or that the token does not open."""
    return AuthNeeded(tr(_NOT_SEEN).format(owner=owner, name=name))


class Pulling:
    """One pull of a repository."""

    def __init__(self, asking: Asking, owner: str, name: str, repository_id: str, login: str) -> None:
        """`repository_id` and our `login` are as of the last check, "" if there was none."""
        self._asking, self._owner, self._name, self._id = asking, owner, name, repository_id
        self._fetching = Fetching(asking)
        self._known: dict[str, Known] = {}
        self._skipped: dict[str, list[str]] = {}
        self._reacted: list[OwnReaction] = []
        self._listed_as: dict[str, list[str]] = {}  # id -> its state and its title
        self._read: set[str] = set()
        self._public, self._login = True, login
        self._called = ""

    def pages(self, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield discussions that changed, oldest update first; each is read whole and moves the cursor."""
        known = json.loads(cursor.get("recent") or "{}")
        self._known = {number: Known(*row) for number, row in known.items()}
        self._skipped = json.loads(cursor.get("skipped") or "{}")
        last, turn = cursor.get("last", ""), int(cursor.get("turn") or 0)
        listed = self._listed(last)
        self._listed_as = {str(about["id"]): [signature(about), str(about.get("title") or "")] for about in listed}
        for about in listed:
            last = max(last, str(about["updatedAt"]))
            if self._is_due(about):
                yield from self._one(str(about["id"]), last)
        yield Page((), {"last": last, "turn": str(turn + 1)}, trouble=self._trouble())
        again = _slice([number for number in self._skipped if number not in self._read], turn, 1)
        for number in [*again, *self._changed(turn), *self._in_turn(turn)]:
            if number not in self._read:
                yield from self._one(number, last)

    # --- what is new

    def _listed(self, last: str) -> list[dict[str, Any]]:
        """Return the discussions updated at or after `last` (a timestamp of GitHub's), oldest update first.

        Of those updated before, it returns the listed ones that we know.
        """
        discussions: list[dict[str, Any]] = []
        known = self._known.keys() | self._skipped.keys()
        after = None
        for _ in range(_MAX_PAGES if last else _FIRST_PAGES):
            page = self._list_page(after)
            rows = [about for about in nodes(page) if isinstance(about.get("updatedAt"), str)]
            discussions += [about for about in rows if about["updatedAt"] >= last or about["id"] in known]
            after = following(page)
            if after is None or any(about["updatedAt"] < last for about in rows):
                break
        return sorted(discussions, key=lambda about: str(about["updatedAt"]))

    def _list_page(self, after: str | None) -> dict[str, Any]:
        try:
            answer, _ = self._asking.ask_part(queries.LISTED, owner=self._owner, name=self._name, after=after)
        except Missing:
            raise not_seen(self._owner, self._name) from None
        repository = as_dict(answer.get("repository"))
        if not isinstance(repository.get("discussions"), dict):
            raise unreadable(_SERVICE)
        if self._id and repository.get("id") != self._id:
            raise Refused(tr(_ANOTHER).format(owner=self._owner, name=self._name))
        self._public = not repository.get("isPrivate")
        self._called = str(repository.get("nameWithOwner") or "")
        return as_dict(repository.get("discussions"))

    def _is_due(self, about: Mapping[str, Any]) -> bool:
        """Whether a listed discussion has to be read: it changed since it was read, or since it could not be."""
        state, number = signature(about), str(about["id"])
        if number in self._skipped:
            return self._skipped[number][0] != state
        return number not in self._known or self._known[number].state != state

    # --- what changed without being listed

    def _changed(self, turn: int) -> list[str]:
        """Return known discussions whose digest is another now: first of all those in which we spoke."""
        unread = self._known.keys() - self._read - self._skipped.keys()
        still = sorted(
            unread, key=lambda one: (self._known[one].state, one), reverse=True
        )  # in one order at every pull
        spoken = [number for number in still if self._known[number].spoke]
        always = spoken[:_ALWAYS_WATCHED]
        rest = [number for number in still if number not in always]
        watched = always + _slice(rest, turn, _WATCHED_IN_TURN)
        changed: list[str] = []
        for first in range(0, len(watched), _BATCH):
            self._keep_points()
            changed += self._compare(watched[first : first + _BATCH])
            if len(changed) >= _MAX_CHANGED:
                break
        return changed[:_MAX_CHANGED]

    def _compare(self, numbers: list[str]) -> list[str]:
        """Return those of the discussions that changed since they were read."""
        try:
            data, _ = self._asking.ask_part(queries.WATCHED, ids=numbers)
        except TooMuch:
            half = len(numbers) // 2
            return self._compare(numbers[:half]) + self._compare(numbers[half:]) if half else []
        there = {about["id"]: about for about in nodes(data)}
        changed = []
        for number in numbers:
            about = there.get(number)
            known = self._known[number]
            if (
                about is None
                or signature(about) != known.state
                or digest(marked(as_dict(about["comments"]))) != known.digest
            ):
                changed.append(number)
        return changed

    def _in_turn(self, turn: int) -> list[str]:
        """Return a few known discussions to be read again: reactions, and edits in very long ones, show nowhere else.

        Most are of the latest; older ones have their turn as well.
        """
        known = sorted(self._known, key=lambda one: (self._known[one].state, one))
        known = [number for number in known if number not in self._skipped]
        older, latest = known[:-_MAX_RECENT], known[-_MAX_RECENT:]
        return [*_slice(latest, turn, _REREAD_PER_PULL), *_slice(older, turn, _REREAD_OF_OLDER)]

    # --- one discussion

    def _one(self, number: str, last: str) -> Iterator[Page]:
        """Yield the pages of a discussion, or none if it cannot be read for now."""
        self._keep_points()
        try:
            rows = self._messages(number)
        except (TooMuch, Refused):
            self._read.add(number)
            self._skipped[number] = self._listed_as.get(number) or self._skipped.get(number) or ["", number]
            yield Page((), {"last": last, "skipped": json.dumps(self._skipped)}, trouble=self._trouble())
            return
        moved = {"last": last, "recent": self._known_json(), "skipped": json.dumps(self._skipped)}
        yield from in_pages(rows, moved)
        if number in self._skipped:
            yield Page((), {}, trouble=self._trouble())
        if self._reacted:
            yield Page((), {}, reacted=tuple(self._reacted))
            self._reacted.clear()

    def _keep_points(self) -> None:
        if self._asking.scant is not None:
            raise self._asking.scant

    def _messages(self, number: str) -> list[Incoming]:
        """Return all messages of a discussion, and deletions of those known before."""
        found = self._fetching.fetch(number)
        self._read.add(number)
        self._skipped.pop(number, None)
        known = self._known.pop(number, Known(""))
        if found is None:
            return [taken_away(identifier) for identifier in (number, *known.ids)]
        if found.broken_off:
            self._skipped[number] = [signature(found.about), str(found.about.get("title") or "")]
        messages = self._rows(found)
        self._known[number] = Known(
            signature(found.about),
            [row.remote_id for row in messages if row.remote_id != number][-_MAX_IDS:],
            digest(found.comments) if found.whole else "",
            spoke=any(row.out for row in messages),
        )
        return [*messages, *(taken_away(identifier) for identifier in self._gone(found, known.ids))]

    def _rows(self, found: Discussion) -> list[Incoming]:
        """Return a discussion's messages in order of time; an opening post of ours is what they stand under."""
        about = found.about
        opening = (
            None if about.get("viewerDidAuthor") else message(about, about, "", public=self._public, me=self._login)
        )
        rows = [opening]
        self._reacted += reactions_of(about) if opening is not None else []
        for top, replies in found.comments:
            parent = opening.remote_id if opening is not None else ""
            rows.append(message(top, about, parent, public=self._public, me=self._login))
            rows += [message(reply, about, str(top["id"]), public=self._public, me=self._login) for reply in replies]
            for one in (top, *replies):
                self._reacted += reactions_of(one)
        return sorted((row for row in rows if row is not None), key=lambda row: row.at)

    def _gone(self, found: Discussion, ids: list[str]) -> list[str]:
        """Return those of the comments known before that do not exist any more, and are not only not shown to us."""
        missing = [identifier for identifier in ids if identifier not in found.ids]
        if not missing:
            return []
        try:
            data, _ = self._asking.ask_part(queries.THERE, ids=missing)
        except (TooMuch, Refused):
            return []
        rows = data.get("nodes")
        if not isinstance(rows, list) or len(rows) != len(missing):
            return []
        there = {row["id"] for row in dicts(rows, "id") if not row.get("deletedAt")}
        return [identifier for identifier in missing if identifier not in there]

    # --- what is kept

    def _trouble(self) -> str:
        """A sentence on what cannot be read, or on a repository that has another name now; "" if there is nothing."""
        if self._skipped:
            return tr(_NOT_READ).format(title=next(iter(self._skipped.values()))[1])
        if self._called and self._called.casefold() != f"{self._owner}/{self._name}".casefold():
            return tr(_RENAMED).format(name=self._called)
        return ""

    def _known_json(self) -> str:
        newest = sorted(self._known, key=lambda number: self._known[number].state)[-_MAX_KNOWN:]
        rows = {}
        for place, number in enumerate(reversed(newest)):
            one = self._known[number]
            ids = one.ids if place < _MAX_RECENT else one.ids[-_MAX_OLDER_IDS:]
            rows[number] = [one.state, ids, one.digest, one.spoke]
        return json.dumps(rows, separators=(",", ":"))


def _slice(numbers: list[str], turn: int, size: int) -> list[str]:
    """Return the slice of ids whose turn it is."""
    if len(numbers) <= size:
        return numbers
    start = turn * size % (-(-len(numbers) // size) * size)
    return numbers[start : start + size]
