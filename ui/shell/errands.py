"""Commands that the window passes to the application: open, back up, restore, import, fetch, quit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.base.errors import UserError
from ui.look import text

if TYPE_CHECKING:
    from ui.shell.opener import Opener


def answer(opener: Opener, request: str) -> None:
    """Run the command `request`; a UserError is shown, an unknown command ignored."""
    handler = doer(request)
    if handler is None:
        return
    try:
        handler(opener)
    except UserError as why:
        opener.fail(str(why))


def doer(request: str) -> Callable[[Opener], None] | None:
    """The handler of a command; None if there is none."""
    return {
        "quit": _quit, "leave_demo": _leave_demo, "open_file": _open_file, "change_place": _change_place,
        "restore": _restore, "backup": _backup, "bring_in": _bring_in, "read_back": _read_back, "sync": _sync,
        "check_file": _check_file, "keeping": _keeping, "lend": _lend,
        "open_again": _open_again,
    }.get(request)  # fmt: skip


def _quit(opener: Opener) -> None:
    from ui.shell.tray import quit_for_good  # noqa: PLC0415  once a session

    if opener.parent_widget is not None:
        quit_for_good(opener.parent_widget)


def _leave_demo(opener: Opener) -> None:
    opener.leave_demo()


def _open_file(opener: Opener) -> None:
    _open_or_restore(opener, text.tr("Open another file"), opener.profile.folder.parent, restoring=False)


def _check_file(opener: Opener) -> None:
    if opener.bench is None:
        return
    if opener.bench.file_trouble():
        opener.repair()
        return
    from ui.shell.backing_up import Checking  # noqa: PLC0415  rarely asked for

    Checking(opener, opener.bench).start()


def _keeping(opener: Opener) -> None:
    from ui.dialogs.keeping import show  # noqa: PLC0415  rarely needed

    if opener.frame is not None:
        show(opener.frame)


def _lend(opener: Opener) -> None:
    from ui.dialogs.lending import show  # noqa: PLC0415  rarely needed
    from ui.shell import pulse  # noqa: PLC0415  as above
    from ui.shell.window import Window  # noqa: PLC0415  loaded by then

    if opener.frame is not None and opener.bench is not None:
        show(opener.frame)
        if isinstance(opener.parent_widget, Window):
            pulse.look_at_pen(opener.bench, opener.parent_widget)


def _open_again(opener: Opener) -> None:
    from ui.shell.replaced import OpeningAgain  # noqa: PLC0415  only where another program replaced the file

    if opener.bench is not None:
        OpeningAgain(opener, opener.bench).start()


def _restore(opener: Opener) -> None:
    backups = opener.profile.backups
    if opener.bench is not None and opener.bench.backups.files():
        from ui.dialogs.backups import Backups  # noqa: PLC0415  rarely needed
        from ui.shell.restoring import open_chosen  # noqa: PLC0415  as above

        listed = Backups(opener.bench, opener.parent_widget)
        listed.exec()
        listed.deleteLater()
        if listed.chosen is not None:
            open_chosen(opener, listed.chosen)
        if not listed.wants_another:
            return
    start = backups if backups.is_dir() else opener.profile.folder
    _open_or_restore(opener, text.tr("Restore a backup"), start, restoring=True)


def _open_or_restore(opener: Opener, title: str, start: Path, *, restoring: bool) -> None:
    from ui.frame.files import open_path  # noqa: PLC0415  few sessions open another file
    from ui.shell.restoring import open_chosen  # noqa: PLC0415  as above

    kinds = text.tr("Rapport communities and their backups") + " (*.rapport *.rapport.zip)"
    chosen = open_path(opener.parent_widget, title, kinds, start)
    if chosen is not None:
        open_chosen(opener, chosen, restoring=restoring)


def _change_place(opener: Opener) -> None:
    chosen = QFileDialog.getExistingDirectory(
        opener.parent_widget, text.tr("Where to keep the file"), str(opener.profile.folder.parent)
    )
    if chosen:
        opener.open_profile(Path(chosen))


def _backup(opener: Opener) -> None:
    if opener.bench is None or opener.frame is None:
        return
    from ui.shell.backing_up import BackingUp  # noqa: PLC0415  rarely needed

    BackingUp(opener, opener.bench).start()


def _bring_in(opener: Opener) -> None:
    from ui.dialogs.importing import ask  # noqa: PLC0415  the dialog and its readers are large

    if opener.frame is not None:
        ask(opener.frame)


def _read_back(opener: Opener) -> None:
    from ui.frame.files import open_path  # noqa: PLC0415  few sessions read one back

    if opener.frame is None:
        return
    path = open_path(opener.parent_widget, text.tr("Read a file back"), text.tr("Tables (*.csv *.xlsx *.ods)"))
    if path is not None:
        opener.frame.go("handoffs", [path])


def _sync(opener: Opener) -> None:
    if opener.bench is not None and opener.frame is not None:
        opener.bench.fetch()
        opener.frame.toast(text.tr("Checking for new messages."))
