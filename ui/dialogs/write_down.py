"""The dialog that adds a message by hand on an assisted account, then opens its conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit

from app.base import clock
from app.base.errors import UserError
from app.channels.registry import channel
from app.intake.written_down import Caller
from ui.frame import unsaved
from ui.frame.doing import announce
from ui.look import fonts, text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.form_dialog import FormDialog, labelled

if TYPE_CHECKING:
    from app.accounts import Account
    from app.inbox import Opened
    from app.workbench import Workbench
    from ui.frame.page import Frame

_MAX_MEMBERS_OFFERED = 7
_MAX_LINK_CHARS = 2_000


def ask(frame: Frame, account: int | None = None, opened: Opened | None = None) -> None:
    """Open the dialog, for an account if given; `opened` is the open conversation, which the message may continue.

    Raises UserError if there is no assisted account.
    """
    places = [
        candidate
        for candidate in frame.bench.accounts.all()
        if candidate.assisted or (channel(candidate.kind).by_address and candidate.mode != "file")
    ]
    places.sort(key=lambda candidate: not candidate.assisted)  # what comes in by itself is the exception
    if not places:
        msg = tr("You have no assisted account yet. Connect one of the channels under “Assisted”.")
        raise UserError(msg)
    dialog = WriteDown(frame, places, account, opened)
    unsaved.open_dialog(frame, dialog, ("conversation", opened.row.id) if opened is not None else account)


class WriteDown(FormDialog):
    """Asks for account, author, text, link, time, and the post it is under."""

    def __init__(self, frame: Frame, accounts: list[Account], account: int | None, opened: Opened | None) -> None:
        """Take the link from the clipboard, if there is one, and account and author from the open conversation."""
        title = tr("Add a message by hand")
        intro = tr("A message from a channel that Rapport can't read. It needs a reply like any other.")
        super().__init__(frame.window(), title, title, intro, tr("Cancel"))
        self._frame, self._opened = frame, opened
        bench: Workbench = frame.bench
        self._bench = bench
        here = opened.account_id if opened is not None and opened.account_mode == "assisted" else None
        self.account = Choice(
            [(str(known.id), text.plain(known.name)) for known in accounts], str(account or here or "")
        )
        self._kinds = {str(known.id): known.kind for known in accounts}
        self._by_mail = {str(known.id) for known in accounts if not known.assisted}
        self.passed, self.note = Colleague(bench), QLineEdit()
        self.who, self.words, self.phone = Who(bench), QPlainTextEdit(), QLineEdit()
        self.link, self.post = QLineEdit(clipboard_link()), QLineEdit()
        self.when = DateField(bench.dates, timed=True, back=True)
        self.when.line.setPlaceholderText(tr("now"))
        self.goes_on, self.public = CheckBox(""), CheckBox(tr("Others can see it"))
        self.public.setChecked(True)
        self._add_fields()
        self.account.picked.connect(self._account_chosen)
        self.goes_on.toggled.connect(self._show_post)
        self._account_chosen()
        if opened is not None and not self.goes_on.isHidden():
            self.who.setText(text.plain(opened.row.member))
        self.who.textChanged.connect(self._author_typed)
        (self.words if self.who.text() else self.who).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_fields(self) -> None:
        self.words.setFixedHeight(fonts.px(110))
        self.words.setTabChangesFocus(True)
        optional = tr("optional")
        self._post_row = labelled(self.post, tr("Under which post"), aside=optional)
        self._phone_row = labelled(self.phone, tr("Phone number"), aside=optional)
        self._link_row = labelled(self.link, tr("Link to the message"), aside=optional)
        self.passed.textChanged.connect(self._show_note)
        self._note_row = labelled(self.note, tr("What they said about it"), aside=optional)
        for row in (
            labelled(self.account, tr("Where")), self.goes_on, labelled(self.who, tr("From")), self._phone_row,
            labelled(self.words, tr("What was said")), labelled(self.passed, tr("Passed on by")),
            self._note_row, self._link_row, self._post_row, labelled(self.when, tr("When")), self.public,
        ):  # fmt: skip
            self.fields.addWidget(row)
        self.fields.addStretch(1)

    def _account_chosen(self, _key: str = "") -> None:
        """Offer to continue the open conversation if it is on the chosen account."""
        opened, mail = self._opened, self.account.key() in self._by_mail
        fits = opened is not None and str(opened.account_id) == self.account.key() and not mail
        self.goes_on.setVisible(fits)
        self.goes_on.setChecked(fits)
        if opened is not None and fits:
            title = text.elide(text.plain(opened.row.title), self.fontMetrics(), fonts.px(280))
            self.goes_on.setText(tr("Continues “{title}”").format(title=title).replace("&", "&&"))
        of = channel(self._kinds[self.account.key()])
        for row in (self._link_row, self.public):
            row.setVisible(not mail)
        self.who.setPlaceholderText("Anna <anna@kovacs.example>" if mail else "")
        self.passed.setPlaceholderText(tr("a colleague") if mail else tr("a colleague, if it was"))
        self._phone_row.setVisible(of.by_phone)
        self._show_note()
        self.public.setChecked(not of.private_by_default)
        self._show_post()

    def _author_typed(self, typed: str) -> None:
        """Uncheck "Continues" when another author is typed: theirs is a conversation of its own."""
        if self._opened is not None and typed.strip() != text.plain(self._opened.row.member):
            self.goes_on.setChecked(False)

    def _show_note(self, _typed: str = "") -> None:
        """Ask what the colleague said about it once one is named."""
        self._note_row.setVisible(bool(self.passed.text().strip()))
        self.fit()

    def _show_post(self, _on: bool = False) -> None:  # noqa: FBT001, FBT002  a signal's
        """Hide the post field when continuing a conversation, whose post is known, and where there are no posts."""
        of = channel(self._kinds[self.account.key()])
        self._post_row.setVisible(not self.goes_on.isChecked() and not of.private_by_default)
        self.fit()

    def keep(self) -> None:
        """Save the message and open its conversation; a UserError is shown in the dialog, which stays open."""
        from app.imports.exports.chats import pasted  # noqa: PLC0415  the readers of files, once something is kept

        before = self._bench.store.last_action
        goes_on = self._opened.row.id if self._opened is not None and self.goes_on.isChecked() else None
        phone = "" if self._phone_row.isHidden() else self.phone.text()
        post = "" if self._post_row.isHidden() else self.post.text()
        by = self.passed.text().strip()
        if self.account.key() in self._by_mail and not by:
            self.complain(
                tr("Rapport fetches this account's e-mail. To add a message, enter the colleague who passed it on.")
            )
            return
        passed = self._bench.written_down.colleague(by, self.note.text())
        account, caller = int(self.account.key()), Caller(self.who.chosen(), phone, passed)
        chat = pasted(self.words.toPlainText()) if passed is None else []
        try:
            number = self._bench.written_down.take_chat(account, caller, chat, answering=goes_on) if chat else (
                self._bench.written_down.take(
                    account, caller, self.words.toPlainText(), link=self.link.text().strip(), at=moment(self.when),
                    post=post, public=self.public.isChecked(), answering=goes_on,
                )
            )  # fmt: skip
        except UserError as why:
            self.complain(str(why))
            return
        self.accept()
        self._frame.go("inbox", number)
        row = self._bench.inbox.row(number)
        who = text.name(row.member or row.title or tr("Unknown"))
        said = text.counted(max(len(chat), 1), "{name}: message added.", "{name}: {count} messages added.", name=who)
        announce(self._frame, said, before)


class Who(QLineEdit):
    """The author's name, with matching members as completions."""

    def __init__(self, bench: Workbench) -> None:
        """Start empty."""
        super().__init__()
        self._bench = bench
        self._numbers: dict[str, int] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.textEdited.connect(self._typed)

    def _typed(self, typed: str) -> None:
        numbers = self._bench.members.find(typed, _MAX_MEMBERS_OFFERED) if typed.strip() else []
        rows: dict[str, int] = {}
        for row in self._bench.members.rows(numbers):
            rows.setdefault(text.plain(row.name), row.id)
        self._numbers |= rows
        self._names.setStringList(list(rows))

    def chosen(self) -> str | int:
        """The id of the member whose offered name is in the field, otherwise the name as typed."""
        typed = self.text().strip()
        return self._numbers.get(typed, typed)


class Colleague(QLineEdit):
    """The colleague who passed it on, with teammates as completions."""

    def __init__(self, bench: Workbench) -> None:
        """Start empty."""
        super().__init__()
        completer = QCompleter([mate.name for mate in bench.teammates.all()], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)


def clipboard_link() -> str:
    """The http(s) URL on the clipboard, if there is nothing else on it; otherwise ""."""
    copied = QGuiApplication.clipboard().text().strip()
    single = len(copied.split()) == 1 and len(copied) <= _MAX_LINK_CHARS
    return copied if single and copied.startswith(("https://", "http://")) else ""


def moment(when: DateField) -> int:
    """When it was said (Unix UTC); now, if nothing is typed. Raises UserError where the words mean no such time."""
    return when.moment() if when.text().strip() else clock.now()
