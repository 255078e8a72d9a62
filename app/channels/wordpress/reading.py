"""One pull of a blog's comments, from and to a cursor.

Date filters are in the site's local time, so each pull reads the last three days again, which also detects edits.
Comments that disappeared since the last pull, or were held then, are fetched by id. WordPress tells nothing of what
happens to older ones: their ids are remembered, and each pull fetches the next hundred of them, round after round. When
the number of comments is not what it should be, some were deleted, restored or marked as spam, and that pull fetches up
to a thousand. What the blog took for spam in the last days comes too, so that a mistake of its filter can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from app.base import clock
from app.base.words import N_, tr
from app.channels.base import Page, taken_away
from app.channels.wordpress.comments import PAGE_ROWS, Comments
from app.channels.wordpress.rows import earlier, latest, local

_OVERLAP = timedelta(days=3)
_MAX_WATCHED = 1_000
_MAX_PAGES = 20_000  # maximum pages of a pull; the next pull continues from there
KNOWN = 5_000
"""Number of comments, the newest, that are fetched again round after round."""
_HURRY_PAGES = 10  # pages of them that one pull fetches when something has changed
_MAX_ASKED = 50  # comments that one pull asks for one by one
_SPAM_DAYS = timedelta(days=15)  # the spam filter that most blogs have deletes what is older
_MAX_SPAM = 300  # spam comments brought in within those days: more of it nobody looks through
_MAX_NAMED = 5  # comments that a sentence names
_FAILED = N_(
    "{host} reports an error instead of these comments: {numbers}. All others are read. Look at them in the blog's "
    "dashboard, under Comments: a plugin may fail there."
)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Reading:
    """One pull; use it once."""

    def __init__(self, comments: Comments, cursor: Mapping[str, str]) -> None:
        """`cursor` is as the last pull left it."""
        self._comments, self._cursor = comments, cursor
        self._newest = cursor.get("after", "")
        self._known = unpacked(cursor.get("known", ""))
        comments.unread |= unpacked(cursor.get("unread", ""))  # not tried alone again, but with the page they are on
        self._asked = 0  # how many comments were asked for one by one
        self._seen: dict[int, str] = {}  # what this pull has read: id -> local date, "" for a held one

    def pages(self) -> Iterator[Page]:
        """Yield new comments and those of the last three days, then the fate of those read before, then spam."""
        if self._newest and "known" not in self._cursor:  # of an older Rapport
            self._known.update(self._newest_ids())
        before = frozenset(self._known)
        first = self._cursor.get("host", "") or self._comments.host
        self._comments.before = first if first != self._comments.host else ""
        yield from self._recent()
        yield Page((), {"host": first})
        yield from self._missing()
        fresh = self._known - before
        yield from self._round(sorted(before), len(fresh))
        if self._comments.moderates:
            yield from self._spam()
        failed = self._comments.unread & self._known
        if failed or self._cursor.get("unread"):
            yield Page((), {"unread": packed(failed, KNOWN)}, trouble=_trouble(self._comments.host, failed))

    # --- the last days

    def _recent(self) -> Iterator[Page]:
        for rows, end in self._pages_since(earlier(self._newest, _OVERLAP)):
            self._newest = max(self._newest, min(max(map(local, rows), default=""), end))
            self._note(rows)
            yield Page(self._comments.messages(rows), {"after": self._newest, "known": packed(self._known, KNOWN)})

    def _note(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._seen.update((row["id"], "" if row.get("status") == "hold" else local(row)) for row in rows)
        self._known.update(row["id"] for row in rows)

    def _pages_since(self, after: str) -> Iterator[tuple[list[dict[str, Any]], str]]:
        """Yield pages of comments by local date, each with the latest plausible local date."""
        page, known = 1, set[int]()
        asked: dict[str, object] = {"orderby": "date", "order": "asc"}
        if self._comments.moderates:
            asked["status"] = "all"
        for _ in range(_MAX_PAGES):
            more = {"after": after} if after else {}
            rows, answer = self._comments.readable(page=page, **more, **asked)
            yield rows, latest(clock.now() + answer.ahead(clock.now()))
            total = answer.headers.get("x-wp-totalpages", "")
            # continue by date instead of page number, as deletions meanwhile would shift the pages
            following = earlier(max(map(local, rows), default=""), timedelta(seconds=1))
            repeated = page > 1 and known.issuperset(row["id"] for row in rows)
            if (page >= int(total) if total.isdecimal() else len(rows) < PAGE_ROWS) or repeated:
                return
            known.update(row["id"] for row in rows)
            after, page = (following, 1) if following > after else (after, page + 1)

    def _missing(self) -> Iterator[Page]:
        """Yield the fate of comments that were recent or held at the last pull and are not among these now."""
        watched = {int(number) for number in self._cursor.get("watched", "").split()}
        missing = sorted(watched - self._seen.keys())
        for at in range(0, len(missing), PAGE_ROWS):
            yield self._fates(missing[at : at + PAGE_ROWS])
        recent = earlier(self._newest, _OVERLAP)
        after = sorted(number for number, date in self._seen.items() if not date or date >= recent)
        yield Page((), {"watched": " ".join(map(str, after[-_MAX_WATCHED:]))})

    def _fates(self, numbers: list[int], cursor: Mapping[str, str] | None = None) -> Page:
        """The comments with these ids as they are now, deletions included."""
        rows = self._comments.readable_of(numbers)
        self._seen.update((row["id"], "") for row in rows if row.get("status") == "hold")
        lost = sorted(set(numbers) - {row["id"] for row in rows})
        gone = (taken_away(str(number)) for number in lost if self._is_deleted(number))
        return Page((*self._comments.messages(rows), *gone), dict(cursor or {}))

    def _is_deleted(self, number: int) -> bool:
        """Whether a comment that is not listed is deleted. An editor is shown all others.

        To somebody else it may only not be shown: it is held, or its post is a draft, private or behind a password.
        WordPress says which (404 or 403), for one at a time; what is not asked for now is asked for next time.
        """
        if self._comments.moderates:
            return True
        self._asked += 1
        return self._asked <= _MAX_ASKED and self._comments.is_deleted(number)

    # --- older ones

    def _newest_ids(self) -> Iterator[int]:
        """Yield the ids of the newest comments."""
        status = {"status": "all"} if self._comments.moderates else {}
        found = set[int]()
        for page in range(1, KNOWN // PAGE_ROWS + 1):
            rows, answer = self._comments.rows(page=page, _fields="id", orderby="id", order="desc", **status)
            fresh = {row["id"] for row in rows} - found
            found |= fresh
            yield from fresh
            if page >= _number(answer.headers.get("x-wp-totalpages")) or not fresh:
                return

    def _round(self, known: list[int], fresh: int) -> Iterator[Page]:
        """Yield the next of the comments that we know, in the order of their ids, from where the last pull stopped.

        `fresh` comments have come since.
        """
        total, was = self._total(), self._cursor.get("total", "")
        left = _number(self._cursor.get("hurry"))
        if was.isdecimal() and total != int(was) + fresh:
            left = len(known)
        last = _number(self._cursor.get("round"))
        order = [number for number in known if number > last] + [number for number in known if number <= last]
        order = [number for number in order if number not in self._seen]
        most = PAGE_ROWS * (_HURRY_PAGES if left else 1)
        for at in range(0, min(len(order), most), PAGE_ROWS):
            some = order[at : min(at + PAGE_ROWS, most)]
            left = max(left - len(some), 0)
            yield self._fates(some, {"round": str(some[-1])})
        yield Page((), {"total": str(total), "hurry": str(left if len(order) > most else 0)})

    def _total(self) -> int:
        """How many comments there are, held ones included if we see these."""
        status = {"status": "all"} if self._comments.moderates else {}
        return _number(self._comments.rows(per_page=1, _fields="id", **status)[1].headers.get("x-wp-total"))

    # --- spam

    def _spam(self) -> Iterator[Page]:
        """Yield what the blog took for spam lately; as much as somebody may look through."""
        since = earlier(self._newest, _SPAM_DAYS)
        brought = dict(pair.split(":", 1) for pair in self._cursor.get("spam", "").split() if ":" in pair)
        brought = {number: date for number, date in brought.items() if date >= since[:10]}
        asked = {"after": since} if since else {}
        rows, _ = self._comments.readable(status="spam", orderby="date", order="desc", **asked)
        new = [row for row in rows if str(row["id"]) not in brought][: max(_MAX_SPAM - len(brought), 0)]
        taken = [row for row in rows if str(row["id"]) in brought] + new
        brought.update({str(row["id"]): local(row)[:10] or self._newest[:10] or "9" for row in new})
        self._known.update(row["id"] for row in new)
        kept = " ".join(f"{number}:{date}" for number, date in brought.items())
        yield Page(self._comments.messages(taken), {"spam": kept, "known": packed(self._known, KNOWN)})


def _trouble(host: str, failed: Iterable[int]) -> str:
    """A sentence on the comments at which a blog fails; "" if there are none."""
    numbers = ", ".join(map(str, sorted(failed)[:_MAX_NAMED]))
    return tr(_FAILED).format(host=host, numbers=numbers) if numbers else ""


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0


def packed(numbers: Iterable[int], most: int) -> str:
    """Write the `most` highest of these numbers, as the differences from one to the next in base 36."""
    kept = sorted(numbers)[-most:]
    return " ".join(_base36(number - before) for before, number in zip([0, *kept], kept, strict=False))


def unpacked(text: str) -> set[int]:
    """Read what `packed` wrote; the empty set for anything else."""
    numbers, last = set[int](), 0
    try:
        for step in text.split():
            last += int(step, 36)
            numbers.add(last)
    except ValueError:
        return set()
    return numbers


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
