"""The desks of nouns that need nothing but the file and its settings: each is made when it is first asked for."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from app.base.errors import DiskError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.accounts import Accounts
    from app.base.paths import Profile
    from app.blocks import Blocks
    from app.commands.desk import KeyDesk
    from app.contacts.desk import Contacts
    from app.deserving import Deserving
    from app.emoji import Emojis
    from app.export import Export
    from app.facts import Facts
    from app.facts.embargoes import Embargoes
    from app.fairness import Fairness
    from app.gifts import Gifts
    from app.gifts.cards import Cards
    from app.gifts.vouchers import Vouchers
    from app.giveaways import Giveaways
    from app.handling import Handling
    from app.handoffs import Handoffs
    from app.handoffs.approvals import Approvals
    from app.helping import Helps
    from app.history import Histories
    from app.inbox.labels import Labels
    from app.introductions import Introductions
    from app.involvement import Involvement
    from app.kept_forms import KeptForms
    from app.kind_words import KindWords
    from app.members import Members
    from app.members.pairs import Pairs
    from app.moderation.desk import Moderation
    from app.outbox import Outbox
    from app.outbox.template_files import TemplateFiles
    from app.outbox.unfinished import Unsent
    from app.printing import Printing
    from app.responsible import Responsibles
    from app.righting import Righting
    from app.rules import Rules
    from app.safety.replaced import Replaced
    from app.safety.standstill import Standstill
    from app.settings import Settings
    from app.spelling import Spelling
    from app.stacks import Stacks
    from app.store.pen import Loan
    from app.store.sqlite import Connection
    from app.store.store import Store
    from app.teammates import Teammates
    from app.templates import Templates
    from app.voice import Draft, Finding, Voice
    from app.voice.asked import Asked
    from app.works import Works


def doubt(conn: Connection, written_by: int) -> int:
    """Have what waited in a restored file looked for; see `app.outbox.waited`. Few files are ever restored."""
    from app.outbox import waited

    return waited.doubt(conn, written_by)


class Desks:
    """One attribute for each noun, by its name."""

    profile: Profile
    store: Store
    settings: Settings
    members: Members

    def look_for_replaced(self) -> None:
        """Hold everything back in a file that another program put in the place of the one that was open."""
        if self.profile.replaced:
            from app.safety import replaced

            with suppress(DiskError):
                replaced.take_note(self.store, self.profile)

    def is_back(self) -> None:
        """See to what was kept of a file that another program moved away, if that is back in its place."""
        if "replaced" in self.__dict__:
            self.replaced.let_go()

    def loan(self) -> Loan | None:
        """The loan of which this file is the copy that is worked in; None if it is none."""
        from app.store import pen

        return pen.on_loan(self.store.read)

    @property
    def pairs(self) -> Pairs:
        """Two members who may be one person."""
        return self.members.pairs

    @cached_property
    def helps(self) -> Helps:
        """Which members helped others."""
        from app.helping import Helps

        return Helps(self.store)

    @cached_property
    def introductions(self) -> Introductions:
        """Members introduced to each other."""
        from app.introductions import Introductions

        return Introductions(self.store)

    @cached_property
    def keys(self) -> KeyDesk:
        """The keys that the person has changed."""
        from app.commands.desk import KeyDesk

        return KeyDesk(self.store)

    @cached_property
    def accounts(self) -> Accounts:
        """Our logins."""
        from app.accounts import Accounts

        return Accounts(self.store)

    @cached_property
    def voice(self) -> Voice:
        """The voice guide and its check."""
        from app.voice import Voice

        return Voice(self.store, heed=self._heeded, dress=self._dressed, answers=self._asked)

    def _asked(self, draft: Draft) -> Mapping[int, Asked]:
        asks = "SELECT 1 FROM handoff WHERE conversation_id = ? AND asks_rule_id IS NOT NULL LIMIT 1"
        if self.store.read.execute(asks, (draft.conversation_id,)).fetchone() is None:
            return {}
        return self.approvals.answers(draft)

    def _heeded(self, draft: Draft) -> tuple[Finding, ...]:
        found = (*self.works.findings(draft), *self.templates.findings(draft))
        if self._keeps_facts():
            from app.facts.finding import findings

            found = (*found, *findings(self.facts, draft))
        return found

    def _dressed(self, draft: Draft, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return self.embargoes.dress(draft, found) if found and self._keeps_facts() else found

    def _keeps_facts(self) -> bool:
        return self.store.read.execute("SELECT 1 FROM fact LIMIT 1").fetchone() is not None

    @cached_property
    def history(self) -> Histories:
        """All that was between a member and us."""
        from app.history import Histories

        return Histories(self.store)

    @cached_property
    def works(self) -> Works:
        """What members made, and what they let us use it for."""
        from app.works import Works

        return Works(self.store)

    @cached_property
    def templates(self) -> Templates:
        """Reply templates."""
        from app.templates import Templates

        return Templates(self.store, lambda: self.template_files)

    @cached_property
    def template_files(self) -> TemplateFiles:
        """Pictures and files that go with templates."""
        from app.outbox.template_files import TemplateFiles

        return TemplateFiles(self.store)

    @cached_property
    def spelling(self) -> Spelling:
        """Slips of spelling, and the person's own words."""
        from app.spelling import Spelling

        return Spelling(self.store, self.settings)

    @cached_property
    def emoji(self) -> Emojis:
        """Emoji by their names."""
        from app.emoji import Emojis

        return Emojis(self.store)

    @cached_property
    def outbox(self) -> Outbox:
        """Replies to send."""
        from app.outbox import Outbox

        return Outbox(self.store, vouchers=lambda: self.vouchers)

    @cached_property
    def labels(self) -> Labels:
        """The labels of conversations and members."""
        from app.inbox.labels import Labels
        from app.members.own import follow_label

        return Labels(self.store, follow_label)

    @cached_property
    def unsent(self) -> Unsent:
        """Drafts of replies, new messages and posts."""
        from app.outbox.unfinished import Unsent

        return Unsent(self.store)

    @cached_property
    def moderation(self) -> Moderation:
        """Moderation of members' messages, and its log."""
        from app.moderation.desk import Moderation

        return Moderation(self.store)

    @cached_property
    def standstill(self) -> Standstill:
        """Whether the file is a restored backup that is on hold."""
        from app.safety.standstill import Standstill

        return Standstill(self.store, doubt)

    @cached_property
    def replaced(self) -> Replaced:
        """What becomes of what is open once another program has put another file in its place."""
        from app.safety.replaced import Replaced

        return Replaced(self.store, self.profile)

    @cached_property
    def gifts(self) -> Gifts:
        """Gifts, their budget and stock."""
        from app.gifts import Gifts

        return Gifts(self.store)

    @cached_property
    def giveaways(self) -> Giveaways:
        """Give-aways: entrants, lists and draws."""
        from app.giveaways import Giveaways

        return Giveaways(self.store, self.members, self.gifts)

    @cached_property
    def deserving(self) -> Deserving:
        """Who deserves a gift, and who is left out."""
        from app.deserving import Deserving

        return Deserving(self.store, self.settings)

    @cached_property
    def fairness(self) -> Fairness:
        """How fairly gifts are shared, and what came of them."""
        from app.fairness import Fairness

        return Fairness(self.store)

    @cached_property
    def cards(self) -> Cards:
        """The words on the cards of gifts, as the voice guide sees them."""
        from app.gifts.cards import Cards, Seen
        from app.voice import BLOCK, RECEIVER, Draft

        def look(words: str, language: str, member: int | None) -> list[Seen]:
            found = self.voice.look(Draft(words, language, to=member, read_by=RECEIVER))
            return [Seen(one.words, one.why, one.instead, one.level == BLOCK) for one in found]

        return Cards(self.store, look)

    @cached_property
    def vouchers(self) -> Vouchers:
        """Codes that can be given once."""
        from app.gifts.vouchers import Vouchers

        return Vouchers(self.store)

    @cached_property
    def teammates(self) -> Teammates:
        """Teammates, who help and never log in."""
        from app.teammates import Teammates

        return Teammates(self.store)

    @cached_property
    def responsible(self) -> Responsibles:
        """Who answers for accounts and subjects."""
        from app.responsible import Responsibles

        return Responsibles(self.store)

    @cached_property
    def handoffs(self) -> Handoffs:
        """Requests to teammates and their returns."""
        from app.handoffs import Handoffs

        return Handoffs(self.store)

    @cached_property
    def approvals(self) -> Approvals:
        """Questions to teammates whether a reply may be sent."""
        from app.handoffs.approvals import Approvals

        return Approvals(self.store, self.handoffs)

    @cached_property
    def facts(self) -> Facts:
        """Facts, and who was told them."""
        from app.facts import Facts

        return Facts(self.store)

    @cached_property
    def embargoes(self) -> Embargoes:
        """Subjects that may not be spoken of yet."""
        from app.facts.embargoes import Embargoes

        return Embargoes(self.store, self.voice, self.facts)

    @cached_property
    def righting(self) -> Righting:
        """Drafts that put right what people were told."""
        from app.righting import Righting

        return Righting(self)

    @cached_property
    def kind_words(self) -> KindWords:
        """The shelf of kind words."""
        from app.kind_words import KindWords

        return KindWords(self.store)

    @cached_property
    def kept_forms(self) -> KeptForms:
        """What was typed in forms and not saved."""
        from app.kept_forms import KeptForms

        return KeptForms(self.store)

    @cached_property
    def stacks(self) -> Stacks:
        """Open conversations that ask much the same."""
        from app.stacks import Stacks

        return Stacks(self.store)

    @cached_property
    def rules(self) -> Rules:
        """Rules for what comes in."""
        from app.rules import Rules

        return Rules(self.store)

    @cached_property
    def blocks(self) -> Blocks:
        """Working blocks, and how long each conversation may wait in working time."""
        from app.blocks import Blocks

        return Blocks(self.store, self.settings)

    @cached_property
    def contacts(self) -> Contacts:
        """Members out as vCards, tables and calendar files."""
        from app.contacts.desk import Contacts

        return Contacts(self.store, self.blocks, self.settings)

    @cached_property
    def involvement(self) -> Involvement:
        """How far members take part; who is new, quiet or back."""
        from app.involvement import Involvement

        return Involvement(self.store, self.settings)

    @cached_property
    def handling(self) -> Handling:
        """How long things took, and how long they are going to take."""
        from app.handling import Handling

        return Handling(self.store)

    @cached_property
    def export(self) -> Export:
        """Writes files."""
        from app.export import Export

        return Export(self.store)

    @cached_property
    def printing(self) -> Printing:
        """Makes pages for paper."""
        from app.printing import Printing

        return Printing(self.store)
