"""The panel of one account: health, actions, and its entry in the register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.accounts import Account, channel
from app.accounts.reading import History, history, progress_in_words
from app.accounts.register import days_left, ends_soon, is_empty, units_today
from app.base import clock
from ui.look import icons, text
from ui.look.text import tr
from ui.widgets.avatar import Chip, Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.intake.written_down import Heard

_MAX_NOTE_CHARS = 240
_TONE_ICONS = {"ok": "check", "warn": "triangle-alert", "danger": "circle-x", "paused": "pause"}


class AccountActions(Protocol):
    """Carries out an account's buttons."""

    def act(self, account: Account, action: str) -> None:
        """Carry out the button with the key `action`."""
        ...


class AccountPanel(Panel):
    """One account: name, health, last error and next try, register entry, buttons."""

    def __init__(
        self,
        account: Account,
        page: AccountActions,
        cursor: Mapping[str, str],
        reads_at: int | None = None,
        report: tuple[str, str] = ("", ""),
        asking: str = "",
        heard: Heard | None = None,
        note: str = "",
    ) -> None:
        """`note` is what the person wrote down about the place.

        `report` is (sentence, tone), as of a check; `asking` is the question whether to remove it, "" for none.

        `heard` is the last message of an assisted account; `reads_at` is when it is read next by itself (Unix
        seconds), None if it is not.
        """
        super().__init__(margin=14)
        self.account, self._page = account, page
        self.buttons: dict[str, ActionButton] = {}
        self._heard, self._reads_at = _last_message(heard), reads_at
        self.history = history(cursor)
        self.progress: Label | None = None
        words, tone = health(account)
        self.setAccessibleName(f"{account.name}, {tr(channel(account.kind).title)}, {words}")
        noted = tr("Your note: {note}").format(note=text.embed(" ".join(note.split()), _MAX_NOTE_CHARS)) if note else ""
        brief = not ours(account)  # one line is enough for it
        self.column.addLayout(self._head(words, tone, noted if brief else ""))
        for sentence, its_tone in self._sentences(cursor, report):
            if sentence:
                self.column.addWidget(Label(sentence, "body" if its_tone else "meta", its_tone or "text2", wrap=True))
        if self.history is not None and account.live:
            self.progress = Label(progress_in_words(self.history), "meta", "text2", wrap=True)
            self.column.addWidget(self.progress)
        if noted and not brief:
            self.column.addWidget(Label(noted, "meta", "text2", wrap=True))
        if asking or not brief:
            self.column.addSpacing(4)
            self.column.addWidget(self._asks(asking) if asking else self._row(actions(account, self.history)))

    def show_progress(self, cursor: Mapping[str, str]) -> bool:
        """Show how far the history has been read by now; False if the panel has to be built anew for that."""
        known = history(cursor)
        if (known is None) != (self.history is None) or (
            known and self.history and known.stopped != self.history.stopped
        ):
            return False
        self.history = known
        if known is not None and self.progress is not None:
            self.progress.setText(progress_in_words(known))
        return True

    def _head(self, words: str, tone: str, noted: str) -> QHBoxLayout:
        account, of = self.account, channel(self.account.kind)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon(icons.for_channel(account.kind), "text2"))
        head.addWidget(Label(text.plain(account.name), "strong", wrap=len(account.name) > 40))  # noqa: PLR2004  what fits on a line
        own = ", ".join(text.isolate(name) for name in _known_as(account) if name.casefold() != account.name.casefold())
        title = tr(of.title)
        known = account.name.casefold().startswith(title.casefold()) or account.kind == account.mode  # the demo's own
        beside = ["" if known else title, own * ours(account), noted]
        head.addWidget(ElidedLabel(" · ".join(filter(None, beside)), "meta", "text2"), 1)
        if account.live:
            head.addWidget(Chip(words, tone if tone != "paused" else "", _TONE_ICONS.get(tone, "")))
        elif not ours(account):
            for choice in actions(account):
                head.addWidget(self._button(*choice))
        return head

    def _sentences(self, cursor: Mapping[str, str], report: tuple[str, str]) -> list[tuple[str, str]]:
        account = self.account
        if not account.live:
            return [report, *([(self._heard, ""), _register(account)] if account.assisted else [])]
        failing = "danger" if account.state == "needs_login" else "warn"
        sentence, _tone = report
        error = account.error if account.error != sentence else ""
        times = _times(account, cursor, self._reads_at)
        return [(error, failing), report, (times, ""), (_rights(account), ""), _register(account)]

    def _row(self, choices: Sequence[tuple[str, str, str]]) -> QWidget:
        row = QWidget()
        flow = Flow(row)
        for choice in choices:
            flow.addWidget(self._button(*choice))
        return row

    def _button(self, key: str, words: str, kind: str) -> ActionButton:
        button = self.buttons[key] = ActionButton(words, kind=kind, height=26)
        button.setAccessibleDescription(self.account.name)
        button.setProperty("key", key)
        button.clicked.connect(self._pressed)
        return button

    def _asks(self, words: str) -> QWidget:
        """The question in place of the buttons, with its two answers."""
        panel = Panel(fill="warn_bg", edge="", radius=8, margin=10)
        panel.setAccessibleName(tr("Remove {account}?").format(account=self.account.name))
        panel.column.addWidget(Label(words, "body", wrap=True))
        choices = (("keep", tr("Keep it"), "outline"), ("remove_now", tr("Remove the login"), "danger"))
        panel.column.addWidget(self._row(choices))
        return panel

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._page.act(self.account, str(sender.property("key")))


def _known_as(account: Account) -> list[str]:
    """Our readable names there (with an "@"); if there are only numbers, the first two required plain fields."""
    names = [name for name in account.own if "@" in name]
    plain = [field.key for field in channel(account.kind).fields if field.required and not field.secret]
    return names or [account.fields[key] for key in plain if account.fields.get(key)][:2]


