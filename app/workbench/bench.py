"""The facade of `app`: opens the file and gives access to one desk per noun. Window and shell use nothing else.

Desks that the first page does not need are created lazily, to keep startup fast.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from app import hooks, tombstones
from app.actions import Actions
from app.base import clock
from app.base.errors import DiskError
from app.base.paths import Profile
from app.inbox import Inbox
from app.inbox.whereabouts import whereabouts
from app.members import Card, Members, card
from app.promises import Promises
from app.search import Search
from app.settings import UNDERWAY, Settings
from app.store.changes import Changes
from app.store.sqlite import scalar
from app.store.store import Store
from app.workbench.desks import Desks, doubt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.addresses import Addresses, Offer
    from app.attachments import Attachments
    from app.base.jobs import Job, Jobs
    from app.base.message import Incoming
    from app.blocks.parking import Parked
    from app.context import Context
    from app.cooling import Cooling
    from app.dates import Dates
    from app.export.giving import Giving
    from app.first_week import FirstWeek
    from app.following import Following
    from app.forgetting import Forgetting
    from app.gifts import Gift
    from app.giveaways.notices import Notices
    from app.imports.desk import Imports
    from app.intake import Intake
    from app.intake.in_person import InPerson
    from app.intake.reported import Reported
    from app.intake.written_down import WrittenDown
    from app.introducing import Introducing
    from app.lending import Lending
    from app.members.lists import MemberLists
    from app.originals import Originals
    from app.outbox import Letters, OutgoingFiles
    from app.quarrels import Quarrels
    from app.retention import Retention
    from app.returns import Returns
    from app.safety.audit import Audit
    from app.safety.desk import Backups
    from app.sync import Sync
    from app.today import Run, Today
    from app.views import Views

_FIRST_BACKUP_SECONDS = 30.0  # the start has the disk to itself
_FIRST_AUDIT_SECONDS = 90.0  # after the backup of the day
_AUDIT_SECONDS = 3_600.0
_MISSED = """
SELECT EXISTS (SELECT 1 FROM setting WHERE key = 'second_place' AND value NOT LIKE '%"missed": ""%')
"""
_UNDERWAY = f"SELECT EXISTS (SELECT 1 FROM setting WHERE key >= '{UNDERWAY}' AND key < '{UNDERWAY}a')"
_IS_SET = "SELECT EXISTS (SELECT 1 FROM setting WHERE key = ?)"
_LOOK_SECONDS = 60.0  # until it is looked again whether another day has begun


class Workbench(Desks):
    """The product without the GUI. It holds threads and the file, so it has to be closed."""

    def __init__(self, profile: Profile) -> None:
        """Open the profile's file, creating it if missing. Raises UserError if that fails."""
        self.profile = profile
        self.store = Store(profile.file, hooks.HOOKS)
        self.store.listen(self._add_starter_content)
        self.settings = Settings(self.store)
        self.inbox = Inbox(self.store, lambda at: self.blocks.working(at).next_block(at).ends, hooks.let_answers_go)
        self.members = Members(self.store, hooks.belongings)
        self.promises = Promises(self.store)
        self.search = Search(self.store)
        self.actions = Actions(self.store, lambda: self.imports, lambda: self.lending)
        self._day: date | None = None  # the one that was seen to
        self._started = False
        self._looked_at_backups = self._looked_at_file = False
        try:
            self._take_over_forgotten()
            self.look_for_replaced()
        except Exception:  # a damaged file; nobody could restore a backup of one that is still held open
            self.store.close()
            raise

    def _take_over_forgotten(self) -> None:
        """Forget anew whom a restored backup would bring back, before anything of it is shown."""
        if scalar(self.store.read, _IS_SET, (tombstones.CARRIED,)):
            from app.retention import runs

            self.forgetting.take_over(runs.carried)

    @cached_property
    def intake(self) -> Intake:
        """The only writer of `message`."""
        from app.intake import Intake

        return Intake(
            self.store, met=hooks.meet_outbox, moved=hooks.move_conversation, came=hooks.apply_rules,
            heard=hooks.look_between, hide=self.hide_codes,
        )  # fmt: skip

    @cached_property
    def member_lists(self) -> MemberLists:
        """Lists of members that are kept."""
        from app.members.lists import MemberLists

        return MemberLists(self.store, self.members)

    @cached_property
    def in_person(self) -> InPerson:
        """Notes of conversations held in person."""
        from app.intake.in_person import InPerson

        return InPerson(self.store, self.intake)

    @cached_property
    def written_down(self) -> WrittenDown:
        """Messages entered by hand, from channels that no program can read."""
        from app.intake.written_down import WrittenDown

        return WrittenDown(self.store, self.accounts, self.intake)

    @cached_property
    def reported(self) -> Reported:
        """Notices among the letters, which become messages of the places that they tell of."""
        from app.intake.reported import Reported

        return Reported(self.store, self.accounts, self.intake, hooks.move_conversation)

    @cached_property
    def views(self) -> Views:
        """Saved views of the inbox."""
        from app.views import Views

        return Views(self.store, self.inbox, self.search)

    @cached_property
    def cooling(self) -> Cooling:
        """What had better cool off before it goes."""
        from app.cooling import Cooling

        return Cooling(self)

    @cached_property
    def letters(self) -> Letters:
        """New and forwarded messages, and moving a matter to private."""
        from app.outbox import Letters

        return Letters(self.store, self.outbox)

    @cached_property
    def files(self) -> OutgoingFiles:
        """Files of replies and letters that are being written."""
        from app.outbox import OutgoingFiles

        return OutgoingFiles(self.store)

    @cached_property
    def attachments(self) -> Attachments:
        """Files that came with messages."""
        from app.attachments import Attachments

        return Attachments(self.store, lambda: self.accounts)

    @cached_property
    def context(self) -> Context:
        """The posts that comments stand under."""
        from app.context import Context

        return Context(self.store, lambda: self.accounts)

    @cached_property
    def originals(self) -> Originals:
        """Letters as they came."""
        from app.originals import Originals

        return Originals(self.store, self.accounts, self.intake)

    @cached_property
    def quarrels(self) -> Quarrels:
        """Quarrels between members."""
        from app.quarrels import Quarrels

        return Quarrels(self)

    @cached_property
    def introducing(self) -> Introducing:
        """The letters by which members are introduced to each other."""
        from app.introducing import Introducing

        return Introducing(self)

    @cached_property
    def notices(self) -> Notices:
        """What the entrants of give-aways are told, as drafts."""
        from app.giveaways.notices import Notices

        return Notices(self)

    @cached_property
    def following(self) -> Following:
        """Hand-offs followed up until the member has heard."""
        from app.following import Following

        return Following(self, lambda: self.blocks.working(clock.now()).free)

    @cached_property
    def addresses(self) -> Addresses:
        """Addresses of gifts: taken from replies, and erased when they are no longer needed."""
        from app.addresses import Addresses

        return Addresses(self.store, self.gifts, self.settings, self.templates)

    @cached_property
    def forgetting(self) -> Forgetting:
        """Members forgotten for good, and the receipts of that."""
        from app.forgetting import Forgetting

        return Forgetting(self.store, self.members, self.settings)

    @cached_property
    def lending(self) -> Lending:
        """The desk that is lent, and what comes in from other copies of the file."""
        from app.lending import Lending

        return Lending(self.store, lambda: self.forgetting, doubt)

    @cached_property
    def retention(self) -> Retention:
        """Rules by which what was said is kept only for so long."""
        from app.retention import Retention

        return Retention(self.store, lambda: self.forgetting)

    def hide_codes(self, items: Sequence[Incoming]) -> Sequence[Incoming]:
        """What comes in, without voucher codes that went out. Mostly loads nothing."""
        if not scalar(self.store.read, "SELECT EXISTS (SELECT 1 FROM voucher_reveal)"):
            return items
        return self.vouchers.hide(items)

    def address_to_take(self, conversation_id: int) -> Offer | None:
        """The address to take for a gift in this conversation; None if none has come. Mostly loads nothing."""
        if not scalar(self.store.read, "SELECT EXISTS (SELECT 1 FROM gift WHERE state = 'asked')"):
            return None
        return self.addresses.awaited(conversation_id)

    @cached_property
    def backups(self) -> Backups:
        """The backups of this file."""
        from app.safety.desk import Backups

        return Backups(self.store, self.profile, self.settings)

    @cached_property
    def today(self) -> Today:
        """What today is made of, and the queue that fits into so many minutes."""
        from app.today import Today

        return Today(self)

    @property
    def run(self) -> Run | None:
        """The block that is being worked through; None while none is. Loads nothing."""
        if "today" not in self.__dict__ or not self.today.run.active:
            return None
        run = self.today.run
        talks = [step.conversation_id for step in run.left if step.conversation_id is not None]
        run.follow(whereabouts(self.store.read, talks))
        return run

    @cached_property
    def dates(self) -> Dates:
        """Dates that are typed or chosen by a letter."""
        from app.dates import Dates

        return Dates(self.settings, lambda now: self.blocks.working(now).next_start(now))

    def park(self, now: int) -> Parked:
        """Put off what waits and can wait until the next block starts, as one action."""
        from app.blocks.parking import park

        return park(self.store, self.inbox, self.blocks, now)

    @cached_property
    def first_week(self) -> FirstWeek:
        """What is offered in the first week."""
        from app.first_week import Desks, FirstWeek

        return FirstWeek(self.store, lambda: Desks(self.blocks, self.teammates, self.templates, self.voice))

    @cached_property
    def returns(self) -> Returns:
        """Reads back what teammates edited."""
        from app.returns import Returns

        return Returns(self.store, lambda: self.letters, self._asks_of_gift)

    def _asks_of_gift(self, gift: Gift, state: str) -> str:
        """What a gift asks before it goes to a state besides its stock: about its card, and what they can't have."""
        from app.members import allergies

        asked = (self.cards.stops_of(gift, state), allergies.before(self.store.read, gift, state))
        return " ".join(filter(None, asked))

    @cached_property
    def giving(self) -> Giving:
        """Gives hand-offs to teammates in files."""
        from app.export.giving import Giving

        return Giving(self.store, self.export, self.letters, self.files)

    @property
    def has_broken_off(self) -> bool:
        """Whether an import broke off, or runs just now; `imports.broken_off` tells which, and loads the readers."""
        return bool(scalar(self.store.read, _UNDERWAY))

    @cached_property
    def imports(self) -> Imports:
        """Reads files."""
        from app.imports.desk import Imports

        return Imports(self.store, self.intake)

    @cached_property
    def sync(self) -> Sync:
        """Pulling and sending."""
        from app.sync import Sync

        return Sync(self.store, self.accounts, self.intake, self.outbox, self.moderation)

    def start(self) -> None:
        """Start pulling and sending in the background, for the window on whose thread it is called; `close` ends it.

        The setup (importing modules, taking charge of sending) runs on a worker, so the window does not wait for it.
        Does nothing where it has been started, or nothing can be written to the file: then it is to be called again.
        """
        self.store.hurry_here()
        if self._started or self.store.obstacle() is not None:
            return
        self._started = True
        self.jobs.submit(lambda _job: self.sync.start(self.jobs), key="start")
        self.jobs.submit(self._count_involvement, key="involvement")
        self.jobs.repeat(self._look_at_the_day)
        if not self.is_demo:  # which is not kept
            self.jobs.repeat(self._look_at_backups)
            self.jobs.repeat(self._look_at_file)

    def _look_at_the_day(self) -> float:
        """See to the day if it is a new one; returns the seconds until the next look."""
        self.see_to_the_day()
        return _LOOK_SECONDS

    def see_to_the_day(self) -> None:
        """Do in the background, once a day, what falls due with it: questions of gifts lapse, addresses are erased."""
        today = clock.local(clock.now()).date()
        if self._day != today:
            self._day = today
            self.jobs.submit(lambda _job: self.gifts.lapse(), key="day")
            self.jobs.submit(lambda _job: self._erase_addresses(), key="addresses")

    def _look_at_backups(self) -> float:
        """Make the backup of the day if it is due, but not while the window has just begun; returns the seconds."""
        from app.base.jobs import IDLE

        first, self._looked_at_backups = not self._looked_at_backups, True
        if first:
            return _FIRST_BACKUP_SECONDS
        self.jobs.submit(lambda _job: self._back_up(), urgency=IDLE, key="backup")
        return _LOOK_SECONDS

    def _look_at_file(self) -> float:
        """Look whether the file is sound, once nobody has had to wait for anything for a while; returns the seconds."""
        from app.base.jobs import IDLE

        first, self._looked_at_file = not self._looked_at_file, True
        if first:
            return _FIRST_AUDIT_SECONDS
        self.jobs.submit(lambda job: self.audit.see_to(clock.now(), lambda: job.stopping), urgency=IDLE, key="audit")
        return _AUDIT_SECONDS

    def look_at_file_now(self) -> None:
        """Look at all of the file in the background, as after a repair."""
        self.jobs.submit(lambda job: self.audit.look(clock.now(), lambda: job.stopping), key="audit")

    def file_trouble(self) -> str:
        """What is wrong with the file, in a sentence, as it was found in idle time; "" if nothing is known to be."""
        if "audit" in self.__dict__:
            return self.audit.trouble()
        row = self.store.read.execute("SELECT value FROM setting WHERE key = 'file_trouble'").fetchone()
        return "" if row is None else str(row["value"])

    @cached_property
    def audit(self) -> Audit:
        """Looks through the file in idle time."""
        from app.safety.audit import Audit

        return Audit(self.store)

    def _back_up(self) -> None:
        """Make the backup of the day if it is due; what fails is told by `backup_warning`."""
        self.backups.see_to(clock.now())

    def backup_warning(self) -> str:
        """What is wrong with the backups, in a sentence; "" if nothing is known to be. Mostly loads nothing."""
        if "backups" in self.__dict__ or scalar(self.store.read, _MISSED):
            return self.backups.warning()
        return ""

    def do_what_is_due(self) -> None:
        """Do the same at once, for a shell: who never opens the window has gifts that lapse and backups, too."""
        self.gifts.lapse()
        self._erase_addresses()
        self._back_up()

    def _erase_addresses(self) -> None:
        """Erase the addresses that are due, and the last traces of who was forgotten; mostly loads nothing of it."""
        from app.gifts.addresses import to_see_to

        if to_see_to(self.store.read):
            self.addresses.run(clock.now())
        if scalar(self.store.read, _IS_SET, (tombstones.UNFINISHED,)):
            self.forgetting.finish()

    def _count_involvement(self, job: Job) -> None:
        """Count how far members take part, in a file of an earlier release: it has no figures yet."""
        if not self.involvement.is_counted():
            self.involvement.recount_in_steps(lambda: job.stopping)

    def fetch(self) -> None:
        """Pull every connected account now, in the background. Raises DiskError where nothing can be written."""
        self.refuse_unwritable()
        self.sync.fetch()

    def refuse_unwritable(self) -> None:
        """Raise DiskError where nothing can be written to the file: what would be fetched couldn't be kept."""
        if (found := self.store.obstacle()) is not None:
            raise DiskError(found.sentence)

    @cached_property
    def jobs(self) -> Jobs:
        """The queue of background work."""
        from app.base.jobs import Jobs

        return Jobs()

    def card(self, member_id: int) -> Card:
        """The member's card, with this calendar year's gifts."""
        return card(self.store, self.members, self.promises, member_id, clock.local(clock.now()).year)

    def _add_starter_content(self, changes: Changes) -> None:
        """Add the starter content once the first real account is connected."""
        if changes.touches("account"):
            from app import starter

            if starter.wanted(self.store):
                starter.fill(self.store, self.voice, self.templates)

    @property
    def is_demo(self) -> bool:
        """Whether this file holds the demo community."""
        return bool(scalar(self.store.read, "SELECT EXISTS (SELECT 1 FROM account WHERE mode = 'demo')"))

    @property
    def is_empty(self) -> bool:
        """Whether the file has no account and no member yet, as on the first run."""
        return not scalar(self.store.read, "SELECT EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM member)")

    def close(self) -> None:
        """Stop the background work and close the file."""
        if "spelling" in self.__dict__:
            self.spelling.close()
        if "sync" in self.__dict__:
            self.sync.close()
        if "jobs" in self.__dict__:
            self.jobs.stop()
        if "outbox" in self.__dict__:
            self.outbox.close()
        if self.store.place.lost() is not None:
            self.replaced.keep()
        self.is_back()
        self.store.close()
        if "replaced" in self.__dict__:
            self.replaced.finish()
