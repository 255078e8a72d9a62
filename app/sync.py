"""Pulling and sending: what each account has that is new, and what is due to go out.

`outcome` is pure: how a pull ended and the clock give what to note on the account. `Sync` does it: each page of a pull
is one transaction with its cursor (see app.intake), so that a stop at any instant neither loses nor repeats anything.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from app.accounts import Account, Accounts
from app.base import clock
from app.base.errors import UserError
from app.base.jobs import ASKED, PULL, SEND, Job, Jobs
from app.base.message import Incoming
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, Session, TryLater
from app.channels.registry import channel
from app.intake import Intake, notices
from app.outbox import GRACE
from app.safety import standstill
from app.settings import Settings
from app.store.changes import Changes
from app.store.store import Store

if TYPE_CHECKING:
    from app.moderation import Deed, Moderation
    from app.outbox import Entry, Outbox

JITTER = 0.1
SOONEST, LATEST = 60, 3600
"""Seconds between tries while an account fails: as long as it has failed already, within these."""
SPREAD = 30
"""Seconds over which accounts are asked after the laptop slept."""
_SLEPT = 120  # seconds that passed unseen
_LONGEST_PAUSE = 65
_OURS = N_("Something went wrong in Rapport while reading this account. Details are in the log.")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pulled:
    """One account's line: what came in and went out, or in one sentence why not."""

    account: str
    new: int = 0
    known: int = 0
    changed: int = 0
    sent: int = 0
    failed: int = 0
    undecided: int = 0
    error: str = ""


