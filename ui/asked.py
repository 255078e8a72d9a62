"""What the window asks of the application, and how it is done: open, back up, bring in, fetch, quit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.errors import UserError
from ui import text

if TYPE_CHECKING:
    from ui.application import Application


def answer(application: Application, what: str) -> None:
    """Do what was asked; a UserError is shown in its own words."""
    doing = doer(what)
    if doing is None:
        return
    try:
        doing(application)
    except UserError as why:
        application.fail(str(why))


def doer(what: str) -> Callable[[Application], None] | None:
    """Who does it; None where nobody does."""
    return {
        "quit": _quit, "leave_demo": _leave_demo, "open_file": _open_file, "change_place": _change_place,
        "restore": _restore, "backup": _backup, "bring_in": _bring_in, "sync": _sync,
    }.get(what)  # fmt: skip


def _quit(application: Application) -> None:
    if application.window is not None:
        application.window.close()


def _leave_demo(application: Application) -> None:
    application.leave_demo()


def _open_file(application: Application) -> None:
    _take(application, text.tr("Open another file"), application.profile.folder.parent)


def _restore(application: Application) -> None:
    backups = application.profile.backups
    _take(application, text.tr("Restore a backup"), backups if backups.is_dir() else application.profile.folder)


def _take(application: Application, title: str, start: Path) -> None:
    from ui.files import open_path  # noqa: PLC0415  few sessions open another file
    from ui.restoring import open_chosen  # noqa: PLC0415  as above

    kinds = text.tr("Communities of Rapport and their backups") + " (*.rapport)"
    chosen = open_path(application.window, title, kinds, start)
    if chosen is not None:
        open_chosen(application, chosen)


def _change_place(application: Application) -> None:
    chosen = QFileDialog.getExistingDirectory(
        application.window, text.tr("Where the file is to lie"), str(application.profile.folder.parent)
    )
    if chosen:
        application.open_profile(Path(chosen))


def _backup(application: Application) -> None:
    if application.bench is None or application.window is None:
        return
    from app.backup import make  # noqa: PLC0415  asked for now and then

    made = make(application.bench.store, application.bench.profile)
    application.window.toast(text.tr("A backup was made and checked: {0}").format(made.file))


def _bring_in(application: Application) -> None:
    from ui.bringin import ask  # noqa: PLC0415  the dialog and its readers are large

    if application.window is not None:
        ask(application.window)


def _sync(application: Application) -> None:
    if application.bench is not None and application.window is not None:
        application.bench.fetch()
        application.window.toast(text.tr("Looking for new messages."))
