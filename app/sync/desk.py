"""The desk that pulls and sends, on a schedule, in rounds without a window, or on request.

Each page of a pull is one transaction with its cursor (see app.intake), so that a crash at any point neither loses nor
duplicates a message.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, cast

from app.accounts import Account, Accounts
from app.accounts.reading import history
from app.base import clock, locks
from app.base.errors import UserError
from app.base.jobs import ASKED, PULL, SEND, Job, Jobs
from app.base.message import Incoming
from app.base.words import tr
from app.channels.base import HISTORY_STOPPED, AuthNeeded, Page, Session, Shared
from app.channels.registry import channel
from app.intake import Intake
from app.intake.taking import Taken
from app.listening import Listening
from app.outbox import GRACE
from app.safety import standstill
from app.settings import Settings
from app.store.changes import Changes
from app.store.store import Store
from app.sync.results import LATEST, Outcome, Progress, Pulled, Round, outcome

if TYPE_CHECKING:
    from app.moderation import Deed
    from app.moderation.desk import Moderation
    from app.outbox import Entry, Outbox

SPREAD = 30
"""Seconds over which pulls are spread after the laptop wakes up."""
_SLEEP_SECONDS = 120  # wall-clock time without a check, from which the laptop counts as having slept
_ROUND_POLL_SECONDS = 0.2
_PAUSE_SECONDS = 65  # longest pause of the schedule while awake: a minute (app.base.jobs) and some slack
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Counts:
    """Messages stored so far; they stay even if the pull fails later. `trouble`: what could not be read."""

    new: int = 0
    known: int = 0
    changed: int = 0
    trouble: str = ""

    def add(self, taken: Taken) -> None:
        """Count the messages of one page."""
        self.new += taken.new
        self.known += taken.known
        self.changed += taken.changed


class Sync:
    """Pulls accounts and sends what is due, on a schedule or on request."""

    def __init__(
        self, store: Store, accounts: Accounts, intake: Intake, outbox: Outbox, moderation: Moderation
    ) -> None:
        """Use these desks."""
        self._store = store
        self._accounts = accounts
        self._intake = intake
        self._outbox = outbox
        self._moderation = moderation
        self._last_check: tuple[float, float] | None = None
        self._jobs: Jobs | None = None
        self._listening: Listening | None = None
        self._chance: Callable[[], float] = random.random

    # --- one account, on the calling thread

    def pull(self, name: str, stopping: Callable[[], bool] = lambda: False) -> Pulled:
        """Pull new messages of the account. Failures are recorded on it and returned in `error`, never raised."""
        return self._pull(self._accounts.named(name), stopping)

    def _pull(self, account: Account, stopping: Callable[[], bool], progress: Progress | None = None) -> Pulled:
        if not account.live or account.state != "on":
            return Pulled(account.name, error=_why_not_read(account))
        if standstill.is_on_hold(self._store.read):
            return Pulled(account.name, error=standstill.sentence(self._store.read))
        counts = _Counts()
        error: Exception | None = None
        try:
            self._take(account, counts, stopping, progress)
        except UserError as why:
            error = why
        except Exception as why:  # noqa: BLE001  a bug in one channel must not stop the others
            error = why
            if not stopping():
                _log.error("Pulling from a channel of kind %s failed", account.kind, exc_info=why)
        result = self._record(account, error, counts.trouble)
        self._note_read(account, stopping)
        read = history(self._accounts.cursor(account.id))
        left = read.left if read is not None else 0
        return Pulled(account.name, counts.new, counts.known, counts.changed, error=result.error, left=left)

    def _take(self, account: Account, counts: _Counts, stopping: Callable[[], bool], progress: Progress | None) -> None:
        """Pull page after page and store each; `counts` grows with every page committed.

        What is gone from a mailbox is looked for once all that is new has been read, as it may have come in elsewhere.
        """
        if account.checked_at is None:  # the check fetches our own handle, needed to tell our messages from theirs
            self._accounts.check(account.id)
        session = self._accounts.session(account.id)
        settled = not channel(account.kind).shared
        try:
            for page in session.pull(self._accounts.cursor(account.id)):
                if page.history is not None and not settled:
                    self._settle(account, session, counts)
                    settled = True
                self._store_page(account, page, counts)
                if stopping() or (page.history is not None and self._is_history_stopped(account, page, progress)):
                    break
            if not settled and not stopping():
                self._settle(account, session, counts)
        finally:
            session.close()

    def _store_page(self, account: Account, page: Page, counts: _Counts) -> None:
        """Store one page with its cursor."""
        counts.trouble = counts.trouble or page.trouble
        kept, told = self._notices(account, page.items)
        for number, items in told.items():  # before the cursor moves: a notice read twice is deduplicated
            counts.new += self._intake.take(number, items, {}).new  # read there: the cursor is the mailbox's own
        if kept or page.cursor or page.changes is not None:
            counts.add(self._intake.take(account.id, kept, page.cursor, changes=page.changes))
        if page.reacted:
            counts.changed += self._outbox.reactions.note(account.id, page.reacted)
        if page.facts:
            self._accounts.note_facts(account.id, page.facts)

    def _settle(self, account: Account, session: Session, counts: _Counts) -> None:
        """Ask where letters are that another program took out of the folders that we read."""
        missing = self._intake.missing(account.id)
        if missing:
            counts.changed += self._intake.settle(account.id, cast("Shared", session).locate(missing))

    def _is_history_stopped(self, account: Account, page: Page, progress: Progress | None) -> bool:
        """Report the progress; returns whether the person has stopped it."""
        if progress is not None and page.history is not None:
            progress(account.name, *page.history)
        return bool(self._accounts.cursor(account.id).get(HISTORY_STOPPED))

    def _notices(
        self, account: Account, items: Sequence[Incoming]
    ) -> tuple[Sequence[Incoming], dict[int, list[Incoming]]]:
        """Split a mailbox's page into mails to keep and messages read from notices, keyed by assisted account id."""
        if not channel(account.kind).carries_notices:
            return items, {}
        from app.intake import reported  # noqa: PLC0415  reads notices: 1 MB, which a window without a mailbox does without

        return reported.split(items, *self._accounts.notice_places())

    def _record(self, account: Account, error: Exception | None, trouble: str) -> Outcome:
        """Record the result of a pull on the account; `trouble` is on a part that could not be read."""
        minutes = Settings(self._store).number("pull_minutes")
        result = outcome(error, account.error_at, clock.now(), minutes or 5, self._chance())
        with suppress(UserError):  # on a full disk the note cannot be written either; the returned line has the error
            if error is None:
                self._accounts.note_success(account.id, result.next_at, trouble)
                result = replace(result, error=trouble)
            else:
                self._accounts.note_failure(account.id, result.error, result.next_at, needs_login=result.needs_login)
        return result

    def run(self, names: Iterable[str] = (), progress: Progress | None = None) -> list[Pulled]:
        """Send what is due and pull, account by account; a result for each. Without names, all but file imports.

        `progress` is told how far the reading of a history is.
        """
        wanted = [self._accounts.named(name) for name in names]
        chosen = wanted or [account for account in self._accounts.all() if account.mode != "file"]
        lines = []
        for account in chosen:
            first = self._read_first(account, lambda: False, progress)
            sent = self._send(account.id)
            if account.live:
                line = first or self._pull(account, lambda: False, progress)
                error = line.error or sent.error
                counts = (sent.sent, sent.failed, sent.undecided, error, line.left)
                lines.append(Pulled(line.account, line.new, line.known, line.changed, *counts))
            else:
                lines.append(replace(sent, error=_why_not_read(account)))
        return lines

    def round(self, names: Iterable[str] = (), progress: Progress | None = None) -> Round:
        """Send what is due and pull the accounts that are due by their own pace; without names, of all accounts.

        Nothing is done while a window has the file open, or another process is in a round. Once a window opens, the
        round ends with the page that it is at.
        """
        folder = self._store.path.parent
        lock = locks.FileLock(folder / locks.ROUND)
        has_window = partial(locks.is_taken, folder / locks.WINDOW)
        taken = lock.take()
        try:
            if has_window():
                return Round(left_to=locks.WINDOW)
            return Round(tuple(self._round(names, has_window, progress))) if taken else Round(left_to=locks.ROUND)
        finally:
            self._outbox.close()  # the right to send, which a window that opens by the next round will want
            lock.free()

    def _round(self, names: Iterable[str], stopping: Callable[[], bool], progress: Progress | None) -> list[Pulled]:
        wanted = [self._accounts.named(name).id for name in names]
        due = {account.id for account in self._accounts.due(clock.now())}
        lines = []
        for account in self._accounts.all():
            if (wanted and account.id not in wanted) or stopping():
                continue
            line = self._read_first(account, stopping, progress)
            sent = self._send(account.id, stopping)
            if line is None:
                line = self._pull(account, stopping, progress) if account.id in due else Pulled(account.name)
            if account.state == "needs_login":
                line = replace(line, error=_why_not_read(account))
            line = replace(
                line, sent=sent.sent, failed=sent.failed, undecided=sent.undecided, error=line.error or sent.error
            )
            if account.id in due or line != Pulled(account.name):
                lines.append(line)
        return lines

    # --- sending

    def send(self, account_id: int) -> Pulled:
        """Send what is due on one account now, on the calling thread; returns the counts. See `_send`."""
        return self._send(account_id)

    def _read_first(
        self, account: Account, stopping: Callable[[], bool], progress: Progress | None = None, *, whole: bool = True
    ) -> Pulled | None:
        """Read an account if that is to be done before anything is sent there, as after a restore; else None.

        It is tried once: what waited is looked for at its channel all the same, and what is new waits for nothing.
        Without `whole` it ends where the account's history begins, so that sending doesn't wait for that.
        """
        if stopping() or account.id not in standstill.to_read_first(self._store.read):
            return None
        begun = Event()

        def tell(*_how_far: object) -> None:
            begun.set()

        line = self._pull(account, lambda: stopping() or begun.is_set(), tell if not whole else progress)
        self._note_read(account, stopping)
        return line

    def _note_read(self, account: Account, stopping: Callable[[], bool]) -> None:
        """Note that what was to be read before sending has been, or was tried in vain."""
        if not stopping() and account.id in standstill.to_read_first(self._store.read):
            with suppress(UserError), self._store.write() as conn:  # on a full disk it is read once more before sending
                standstill.was_read(conn, account.id)

    def _send(self, account_id: int, stopping: Callable[[], bool] = lambda: False) -> Pulled:
        """Resolve undecided replies of this account, send what is due, and moderate; returns the counts.

        Errors are returned in `error`; AuthNeeded is recorded on the account as well.
        """
        account = self._accounts.get(account_id)
        line = Pulled(account.name)
        self._read_first(account, stopping, whole=False)
        if stopping() and account_id in standstill.to_read_first(self._store.read):
            return line
        session: Session | None = None
        try:
            for where, act, number in self._due():
                if where == account_id:
                    session = session or self._accounts.session(account_id)
                    line = _counted(line, act(number, session))
        except AuthNeeded as why:
            self._accounts.note_failure(account_id, str(why), clock.now() + LATEST, needs_login=True)
            return replace(line, error=str(why))
        except UserError as why:
            return replace(line, error=str(why))
        finally:
            if session is not None:
                session.close()
        return line

    def _due(self) -> Iterator[tuple[int, Callable[[int, Session], Entry | Deed], int]]:
        """What is due: (account id, function, row id). Lookups come first: they may queue replies again."""
        for ask, act in ((self._outbox.to_look_up, self._outbox.look_up), (self._outbox.due, self._outbox.deliver)):
            yield from [(self._outbox.get(number).account_id, act, number) for number in ask()]
        for number in self._moderation.due():
            yield self._moderation.get(number).account_id, self._moderation.carry, number

    # --- on a schedule

    def reads_at(self, account: Account) -> int | None:
        """When an open window reads this account next by itself, in Unix seconds; None if it is not going to.

        Nothing is read while the file is on hold, or where the setting `pull_minutes` is 0.
        """
        if account.state != "on" or not account.live or not Settings(self._store).number("pull_minutes"):
            return None
        return None if standstill.is_on_hold(self._store.read) else account.next_at

    def start(self, jobs: Jobs) -> None:
        """Pull and send through `jobs` as things fall due, until `jobs.stop()`.

        Where a server says when something is new, that is pulled at once.
        """
        self._jobs = jobs
        self._listening = Listening(self._accounts, lambda number: self._queue(number, PULL))
        self._outbox.take_charge(GRACE)
        self._store.listen(self._on_changes)
        jobs.repeat(self._queue_due)

    def close(self) -> None:
        """Stop listening to servers."""
        if self._listening is not None:
            self._listening.close()

    def _listen(self) -> None:
        """Listen to the accounts that an open window reads by itself, once their first pull has shown that it can."""
        if self._listening is not None:
            self._listening.listen_to(
                account.id
                for account in self._accounts.all()
                if channel(account.kind).watches and account.ok_at and account.checked_at and self.reads_at(account)
            )

    def _on_changes(self, changes: Changes) -> None:
        if self._jobs is not None and changes.touches("outbox", "moderation", "account"):
            self._jobs.wake()

    def _queue_due(self) -> float:
        """Queue what is due now; returns the seconds until something may be due next."""
        jobs, now = self._jobs, clock.now()
        if jobs is None:
            return float(LATEST)
        self._spread_after_sleep(now)
        self._listen()
        for number in {account for account, _, _ in self._due()}:
            jobs.submit(partial(self._send_job, number), urgency=SEND, account=number, key=f"send {number}")
        nexts = [self._outbox.next_at(), self._moderation.next_at()]
        still = standstill.is_on_hold(self._store.read)
        if still:
            nexts = []
        elif Settings(self._store).number("pull_minutes"):
            for account in self._accounts.due(now):
                if not jobs.has(f"pull {account.id}"):
                    self._queue(account.id, PULL)
            nexts.append(self._accounts.next_at())
        return max(1.0, min((at for at in nexts if at is not None), default=now + LATEST) - now)

    def _spread_after_sleep(self, now: int) -> None:
        """After sleep all accounts are due at once: spread their pulls over SPREAD seconds.

        Sleep is detected by the wall clock advancing further than the schedule's own pauses, a minute at most, explain.
        """
        before, self._last_check = self._last_check, (time.monotonic(), float(now))
        if before is None:
            return
        last_tick, last_now = before
        if now - last_now - min(time.monotonic() - last_tick, _PAUSE_SECONDS) < _SLEEP_SECONDS:
            return
        due = self._accounts.due(now)
        for index, account in enumerate(due[1:], 1):
            self._accounts.put_off(account.id, now + max(1, SPREAD * index // len(due)))

    def fetch(self, done: Callable[[Pulled], object] | None = None, only: int | None = None) -> list[Job]:
        """Pull every connected account now, or only the one with id `only`; returns the jobs.

        `done` is called with each result on a worker thread.
        """
        chosen = [account.id for account in self._accounts.all() if account.live and only in (None, account.id)]
        return [self._queue(number, ASKED, done) for number in chosen]

    def _queue(self, number: int, urgency: int, done: Callable[[Pulled], object] | None = None) -> Job:
        if self._jobs is None:
            self._jobs = Jobs()
        work = partial(self._pull_job, number)
        return self._jobs.submit(work, urgency=urgency, account=number, key=f"pull {number}", done=done)

    def _pull_job(self, number: int, job: Job) -> Pulled:
        other = self._store.path.parent / locks.ROUND
        while locks.is_taken(other) and not job.stopping:  # `round`, which ends as it sees this window
            time.sleep(_ROUND_POLL_SECONDS)
        return self._pull(self._accounts.get(number), lambda: job.stopping)

    def _send_job(self, number: int, job: Job) -> Pulled:
        # only reading that comes before it is ever interrupted: a reply would be left undecided
        return self._send(number, lambda: job.stopping)


def _counted(line: Pulled, entry: Entry | Deed) -> Pulled:
    state = entry.state
    return replace(
        line,
        sent=line.sent + (state in ("sent", "done")),
        failed=line.failed + (state == "failed"),
        undecided=line.undecided + (state == "undecided"),
    )


def _why_not_read(account: Account) -> str:
    if account.state == "paused":
        return tr("“{name}” is paused.").format(name=account.name)
    if account.state == "needs_login":
        if account.error:
            return tr("“{name}” needs its password. {error}").format(name=account.name, error=account.error)
        return tr("“{name}” needs its password.").format(name=account.name)
    return "" if account.mode in ("demo", "assisted") else tr("“{name}” isn't connected.").format(name=account.name)
