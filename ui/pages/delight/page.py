"""The delight page: the year's budget, every gift with its reason and stage, and its next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock, money
from app.base.words import N_
from app.deserving import Proposal
from app.gifts import LIST_NAMES, LISTS, OVER, PROMISED, Gift, awaits, next_state
from app.handling import kind_of_gift
from app.members import allergies
from ui.frame import files, unsaved
from ui.frame.doing import announce, show_errors, undoable
from ui.frame.listed import Listed
from ui.frame.strip_page import StripPage
from ui.look import text
from ui.look.text import tr
from ui.pages.delight import words
from ui.pages.delight.budget import BudgetPanel
from ui.pages.delight.ends import ChoiceStrip, StageStrip
from ui.pages.delight.finding import Finding
from ui.pages.delight.foot import GiftFoot
from ui.pages.delight.giveaway_forms import GiveawayForm, NewGiveawayStrip
from ui.pages.delight.giveaways import GiveawayStrip
from ui.pages.delight.side import DelightSide
from ui.pages.delight.spending import BudgetStrip, RateStrip
from ui.pages.delight.stocking import Stocking
from ui.pages.delight.strips import AddressStrip, EditStrip, LogStrip
from ui.pages.delight.swapping import Swap
from ui.pages.delight.table import COLUMNS, MARGINS, GiftDelegate, GiftModel
from ui.shared.asked_once import AskedOnce
from ui.shared.stopwatch import Stopwatch
from ui.widgets.buttons import CommandButton
from ui.widgets.columns import TableHead
from ui.widgets.panels import EmptyState, PageHeader
from ui.widgets.rowview import RowView
from ui.widgets.segments import SegmentSwitch
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.store.changes import Changes
    from ui.widgets.strip import Strip

_LEFT_MARGIN, _RIGHT_MARGIN = 24, 20
_TABLES = (
    "gift", "gift_budget", "gift_rate", "gift_choice", "gift_item", "stock_move", "gift_address", "voucher",
    "gift_pass", "member", "setting",
)  # fmt: skip


_GIVEAWAY_TABLES = (
    "giveaway", "giveaway_entry", "member", "gift", "draft", "letter_draft", "outbox", "template_use",
)  # fmt: skip


class DelightPage(StripPage):
    """Small gifts, fairly shared."""

    id, title, icon = "delight", N_("Delight"), "gift"

    def build(self) -> None:
        """Build the budget, the stage switch and the table, with the year's sums at the right."""
        self._currency, self._once = "", AskedOnce()
        self.stopwatch = Stopwatch(self.bench, self)
        self.header = PageHeader(tr("Delight"), tr("Small gifts, fairly shared"))
        self.deserve = CommandButton("deserving", self.frame, kind="plain")
        self.header.add(self.deserve)
        self.header.add(CommandButton("giveaways", self.frame, kind="plain"))
        self.header.add(CommandButton("shipping_list", self.frame))
        self.header.add(CommandButton("gift", self.frame, title=tr("Log a gift"), kind="delight"))
        self.side = DelightSide()
        self.side.taken.connect(self._log_proposed)
        self.side.put_off.connect(self._put_off)
        self.finding = Finding(self.bench, self)
        self.finding.found.connect(self.side.show_found)
        self.side.effect_asked.connect(self.finding.look_for_effect)
        self.stocking = Stocking(self, self.gift)
        self.side.counting.connect(self.stocking.count)
        self.side.items_asked.connect(self.stocking.items)
        self.side.money_asked.connect(lambda name: self.handlers()[name]())
        body = QHBoxLayout()
        body.setSpacing(0)
        self.main = self._main()
        self.swap = Swap(self, self.main, self.side, self.header, self.deserve)
        body.addWidget(self.main, 1)
        body.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)
        self._reload()

    def _main(self) -> QWidget:
        main = QWidget()
        self.budget = BudgetPanel(self.bench.settings.text("currency"), self.frame.memory.forms)
        self.budget.given.connect(self._set_budget)
        self.budget.left.connect(self.back)
        self.stages = SegmentSwitch([(key, tr(name)) for key, name in LIST_NAMES.items()], "in_work", tr("Stage"))
        self.stages.chosen.connect(self._staged)
        self.model = GiftModel()
        delegate = GiftDelegate(self)
        self.list = RowView(tr("Gifts"), delegate)
        self.list.setModel(self.model)
        self.list.moved.connect(self._moved)
        self.list.opened.connect(self._opened)
        self.list.menu_asked.connect(self.frame.show_menu)
        head = TableHead(COLUMNS, MARGINS)
        head.stand_over(self.list)
        table = QWidget()
        rows = QVBoxLayout(table)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self.list, 1)
        self.middle = Stack()
        self.middle.addWidget(table)
        nothing = tr("Gifts and the reason for each appear here, from idea to thank-you")
        logging = CommandButton("gift", self.frame, title=tr("Log a gift"))
        self.middle.addWidget(EmptyState("gift", nothing, buttons=[logging]))
        self.middle.addWidget(EmptyState("gift", tr("No gifts at this stage"), tr("Log a gift"), self._log))
        self.foot = GiftFoot()
        self.foot.asked.connect(self._asked)
        top = QVBoxLayout()
        top.setContentsMargins(_LEFT_MARGIN, 16, _RIGHT_MARGIN, 6)
        top.setSpacing(14)
        top.addWidget(self.budget)
        top.addWidget(self.stages)
        self.spare = (self.budget,)
        self.under = QVBoxLayout(main)
        self.under.setContentsMargins(0, 0, 0, 0)
        self.under.setSpacing(0)
        self.under.addLayout(top)
        self.under.addWidget(self.middle, 1)
        self.under.addWidget(self.foot)
        return main

    # Reading

    def _reload(self, keep: int | None = None) -> None:
        """Reload everything shown; select the gift with the id `keep`, by default the current one."""
        gifts, now = self.bench.gifts, clock.now()
        current = self.gift()
        place, keep = self.list.place(), keep or (current.id if current else None)
        counts, stage = gifts.counts(), self.stages.current()
        thanked = self._thanked_this_month(now) if stage == "in_work" else []
        listed = gifts.listed(stage)
        self.model.show(listed, thanked, counts["enjoyed"], now)
        self.stages.set_counts(counts)
        budgets = gifts.budgets.of()
        today = clock.local(now).date()
        budget = next(
            (candidate for candidate in budgets if candidate.currency == self._currency),
            budgets[0] if budgets else None,
        )
        self.budget.show_budget(budget, today)
        self.side.show_year([*budgets, *gifts.budgets.by_occasion()], counts, gifts.stock())
        self.finding.look()
        self.middle.setCurrentIndex(0 if self.model.rows else 1 if not any(counts.values()) else 2)
        kept = self.model.place_of(keep) if keep is not None else -1
        if kept >= 0:
            self.list.choose(kept)
        elif self.model.rows:
            self.list.choose(max(0, min(place, len(listed) - 1)))
        self._moved(self.list.place())

    def _thanked_this_month(self, now: int) -> list[Gift]:
        month = clock.local(now).strftime("%Y-%m")
        latest = self.bench.gifts.listed("enjoyed", 60)
        return [gift for gift in latest if clock.local(gift.state_at).strftime("%Y-%m") == month]

    def gift(self) -> Gift | None:
        """The selected gift, or None."""
        return self.model.row_at(self.list.place())

    def _moved(self, _place: int) -> None:
        if self.strip is None:  # a form is about what it was opened for
            chosen = self.gift()
            self.stopwatch.begin(chosen.id if chosen is not None else None)
        gift = self.gift() if self.strip is None else None
        handed = gift is not None and gift.address_erased_at is not None and self.bench.addresses.handed(gift.id)
        self.foot.show_gift(gift, self.model.now, handed=bool(handed))

    def _staged(self, _stage: str) -> None:
        self._reload()

    # Page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        handlers: dict[str, Callable[[], object]] = {
            "next": self.list.next, "previous": self.list.previous, "gift": self._log, "shipping_list": self._ship,
            "filter": self._filter, "back": self.back, "giveaways": self._give_away, **self.stocking.handlers(),
            "set_budget": lambda: self.show_strip(BudgetStrip(self.bench)), "deserving": self.swap.turn,
            "set_rate": lambda: self.show_strip(RateStrip(self.bench)),
        }  # fmt: skip
        if self.side.focused() is not None:
            handlers["not_now"] = self._put_off
        gift = self.gift()
        if gift is not None:
            handlers |= {
                "open": self._open,
                "edit_gift": self._edit,
                "drop_gift": self._drop,
                "handoff": self._hand_off,
                "gift_stage": self._move,
            }
            if gift.state in ("lost", "returned"):
                handlers["gift_again"] = self._again
            if gift.state in ("idea", *PROMISED):
                handlers["gift_choice"] = self._choice
            if gift.address_1:
                handlers["erase_address"] = self._erase
            if gift.state not in OVER:
                handlers |= {"next_stage": self._step, "gift_address": self._address}
        if isinstance(self.strip, GiveawayStrip):
            handlers |= self.strip.handlers()
        return handlers

    def panes(self) -> Sequence[QWidget]:
        """The stage switch, the table, the strip or the bar below, and who deserves a gift."""
        below = self.strip if self.strip is not None else self.foot
        proposed = self.side.deserving.lines[:1] if self.side.deserving is not None else []
        return (self.stages, self.list, below, *(line for line in proposed if line.isVisible()))

    def open(self, target: object) -> None:
        """Show a gift by its id, or, for ("log", member id), the strip for a new one."""
        if isinstance(target, tuple):
            _log, member = target
            self._log(member)
        elif isinstance(target, int):
            self.stages.set_current(_list_of(self.bench.gifts.get(target)))
            self._reload(target)

    def refresh(self, changes: Changes) -> None:
        """Reload if a gift, budget, stock or member changed."""
        if changes.touches(*_TABLES):
            self._reload()
        if isinstance(self.strip, (GiveawayStrip, GiveawayForm)) and changes.touches(*_GIVEAWAY_TABLES):
            self.strip.refresh()

    def listed(self) -> Listed:
        """The gifts of the table, with those thanked this month."""
        return Listed("gifts", self.model.numbers, tr("Gifts"))

    def selected(self) -> object:
        """The selected gift's id, and its stage."""
        gift = self.gift()
        return (gift.id, gift.state) if gift is not None else None

    def activate(self) -> None:
        """Propose the currency from the settings, which may have changed, and focus."""
        self.budget.propose(self.bench.settings.text("currency"))
        super().activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the year's sums at the right if there is no room, or show them alone if they were asked for."""
        super().resizeEvent(event)
        beside = self.swap.fit(self.width())
        self.budget.fit(self.width() - beside - _LEFT_MARGIN - _RIGHT_MARGIN)

    # Commands

    def _filter(self) -> None:
        self.stages.setFocus(Qt.FocusReason.TabFocusReason)

    def _opened(self, _place: int) -> None:
        self._open()

    def _open(self) -> None:
        gift = self.gift()
        if gift is not None and gift.conversation_id is not None:
            self.frame.go("inbox", gift.conversation_id)
        elif gift is not None:
            self.frame.go("members", gift.member_id)

    def _asked(self, action: str) -> None:
        done = {"step": self._step, "edit": self._edit, "address": self._address, "talk": self._open, "ask": self._ask}
        done[action]()

    def _ask(self) -> None:
        """Begin the reply that asks for the address, by the template, and show it."""
        gift = self.gift()
        if gift is None:
            return
        with show_errors(self.frame):
            begun = self.bench.addresses.ask(gift.id)
            self.frame.go("inbox", ("answer", begun.conversation_id, gift.member_id))
            self.frame.run("reply")

    def _step(self) -> None:
        """Move the gift to its next stage; one that lacks an address waits for that: ask for it, or enter it."""
        gift = self.gift()
        if gift is None:
            return
        waits = awaits(gift)
        if waits:
            (self._ask if waits == "ask" else self._address)()
            return
        if self.stocking.stays(gift):
            return
        before = self.bench.store.last_action
        with show_errors(self.frame):
            following = next_state(gift, clock.now()) or ""
            state = self._once.step(
                gift.id,
                lambda asked: self.bench.gifts.advance(gift.id, seen=gift.state, over=asked),
                allergies.before(self.bench.store.read, gift, following),
            )
            announce(self.frame, words.moved(gift, state), before)
            self.stopwatch.done(kind_of_gift(to_thank=state == "thanked"), gift.conversation_id)
        self._reload(gift.id)

    def _again(self) -> None:
        """Approve a lost gift anew, and show that one."""
        gift = self.gift()
        if gift is None:
            return
        sentence = tr("{item} for {name}: approved again.")
        with undoable(self.frame, sentence.format(item=text.embed(gift.item), name=text.name(gift.member))):
            self.open(self._once.step(("again", gift.id), lambda asked: self.bench.gifts.again(gift.id, over=asked)))

    def _drop(self) -> None:
        gift = self.gift()
        if gift is not None:
            with undoable(
                self.frame,
                tr("{item} for {name}: dropped.").format(item=text.embed(gift.item), name=text.name(gift.member)),
            ):
                self.bench.gifts.drop(gift.id)
            self._reload()

    def _ship(self) -> None:
        """Export the gifts to ship to a file that the person chooses."""
        today = clock.local(clock.now()).date().isoformat()
        path = files.save_path(self, tr("Shipping list"), f"gifts-to-ship-{today}.csv", tr("Tables (*.csv *.xlsx)"))
        if path is None:
            return
        with show_errors(self.frame):
            from app.export import Options  # noqa: PLC0415  few sessions export

            written = self.bench.export.file("gifts", path, Options(replace=True))
            sentence = tr("Gifts exported to {file}: {count}. {notes}").format(
                count=written.rows, file=written.path, notes=" ".join(written.notes)
            )
            announce(self.frame, sentence.strip())

    def _set_budget(self, amount: str, currency: str) -> None:
        year = clock.local(clock.now()).year
        with undoable(self.frame, tr("Budget of {year} set.").format(year=year)):
            budget = money.parse(amount, money.code(currency))
            self._once.step(("budget", *budget), lambda asked: self.bench.gifts.budgets.set(
                year, budget.currency, budget.amount, over=asked
            ))  # fmt: skip
            self._currency = budget.currency
            self.budget.leave(saved=True)
            self._reload()
            self.list.setFocus()

    def _log_proposed(self, proposal: object) -> None:
        """Open the form for a gift that is proposed, filled in."""
        if isinstance(proposal, Proposal):
            self.stopwatch.begin("log")
            strip = LogStrip(self.bench, proposal.person.id)
            strip.propose(proposal)
            self.show_strip(strip)

    def _put_off(self, member: int | None = None) -> None:
        """Propose a member no gift for now, by default the one whose proposal has the focus."""
        focused = self.side.focused()
        number = focused.person.id if member is None and focused is not None else member
        if number is None:
            return
        with undoable(self.frame, words.put_off(self.bench.members.get(number).name)):
            self.bench.deserving.pass_over(number)

    def _log(self, member: int | None = None) -> None:
        focused = self.side.focused()
        if focused is not None and not isinstance(member, int):
            self._log_proposed(focused)
            return
        self.stopwatch.begin("log")
        self.show_strip(LogStrip(self.bench, None if isinstance(member, bool) else member))

    def _edit(self) -> None:
        gift = self.gift()
        if gift is not None:
            self.show_strip(EditStrip(self.bench, gift))

    def _move(self) -> None:
        gift = self.gift()
        if gift is not None:
            self.show_strip(StageStrip(self.bench, gift))

    def _choice(self) -> None:
        gift = self.gift()
        if gift is not None:
            self.show_strip(ChoiceStrip(self.bench, gift))

    def _address(self) -> None:
        gift = self.gift()
        if gift is not None:
            self.show_strip(AddressStrip(self.bench, gift))

    def _erase(self) -> None:
        gift = self.gift()
        if gift is not None:
            from ui.pages.delight.erasing import EraseStrip  # noqa: PLC0415  rarely needed

            with show_errors(self.frame):
                self.show_strip(EraseStrip(self.frame, gift))

    def _give_away(self, number: int | None = None) -> None:
        if not self.bench.giveaways.listed():
            self.show_strip(NewGiveawayStrip(self.bench))
            return
        wanted = None if isinstance(number, bool) else number
        self.show_strip(GiveawayStrip(self.frame, self.show_strip, wanted))
        if wanted is not None and isinstance(self.strip, GiveawayStrip):
            self.strip.show_giveaway(wanted)  # one that is open goes on, with another one shown in it

    def _hand_off(self) -> None:
        gift = self.gift()
        if gift is not None:
            from ui.shared.handoff_matter import GiftHandoffStrip  # noqa: PLC0415  loaded at first use

            self.show_strip(GiftHandoffStrip(self.bench, gift))

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in place of the bar."""
        self.swap.leave()
        self.foot.hide()  # first: its room is the strip's
        super().show_strip(strip)

    def back(self) -> None:
        """Handle Esc: close the form of the budget, else what other pages do."""
        if self.swap.leave():
            self.activate()
        elif self.strip is None and self.budget.asking:
            if self.budget.leave():
                self.frame.toast(unsaved.kept_words(tr("This year's gift budget")))
            self._reload()
            self.activate()
        else:
            super().back()

    def finish(self, done: str) -> None:
        """Close the strip; select a gift that was just logged."""
        made = self.strip.made if isinstance(self.strip, LogStrip) else None
        giveaway = self.strip.giveaway if isinstance(self.strip, GiveawayForm) else None
        super().finish(done)
        if made is not None:
            self.stopwatch.done(kind_of_gift(to_thank=False))
            self.stages.set_current("in_work")
        if done:
            self._reload(made)
        if giveaway is not None:
            self._give_away(giveaway)
        self._moved(self.list.place())


def _list_of(gift: Gift) -> str:
    """The list that a gift is found in: in progress, or one of those for what is over."""
    if gift.state not in OVER:
        return "in_work"
    return next(name for name, states in LISTS.items() if gift.state in states)
