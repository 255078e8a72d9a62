"""What goes out of the window as a file or on paper: the list of a page, what is open on it, and everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base import clock
from app.base.errors import UserError
from app.base.words import forms
from ui.frame.files import choose_folder, save_path, show_in_folder
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.export import Exported
    from app.export.everything import Everything
    from app.handover import Pack
    from ui.dialogs.printing import Make
    from ui.frame.listed import Listed
    from ui.shell.host import Host

_PURPOSE = "export"
"""What the folder is remembered for."""
_EXPORTED = {
    "conversations": forms("{count} conversation exported to {file}.", "{count} conversations exported to {file}."),
    "members": forms("{count} member exported to {file}.", "{count} members exported to {file}."),
    "gifts": forms("{count} gift exported to {file}.", "{count} gifts exported to {file}."),
    "handoffs": forms("{count} hand-off exported to {file}.", "{count} hand-offs exported to {file}."),
    "templates": forms("{count} template text exported to {file}.", "{count} template texts exported to {file}."),
    "rules": forms("{count} rule exported to {file}.", "{count} rules exported to {file}."),
    "drafts": forms("{count} draft exported to {file}.", "{count} drafts exported to {file}."),
    "outbox": forms("{count} entry exported to {file}.", "{count} entries exported to {file}."),
}


class FilesOut(QObject):
    """Export and Print, for whichever page is shown."""

    def __init__(self, host: Host) -> None:
        """Act on the pages of this window."""
        super().__init__(host.window())
        self._host = host

    def handler(self, command_id: str) -> Callable[[], object] | None:
        """The handler of one of these commands; None where the current page has nothing for it."""
        if command_id == "export_all":
            return self._export_all
        if command_id in ("hand_over", "hand_over_private"):
            return partial(self._hand_over, private=command_id == "hand_over_private")
        page = self._host.page(self._host.page_id)
        if command_id not in ("export", "print", "print_list") or page is None:
            return None
        chosen = page.chosen_sheet() if command_id == "print" else None
        if chosen is not None:
            return partial(self._print, *chosen)
        listed = page.listed()
        if listed is None:
            return None
        return partial(self._export if command_id == "export" else self._print_list, listed)

    # --- export

    def _export(self, listed: Listed) -> None:
        """Write the rows of the list, as they are on the screen, to a file that the person chooses."""
        host = self._host
        name = f"{listed.kind}-{_today()}.csv"
        before = host.memory.folder(_PURPOSE)
        path = save_path(host.window(), tr("Export this list"), name, tr("Tables (*.csv *.xlsx)"), before)
        if path is None:
            return
        host.memory.keep_folder(_PURPOSE, path.parent)
        from app.export import Options  # noqa: PLC0415  few sessions export

        numbers, export = list(listed.numbers()), host.bench.export
        how = Options(replace=True)  # the dialog has asked
        working = Working(lambda _progress, _stop: export.listed(listed.kind, numbers, path, how), "export")
        working.finished.connect(partial(self._exported, listed.kind))
        working.failed.connect(self._failed)
        working.start()

    def _exported(self, kind: str, done: Exported) -> None:
        words = text.counted(done.rows, *_EXPORTED[kind], file=text.embed(done.path.name))
        self._host.toast(words, partial(show_in_folder, done.path), link=tr("Show in folder"))

    def _export_all(self) -> None:
        """Write everything into a new folder, in a folder that the person chooses."""
        memory = self._host.memory
        title = tr("Export everything into which folder?")
        parent = choose_folder(self._host.window(), title, memory.folder(_PURPOSE))
        if parent is None:
            return
        memory.keep_folder(_PURPOSE, parent)
        from app.export import everything  # noqa: PLC0415  few sessions export

        bench = self._host.bench
        folder = everything.free_folder(parent, f"rapport-{_today()}")
        working = Working(
            lambda progress, stop: everything.write(
                bench.export, bench.accounts.all(removed=True), bench.moderation.entries(), folder,
                progress=progress, stop=stop,
            ),
            "export",
        )  # fmt: skip
        working.progressed.connect(partial(self._progressed, working.stop))
        working.finished.connect(self._exported_all)
        working.failed.connect(self._failed)
        working.start()

    def _hand_over(self, *, private: bool) -> None:
        """Write the hand-over pack into a new folder, in a folder that the person chooses."""
        memory = self._host.memory
        title = tr("Hand-over pack: into which folder?")
        parent = choose_folder(self._host.window(), title, memory.folder(_PURPOSE))
        if parent is None:
            return
        memory.keep_folder(_PURPOSE, parent)
        from app import handover  # noqa: PLC0415  few sessions export
        from app.export import Options, everything  # noqa: PLC0415  as above

        bench, how = self._host.bench, Options(private=private)
        folder = everything.free_folder(parent, f"hand-over-{_today()}")
        working = Working(lambda _progress, _stop: handover.write(bench.store, bench.export, folder, how), "export")
        working.finished.connect(self._handed_over)
        working.failed.connect(self._failed)
        working.start()

    def _handed_over(self, done: Pack) -> None:
        from app.handover.reading import figures  # noqa: PLC0415  few sessions export

        words = tr("Hand-over pack in the folder {folder}. {figures}").format(
            folder=text.embed(done.folder.name), figures=figures(done.rows)
        )
        self._host.toast(words, partial(show_in_folder, done.page), link=tr("Show in folder"))

    def _progressed(self, stop: Callable[[], object], done: int, total: int) -> None:
        self._host.progress(tr("Exporting everything"), done, total, stop)

    def _exported_all(self, done: Everything) -> None:
        self._host.progress("")
        words = text.counted(
            len(done.rows),
            "{count} table exported to the folder {folder}.",
            "{count} tables exported to the folder {folder}.",
            folder=text.embed(done.folder.name),
        )
        self._host.toast(words, partial(show_in_folder, done.folder), link=tr("Show in folder"))

    def _failed(self, why: UserError | None) -> None:
        self._host.progress("")
        if why is not None:  # a bug is reported by the application's exception hook
            self._host.fail(str(why))

    # --- print

    def _print(self, kind: str, number: int) -> None:
        """Show what is open on the page as it will be printed."""
        desk = self._host.bench.printing
        make = desk.conversation if kind == "conversation" else desk.member
        self._show(lambda notes: make(number, notes=notes), has_notes=True)

    def _print_list(self, listed: Listed) -> None:
        """Show the page's list as it will be printed."""
        numbers, desk = list(listed.numbers()), self._host.bench.printing
        self._show(lambda _notes: desk.rows(listed.kind, numbers, text.plain(listed.title)), has_notes=False)

    def _show(self, make: Make, *, has_notes: bool) -> None:
        from ui.dialogs.printing import PrintDialog  # noqa: PLC0415  few sessions print

        dialog = PrintDialog(self._host, make, has_notes=has_notes)
        dialog.exec()
        dialog.deleteLater()


def _today() -> str:
    return clock.local(clock.now()).date().isoformat()
