"""The settings about the file itself: where it is, how large, its backups, and the originals that it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.base import clock, sizes
from app.base.words import N_
from ui.frame.doing import show_errors
from ui.frame.files import choose_folder, show_in_folder
from ui.look import text
from ui.look.text import tr
from ui.pages.settings.fields import row
from ui.widgets.actionrow import ActionRow
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame

_MOVING = N_("To move it, quit, move the whole folder, and open it there with Open another file.")
_BACKUPS = N_("A checked copy in the folder “backups” beside the file. Restoring one keeps the file that it replaces.")
_ENCRYPTED = N_("With a passphrase, nobody who finds the stick can read it. Backups beside the file stay as they are.")
_ORIGINALS = N_("Letters that couldn't be read wholly are kept as they came. A conversation's menu saves them.")
_KEEPING = N_("How long what was said is kept. No rule erases anything before you have seen a list.")
_ALL = N_("A folder of CSV files that any spreadsheet opens.")


class ThisFile:
    """Rows of the settings page, each with the words that it is found by."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Read sizes when `show_again` is called."""
        self._bench, self._frame = bench, frame
        self._where, self._kept = Label("", "meta", "text2", wrap=True), Label("", "body", "text2")
        self._second = Label("", "meta", "text2", wrap=True)
        self._due = Label("", "meta", "text2", wrap=True)
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def rows(self) -> list[tuple[QWidget, str]]:
        """The rows in order."""
        folder = ActionRow((("folder", tr("Show in folder")), ("open_file", tr("Open another file"))))
        backup = ActionRow((("backup", tr("Make a backup now")), ("restore", tr("Restore a backup"))))
        second = ActionRow((("second", tr("Choose a folder")), ("no_second", tr("None"))))
        locked = ActionRow((("passphrase", tr("Set a passphrase")), ("no_passphrase", tr("None"))))
        out = ActionRow((("export_all", tr("Export everything")), ("hand_over", tr("Hand-over pack"))))
        for buttons in (folder, backup, second, locked, out):
            buttons.pressed.connect(self._pressed)
        self.show_again()
        place_two = self._bench.settings.describe("backup_folder")
        place = row(N_("Data folder"), _MOVING, folder)
        return [
            (self._where, tr("data folder file place size path")),
            (place, tr("data folder file place move open path")),
            (row(N_("Backups"), _BACKUPS, backup), tr("backups copy restore safe")),
            (row(place_two.label, place_two.help, second), tr("backups copy stick usb drive second safe")),
            (self._second, tr("backups copy stick usb drive second safe")),
            (row(N_("Encrypt that copy"), _ENCRYPTED, locked), tr("backups encrypt passphrase password second lock")),
            (row(N_("Everything as files"), _ALL, out), tr("export everything csv spreadsheet")),
            (
                row(N_("Keeping rules"), _KEEPING, self._keeping()),
                tr("keeping rules erase months old forget retention"),
            ),
            (self._due, tr("keeping rules erase months old forget retention")),
            (row(N_("Originals"), _ORIGINALS, self._kept), tr("original letters eml size")),
        ]

    def _keeping(self) -> ActionRow:
        button = ActionRow((("keeping", tr("Keeping rules")),))
        button.pressed.connect(self._pressed)
        return button

    def show_again(self) -> None:
        """Show where the file is and how large it is by now."""
        file = self._bench.profile.file
        size = file.stat().st_size if file.exists() else 0
        self._where.setText(
            tr("{file}, {size}").format(file=text.isolate(text.breakable(str(file))), size=sizes.in_words(size))
        )
        self._second.setText(self._second_words())
        self._due.setText(self._due_words())
        self._kept.setText(self._bench.originals.kept().sentence())

    def _due_words(self) -> str:
        """How many conversations are due by keeping rules."""
        from app.retention.telling import due_words  # noqa: PLC0415  the window at rest does without

        desk = self._bench.retention
        return due_words(desk.due_by_any()) if desk.every() else tr("There are no keeping rules.")

    def _second_words(self) -> str:
        """The second place, and when it last got a copy."""
        if not self._bench.settings.text("backup_folder"):
            return tr("There's no second place: what happens to this drive happens to the backups on it.")
        second = self._bench.backups.second()
        folder = text.isolate(text.breakable(second.folder))
        how = self._bench.backups.how_encrypted()
        if second.missed:
            return f"{text.plain(second.missed)} {how}"
        if second.at is None:
            coming = tr("{folder} gets a copy of the next backup that Rapport makes by itself.").format(folder=folder)
            return f"{coming} {how}"
        when = text.day_and_time(second.at, clock.now())
        last = tr("The last copy in {folder}: {when}.").format(folder=folder, when=when)
        return f"{last} {how}"

    def _set_second(self, folder: str) -> None:
        with show_errors(self._frame):
            self._bench.settings.put("backup_folder", folder)
        self.show_again()

    def _ask_passphrase(self) -> None:
        """Ask for one, where there is a second place to encrypt for."""
        from ui.dialogs.passphrase import SetPassphrase  # noqa: PLC0415  asked for once

        with show_errors(self._frame):
            self._bench.backups.refuse_encrypting()
            asking = SetPassphrase(self._bench, self._where.window())
            asking.accepted.connect(self.show_again)
            asking.open()

    def _pressed(self, key: str) -> None:
        if key == "folder":
            show_in_folder(self._bench.profile.folder)
        elif key == "second":
            folder = choose_folder(self._where.window(), tr(self._bench.settings.describe("backup_folder").label))
            if folder is not None:
                self._set_second(str(folder))
        elif key == "no_second":
            self._set_second("")
        elif key == "passphrase":
            self._ask_passphrase()
        elif key == "no_passphrase":
            with show_errors(self._frame):
                self._bench.backups.encrypt_with("")
            self.show_again()
        else:
            self._frame.run(key)
