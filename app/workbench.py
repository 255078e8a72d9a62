"""One object opens the file and hangs one desk per noun on itself; both faces, window and shell, talk to it alone.

Desks are made when they are first asked for, so that opening costs what the first page needs and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from app.actions import Actions
from app.base import clock
from app.base.paths import Profile
from app.inbox import Inbox, drafts
from app.members import Card, Members, card
from app.members.desk import reindex_after
from app.promises import Promises
from app.search import Search
from app.settings import Settings
from app.store.changes import Changes
from app.store.sqlite import Connection
from app.store.store import Store
from app.store.undo import Hooks

if TYPE_CHECKING:
    from app.accounts import Accounts
    from app.base.jobs import Jobs
    from app.export import Export
    from app.gifts import Gifts
    from app.handoffs import Handoffs
    from app.imports import Imports
    from app.intake import Intake
    from app.intake.in_person import InPerson
    from app.intake.written_down import WrittenDown
    from app.moderation import Moderation
    from app.outbox import Outbox
    from app.safety.standstill import Standstill
    from app.store.undo import Step
    from app.sync import Sync
    from app.teammates import Teammates
    from app.templates import Templates
    from app.voice import Voice


def _ask_outbox(conn: Connection, op: str, number: int) -> None:
    from app.outbox import before_undo  # noqa: PLC0415

    before_undo(conn, op, number)


def _forget_words(conn: Connection, op: str, number: int) -> None:
    from app.intake import forget_words  # noqa: PLC0415

    forget_words(conn, op, number)


def _who_waits_again(conn: Connection, step: Step) -> None:
    from app.inbox.answers import after_undo  # noqa: PLC0415

    after_undo(conn, step)


def _hold_again(conn: Connection, _op: str, number: int) -> None:
    from app.outbox import hold_again  # noqa: PLC0415

    hold_again(conn, number)


def _remember_words(conn: Connection, _op: str, number: int) -> None:
    from app.intake import remember_words  # noqa: PLC0415

    remember_words(conn, number)


def _meet_outbox(conn: Connection, account_id: int, remote_ids: Sequence[str]) -> None:
    """Our own messages that come in meet what was sent."""
    from app.outbox import meet  # noqa: PLC0415

    meet(conn, account_id, remote_ids)


HOOKS = Hooks(
    before={"outbox": _ask_outbox, "message": _forget_words},
    after={
        "conversation": _who_waits_again,
        "draft": drafts.after_undo,
        "member": reindex_after,
        "identity": reindex_after,
    },
    again={"outbox": _hold_again, "message": _remember_words},
)
"""What each noun does when an undo touches its rows. Nouns that no start needs are loaded by their first undo."""


class Workbench:
    """The product without a screen. `close` it; it holds threads and the file."""

    def __init__(self, profile: Profile) -> None:
        """Open the profile's file, making it where there is none; UserError in one sentence where that cannot be."""
        self.profile = profile
        self.store = Store(profile.file, HOOKS)
        self.store.listen(self._begin)
        self.settings = Settings(self.store)
        self.inbox = Inbox(self.store)
        self.members = Members(self.store)
        self.promises = Promises(self.store)
        self.search = Search(self.store)
        self.actions = Actions(self.store, lambda: self.imports)

    @cached_property
    def intake(self) -> Intake:
        """The one road into `message`."""
        from app.intake import Intake  # noqa: PLC0415

        return Intake(self.store, met=_meet_outbox)

    @cached_property
    def in_person(self) -> InPerson:
        """Notes of talks face to face."""
        from app.intake.in_person import InPerson  # noqa: PLC0415

        return InPerson(self.store, self.intake)

    @cached_property
    def written_down(self) -> WrittenDown:
        """What was said where no program is let in."""
        from app.intake.written_down import WrittenDown  # noqa: PLC0415

        return WrittenDown(self.store, self.accounts, self.intake)

    @cached_property
    def accounts(self) -> Accounts:
        """Our logins."""
        from app.accounts import Accounts  # noqa: PLC0415

        return Accounts(self.store)

    @cached_property
    def voice(self) -> Voice:
        """The voice guide and its check."""
        from app.voice import Voice  # noqa: PLC0415

        return Voice(self.store)

    @cached_property
    def templates(self) -> Templates:
        """Reply templates."""
        from app.templates import Templates  # noqa: PLC0415

        return Templates(self.store)

    @cached_property
    def outbox(self) -> Outbox:
        """What is to be sent."""
        from app.outbox import Outbox  # noqa: PLC0415

        return Outbox(self.store)

    @cached_property
    def moderation(self) -> Moderation:
        """What was done to members' messages, and why."""
        from app.moderation import Moderation  # noqa: PLC0415

        return Moderation(self.store)

    @cached_property
    def standstill(self) -> Standstill:
        """Whether the file is a backup that was brought back and waits for a word."""
        from app.safety.standstill import Standstill  # noqa: PLC0415

        return Standstill(self.store)

    @cached_property
    def gifts(self) -> Gifts:
        """Delight."""
        from app.gifts import Gifts  # noqa: PLC0415

        return Gifts(self.store)

    @cached_property
    def teammates(self) -> Teammates:
        """Those who help and never log in."""
        from app.teammates import Teammates  # noqa: PLC0415

        return Teammates(self.store)

    @cached_property
    def handoffs(self) -> Handoffs:
        """What teammates have been asked."""
        from app.handoffs import Handoffs  # noqa: PLC0415

        return Handoffs(self.store)

    @cached_property
    def export(self) -> Export:
        """Files out."""
        from app.export import Export  # noqa: PLC0415

        return Export(self.store)

    @cached_property
    def imports(self) -> Imports:
        """Files in."""
        from app.imports import Imports  # noqa: PLC0415

        return Imports(self.store, self.intake)

    @cached_property
    def sync(self) -> Sync:
        """Pulling and sending."""
        from app.sync import Sync  # noqa: PLC0415

        return Sync(self.store, self.accounts, self.intake, self.outbox, self.moderation)

    def start(self) -> None:
        """Pull and send in the background from now on, as things fall due; `close` ends it.

        What that takes, modules and the right to send, is gathered on a worker: the window is there already.
        """
        self.jobs.submit(lambda _job: self.sync.start(self.jobs), key="start")

    def fetch(self) -> None:
        """Look at every account now."""
        self.sync.fetch()

    @cached_property
    def jobs(self) -> Jobs:
        """Background work."""
        from app.base.jobs import Jobs  # noqa: PLC0415

        return Jobs()

    def card(self, member_id: int) -> Card:
        """The member card, with this calendar year's gifts."""
        return card(self.store, self.members, self.promises, member_id, clock.local(clock.now()).year)

    def _begin(self, found: Changes) -> None:
        """The first account of one's own brings a voice guide and templates to begin with."""
        if found.touches("account"):
            from app import starter  # noqa: PLC0415

            if starter.wanted(self.store):
                starter.fill(self.store, self.voice, self.templates)

    @property
    def is_demo(self) -> bool:
        """Whether this file holds the made-up community."""
        row = self.store.read.execute("SELECT 1 FROM account WHERE mode = 'demo' LIMIT 1").fetchone()
        return row is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been connected or brought in yet: the first run."""
        row = self.store.read.execute(
            "SELECT EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM member)"
        ).fetchone()
        return not row[0]

    def close(self) -> None:
        """Stop the background work and close the file."""
        if "jobs" in self.__dict__:
            self.jobs.stop()
        if "outbox" in self.__dict__:
            self.outbox.close()
        self.store.close()
