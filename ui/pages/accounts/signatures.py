"""The form for an account's signatures: one for each address and language that it writes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.accounts.senders import marked, nearest
from app.base.errors import UserError
from ui.look import fonts, languages, text
from ui.look.text import tr
from ui.widgets.fields import Choice
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.labels import Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.accounts import Account
    from app.workbench import Workbench

_LINES_SHOWN = 5
_SHORT_NAME_CHARS = 36


class SignaturesForm(FormDialog):
    """Address, language, text, and how letters end; what is typed for one stays while another is looked at."""

    def __init__(self, bench: Workbench, parent: QWidget, account: Account) -> None:
        """Start with the signature for any address and language."""
        about = tr("Added below the letters you send. The sender's address and the letter's language decide which one.")
        super().__init__(parent, tr("Signatures"), text.plain(account.name), about, tr("Close"))
        self._bench, self._account = bench, account
        desk = bench.accounts.signatures
        stored = desk.all(account.id)
        self._texts = {(kept.address, kept.language): kept.text for kept in stored}
        senders = desk.senders(account.id)
        codes = [*languages.HOUSE, *(kept.language for kept in stored if kept.language)]
        self.address = Choice(
            [("", tr("Any address")), *((one.address.lower(), _shown(one.address)) for one in senders)]
        )
        self.language = Choice(
            [("", tr("Any language")), *((code, languages.own_name(code)) for code in dict.fromkeys(codes))]
        )
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(tr("No signature of its own"))
        self._preview, self._kept = Label("", "meta", "text3", wrap=True), Label("", "meta", "text2", wrap=True)
        self._lay_out(several=len(senders) > 1)
        self._show()
        self.address.picked.connect(self._show)
        self.language.picked.connect(self._show)
        self.text.textChanged.connect(self._typed)
        self.fit()
        self.text.setFocus()

    def _lay_out(self, *, several: bool) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        whose = labelled(self.address, tr("Letters from"), left=True)
        whose.setVisible(several)
        row.addWidget(whose)
        row.addWidget(labelled(self.language, tr("Written in"), left=True))
        row.addStretch(1)
        self.fields.addWidget(holder)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES_SHOWN + fonts.px(20))
        self.fields.addWidget(labelled(self.text, tr("Signature")))
        panel = Panel(fill="subtle", edge="", radius=8, margin=10)
        panel.column.addWidget(Label(tr("Such letters end like this"), "meta", "text2"))
        panel.column.addWidget(self._preview)
        self.fields.addWidget(panel)
        self.fields.addWidget(self._kept)
        self.fields.addStretch(1)

    def _key(self) -> tuple[str, str]:
        return self.address.key(), self.language.key()

    def _show(self, _key: str = "") -> None:
        """Show the signature for the chosen address and language."""
        self.text.blockSignals(True)
        self.text.setPlainText(self._texts.get(self._key(), ""))
        self.text.blockSignals(False)
        self._show_preview()

    def _typed(self) -> None:
        self._texts[self._key()] = self.text.toPlainText()
        self._show_preview()

    def held(self) -> dict[tuple[str, str], str]:
        """What is typed for each address and language."""
        return {key: words for key, words in self._texts.items() if words.strip()}

    def hold(self, value: dict[tuple[str, str], str]) -> None:
        """Fill in what `held` returned."""
        self._texts = dict.fromkeys(self._texts, "") | value
        self._show()

    def _show_preview(self) -> None:
        texts = {key: words for key, words in self._texts.items() if words.strip()}
        ending = marked(nearest(texts, *self._key()))
        words = "\n".join(text.embed(line) for line in ending.splitlines()) or tr("Without a signature.")
        self._preview.setText(words)
        names = [
            tr("{address}, {language}").format(
                address=text.embed(address) if address else tr("any address"),
                language=languages.own_name(language) if language else tr("any language"),
            )
            for address, language in sorted(texts)
        ]
        self._kept.setText(tr("There is one for: {names}.").format(names="; ".join(names)) if names else "")
        self._kept.setVisible(bool(names))

    def keep(self) -> None:
        """Save all and close; a UserError (one that is too long) is shown in the dialog, which stays open."""
        try:
            self._bench.accounts.signatures.change(self._account.id, self._texts)
        except UserError as why:
            self.complain(str(why))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()


def _shown(address: str) -> str:
    """An address for the list box, which takes an & for a mnemonic."""
    return text.short(address, _SHORT_NAME_CHARS).replace("&", "&&")