def ours(account: Account) -> bool:
    """Whether it is live or assisted, not the demo's or an imported file's."""
    return account.live or account.assisted


def actions(account: Account, known: History | None = None) -> list[tuple[str, str, str]]:
    """The (key, title, kind) of each button, the likeliest first.

    `known` is how far its history has been read, None if nothing of it is left.
    """
    manners = ("manners", tr("Manners"), "plain")
    if not ours(account):
        return [manners]
    check, change = ("check", tr("Check"), "plain"), ("change", tr("Change"), "plain")
    letters = [("signatures", tr("Signatures"), "plain")] if channel(account.kind).by_address else []
    shared = [manners, *letters, ("register", tr("Register"), "plain"), ("remove", tr("Remove"), "plain")]
    if account.assisted:
        return [("write_down", tr("Add a message by hand"), "outline"), change, *shared]
    if account.state == "needs_login":
        browser = channel(account.kind).signs_in(account.fields)
        words = tr("Sign in again") if browser else tr("Enter password")
        return [("change", words, "outline"), check, *shared]
    if account.state == "paused":
        return [("resume", tr("Resume"), "outline"), check, change, *shared]
    fetch = ("try", tr("Try now"), "outline") if account.error else ("try", tr("Fetch now"), "plain")
    going = (
        [("continue", tr("Continue"), "outline") if known.stopped else ("stop", tr("Stop"), "outline")] if known else []
    )
    return [*going, fetch, check, ("pause", tr("Pause"), "plain"), change, *shared]


def health(account: Account) -> tuple[str, str]:
    """Return (words, tone) for an account's health."""
    if account.mode != "live":
        words = {"demo": tr("Demo"), "assisted": tr("Assisted")}
        return words.get(account.mode, tr("From a file")), ""
    if account.state == "needs_login":
        browser = channel(account.kind).signs_in(account.fields)
        return (tr("Sign in again") if browser else tr("Needs its password")), "danger"
    if account.state == "paused":
        return tr("Paused"), "paused"
    if account.error:
        return tr("Failing"), "warn"
    return (tr("Working"), "ok") if account.ok_at else (tr("Not read yet"), "")


def _rights(account: Account) -> str:
    """What the account may do there by its last check; "" where that is not known."""
    if not account.facts.get("may"):
        return ""
    from app.moderation.verbs import rights  # noqa: PLC0415  known of few
    from app.moderation.words import rights_in_words  # noqa: PLC0415  as above

    return rights_in_words(rights(account.facts["may"]), channel(account.kind).can)


def _times(account: Account, cursor: Mapping[str, str], reads_at: int | None) -> str:
    """When it was last read, when it is read next, and the API units used today."""
    now = clock.now()
    parts = [_last(account.ok_at, now)]
    if account.error and account.error_at and account.error_at < now - 60:
        parts.append(tr("failing since {when}").format(when=text.stamp(account.error_at, now)))
    if reads_at is not None and reads_at > now:
        when = text.clock(reads_at)
        parts.append(
            tr("next try at {time}").format(time=when) if account.error else tr("next at {time}").format(time=when)
        )
    units = units_today(cursor, clock.local(now))
    if units is not None:
        most = channel(account.kind).units_a_day(account.fields)
        if most is not None:
            parts.append(
                tr("{used} of {limit} units used today").format(used=text.number(units), limit=text.number(most))
            )
        else:
            parts.append(text.counted(units, "{count} unit used today", "{count} units used today"))
    return " · ".join(parts)


def _last(at: int | None, now: int) -> str:
    if at is None:
        return tr("Never read")
    when = text.stamp(at, now)
    return tr("Read just now") if when == tr("now") else tr("Last read {when}").format(when=when)


def _last_message(heard: Heard | None) -> str:
    """The sentence on an assisted account's last message, and how it came in."""
    if heard is None:
        return tr(
            "No messages yet. They arrive as notification e-mails in a connected mailbox, or you add them by hand."
        )
    when = text.stamp(heard.at, clock.now())
    words = {
        "hand": tr("Last message: {when}, from {name} (added by you)."),
        "file": tr("Last message: {when}, from {name} (imported)."),
    }.get(heard.how) or tr("Last message: {when}, from {name} (e-mail notification).")
    return text.sentence(words.format(when=when, name=text.embed(heard.who)))


def _register(account: Account) -> tuple[str, str]:
    """Return (line, tone) for the register entry; the tone warns if something ends soon or has ended."""
    noted, today = account.register, clock.local(clock.now()).date()
    if is_empty(noted):
        return tr("Not in the register yet: add the owner and who else has access."), ""
    left = days_left(noted, today)
    parts = [tr("Owner: {name}").format(name=text.embed(noted.owner))] if noted.owner else [tr("No owner recorded")]
    parts.append(
        tr("also {names}").format(names=text.plain(noted.others)) if noted.others else tr("nobody else recorded")
    )
    if left is None:
        return " · ".join(parts), ""
    subject = text.plain(noted.ends_what) or tr("It")
    day = text.day(date.fromisoformat(noted.ends_on), today)
    if not ends_soon(noted, today):
        return " · ".join([*parts, tr("{what} ends {day}").format(what=subject, day=day)]), ""
    if left < 0:
        return tr("{what} has ended ({day}). Renew it, then enter the new date in the register.").format(
            what=subject, day=day
        ), "danger"
    near = {0: tr("today"), 1: tr("tomorrow")}.get(left) or text.counted(left, "in {count} day", "in {count} days")
    return tr("{what} ends {when} ({day}). Renew it in time.").format(what=subject, when=near, day=day), "warn"