@dataclass(slots=True)
class _Counts:
    """Messages that have come in so far, and stay in however the pull ends."""

    new: int = 0
    known: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to note on an account after a pull."""

    next_at: int
    error: str = ""
    needs_login: bool = False


def outcome(error: Exception | None, failing_since: int | None, now: int, minutes: int, chance: float) -> Outcome:
    """When to look again after a pull that ended in `error` (None: well); `chance` is from 0 to 1.

    The wait while failing grows with the outage: as long as it has lasted, a minute at least and an hour at most, and
    no shorter than the channel asks. Refusals change only by the person's doing: those wait the hour.
    """
    spread = 1 + JITTER * (2 * chance - 1)
    if error is None:
        return Outcome(now + max(1, int(minutes * 60 * spread)))
    if isinstance(error, AuthNeeded):
        return Outcome(now + LATEST, str(error), needs_login=True)
    wait = LATEST if isinstance(error, Refused) else min(LATEST, max(SOONEST, now - (failing_since or now)))
    asked = (error.after or 0) if isinstance(error, TryLater) else 0
    return Outcome(now + max(int(wait * spread), asked), str(error) if isinstance(error, UserError) else tr(_OURS))


class Sync:
    """Reads accounts and sends what is due; on a schedule, or when asked."""

    def __init__(
        self, store: Store, accounts: Accounts, intake: Intake, outbox: Outbox, moderation: Moderation
    ) -> None:
        """Over the desks whose accounts, messages, replies and deeds it carries."""
        self._store = store
        self._accounts = accounts
        self._intake = intake
        self._outbox = outbox
        self._moderation = moderation
        self._looked_at: tuple[float, float] | None = None
        self._jobs: Jobs | None = None
        self._chance: Callable[[], float] = random.random

    # --- one account, on the calling thread

    def pull(self, name: str, stopping: Callable[[], bool] = lambda: False) -> Pulled:
        """Take in what is new on that account. Failures are noted on it and told in the line, never raised."""
        return self._pull(self._accounts.named(name), stopping)

    def _pull(self, account: Account, stopping: Callable[[], bool]) -> Pulled:
        if not account.live or account.state != "on":
            return Pulled(account.name, error=_not_read(account))
        if standstill.is_on_hold(self._store.read):
            return Pulled(account.name, error=tr(standstill.SENTENCE))
        counts = _Counts()
        error: Exception | None = None
        try:
            self._take(account, counts, stopping)
        except UserError as why:
            error = why
        except Exception as why:  # noqa: BLE001  a fault in one channel must not end the others' work
            error = why
            if not stopping():
                _log.error("Pulling from a channel of kind %s failed", account.kind, exc_info=why)
        found = self._note(account, error)
        return Pulled(account.name, counts.new, counts.known, counts.changed, error=found.error)

    def _take(self, account: Account, counts: _Counts, stopping: Callable[[], bool]) -> None:
        """Page after page into the file; `counts` grow with each that is in."""
        if account.checked_at is None:  # what the channel says of us has to be known before its words are sorted
            self._accounts.check(account.id)
        session = self._accounts.session(account.id)
        try:
            for page in session.pull(self._accounts.cursor(account.id)):
                kept, told = self._notices(account, page.items)
                for number, items in told.items():  # before the cursor moves: read twice, a notice is one message
                    counts.new += self._intake.take(number, items).new
                taken = self._intake.take(account.id, kept, page.cursor)
                counts.new += taken.new
                counts.known += taken.known
                counts.changed += taken.changed
                if stopping():
                    return
        finally:
            session.close()

    def _notices(
        self, account: Account, items: Sequence[Incoming]
    ) -> tuple[Sequence[Incoming], dict[int, list[Incoming]]]:
        """What stays in the mailbox, and what its notices tell of, by the assisted account that it was said on."""
        senders, places = self._accounts.notice_places() if channel(account.kind).carries_notices else ({}, {})
        if not places:
            return items, {}
        kept: list[Incoming] = []
        told: dict[int, list[Incoming]] = {}
        for item in items:
            place = places.get(notices.kind(item.author.key, senders)) if not item.out else None
            found = notices.read(item, place.kind, senders) if place else None
            if place is None or found is None:
                kept.append(item)
            else:
                told.setdefault(place.id, []).append(found)
        return kept, told

    def _note(self, account: Account, error: Exception | None) -> Outcome:
        minutes = Settings(self._store).number("pull_minutes")
        found = outcome(error, account.error_at, clock.now(), minutes or 5, self._chance())
        with suppress(UserError):  # a full disk takes no note either; the line says so
            if error is None:
                self._accounts.note_success(account.id, found.next_at)
            else:
                self._accounts.note_failure(account.id, found.error, found.next_at, needs_login=found.needs_login)
        return found

    def run(self, names: Iterable[str] = ()) -> list[Pulled]:
        """Send what is due and pull, account after account; a line for each. No names: all that are connected."""
        wanted = [self._accounts.named(name) for name in names]
        chosen = wanted or [account for account in self._accounts.all() if account.mode != "file"]
        lines = []
        for account in chosen:
            sent = self._send(account.id)
            if account.live:
                line = self._pull(account, lambda: False)
                error = line.error or sent.error
                counts = (sent.sent, sent.failed, sent.undecided, error)
                lines.append(Pulled(line.account, line.new, line.known, line.changed, *counts))
            else:
                lines.append(replace(sent, error=_not_read(account)))
        return lines

    # --- sending

    def send(self, account_id: int) -> Pulled:
        """Send what is due on one account, now, on the calling thread; a line with the counts."""
        return self._send(account_id)

    def _send(self, account_id: int) -> Pulled:
        """Look up what is undecided on this account, send what is due and moderate; a line with the counts."""
        line = Pulled(self._accounts.get(account_id).name)
        session: Session | None = None
        try:
            for account, act, number in self._to_do():
                if account == account_id:
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

    def _to_do(self) -> Iterator[tuple[int, Callable[[int, Session], Entry | Deed], int]]:
        """What is due at the channels: (account, what does it, its number); asked for anew after each kind."""
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
        """From now on pull and send by `jobs` as things fall due; `jobs.stop()` ends it."""
        self._jobs = jobs
        self._outbox.take_charge(GRACE)
        self._store.listen(self._hear)
        jobs.repeat(self._look)

    def _hear(self, changes: Changes) -> None:
        if self._jobs is not None and changes.touches("outbox", "moderation", "account"):
            self._jobs.wake()

    def _look(self) -> float:
        """Queue what is due now; seconds until something may be due next."""
        jobs, now = self._jobs, clock.now()
        if jobs is None:
            return float(LATEST)
        self._spread_after_sleep(now)
        for number in {account for account, _, _ in self._to_do()}:
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
        """After the laptop slept everything is due at once: accounts are asked one after another over half a minute.

        Sleep shows in the wall clock having run on while the schedule's own pauses, a minute at most, did not.
        """
        before, self._looked_at = self._looked_at, (time.monotonic(), float(now))
        if before is None or now - before[1] - min(time.monotonic() - before[0], _LONGEST_PAUSE) < _SLEPT:
            return
        due = self._accounts.due(now)
        for place, account in enumerate(due[1:], 1):
            self._accounts.put_off(account.id, now + max(1, SPREAD * place // len(due)))

    def fetch(self, done: Callable[[Pulled], object] | None = None, only: int | None = None) -> list[Job]:
        """Look at every account now, or at `only` that one, as the person asked; `done` hears each line on a worker."""
        chosen = [account.id for account in self._accounts.all() if account.live and only in (None, account.id)]
        return [self._queue(number, ASKED, done) for number in chosen]

    def _queue(self, number: int, urgency: int, done: Callable[[Pulled], object] | None = None) -> Job:
        if self._jobs is None:
            self._jobs = Jobs()
        work = partial(self._pull_job, number)
        return self._jobs.submit(work, urgency=urgency, account=number, key=f"pull {number}", done=done)

    def _pull_job(self, number: int, job: Job) -> Pulled:
        return self._pull(self._accounts.get(number), lambda: job.stopping)

    def _send_job(self, number: int, job: Job) -> Pulled:
        del job  # a sending is not broken off: that would leave it undecided
        return self._send(number)


def _counted(line: Pulled, found: Entry | Deed) -> Pulled:
    state = found.state
    return replace(
        line,
        sent=line.sent + (state in ("sent", "done")),
        failed=line.failed + (state == "failed"),
        undecided=line.undecided + (state == "undecided"),
    )


def _not_read(account: Account) -> str:
    if account.state == "paused":
        return tr("“{name}” is paused.").format(name=account.name)
    if account.state == "needs_login":
        return f"“{account.name}” needs its password. {account.error}".strip()
    return "" if account.mode in ("demo", "assisted") else tr("“{name}” isn't connected.").format(name=account.name)
