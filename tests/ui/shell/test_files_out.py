"""Each page exports and prints what it shows: the same rows in the same order, and what is open on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from app.commands.table import by_id
from app.csvfile import inspect_table, rows
from app.inbox import Query
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.settling import until
from ui.dialogs.printing import PrintDialog
from ui.frame import files
from ui.shared.paper import Paper, save_pdf, usual_layout
from ui.shell.application import Application
from ui.shell.window import Window

_FIRST = {
    "inbox": "conversation_id", "members": "identifier", "delight": "gift_id", "handoffs": "handoff_id",
    "outbox": "outbox_id",
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(planted: Path, tmp_path_factory: pytest.TempPathFactory, qt: QApplication) -> Iterator[Window]:
    """One window over the demo for the whole module."""
    import shutil  # noqa: PLC0415  only here

    made = Application(Profile(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))))
    window = made.start()
    window.resize(1280, 800)
    qt.processEvents()
    yield window
    qt.setProperty(files.READY, None)
    made.close()


class Opened(QObject):
    """Stands for the desktop: hears which folder it was asked to show."""

    def __init__(self) -> None:
        super().__init__()
        self.folders: list[str] = []

    @Slot(QUrl)
    def opens(self, url: QUrl) -> None:
        self.folders.append(url.toLocalFile())


@pytest.fixture
def desktop() -> Iterator[Opened]:
    """Asked to show folders, and shows none."""
    made = Opened()
    QDesktopServices.setUrlHandler("file", made, "opens")  # type: ignore[arg-type]  # its stub is wrong
    yield made
    QDesktopServices.unsetUrlHandler("file")


def export(window: Window, qt: QApplication, path: Path) -> list[dict[str, str]]:
    """Press the key of Export, and read the file."""
    qt.setProperty(files.READY, str(path))
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    assert by_id("export").keys == ("Ctrl+Shift+X",)
    send(window, press(Qt.Key.Key_X, "", 0, held))
    until(path.exists)
    until(lambda: window._toast is not None and path.name in toast(window).accessibleName())
    table = inspect_table(path)
    return [dict(zip(table.header, row.cells, strict=True)) for row in rows(table)]


@pytest.mark.parametrize("page", _FIRST)
def test_a_page_exports_the_rows_that_it_shows(shared: Window, qt: QApplication, tmp_path: Path, page: str) -> None:
    shared.go(page)
    listed = shared.page(page).listed()  # type: ignore[union-attr]  # it was just shown
    assert listed is not None
    written = export(shared, qt, tmp_path / f"{page}.csv")
    shown = [row[_FIRST[page]] for row in written]
    numbers = [int(name.split("-")[1]) for name in shown]
    assert numbers == list(listed.numbers()) != []


def test_drafts_are_exported_and_printed_as_they_are_listed(shared: Window, qt: QApplication, tmp_path: Path) -> None:
    inbox = shared.bench.inbox
    number = inbox.refs(Query())[0].id
    inbox.keep_draft(number, "Dear you, =1+1 bottles are on their way.")
    shared.go("drafts")
    listed = shared.page("drafts").listed()  # type: ignore[union-attr]  # it was just shown
    assert listed is not None
    written = export(shared, qt, tmp_path / "drafts.csv")
    every = shared.bench.unsent.every()
    assert [draft.number for draft in every] == list(listed.numbers())
    assert [(row["draft"], row["receiver"], row["text"]) for row in written] == [
        (draft.kind, draft.to, draft.text) for draft in every
    ]
    assert f"C-{number}" in [row["conversation_id"] for row in written if row["draft"] == "reply"]
    sheet = shared.bench.printing.rows(listed.kind, listed.numbers(), listed.title)
    assert "bottles are on their way" in sheet.body
    assert sheet.body.count("<tr>") == len(every) + 1
    assert shared.possible("print_list")
    inbox.keep_draft(number, "")


def test_the_inbox_exports_its_filter_and_its_search(shared: Window, qt: QApplication, tmp_path: Path) -> None:
    shared.go("inbox", ("shelf", "done"))
    inbox = shared.page("inbox")
    written = export(shared, qt, tmp_path / "done.csv")
    by_sql = shared.bench.store.read.execute(
        "SELECT id FROM conversation WHERE state = 'done' ORDER BY last_at DESC, id DESC"
    ).fetchall()
    assert [row["conversation_id"] for row in written] == [f"C-{row[0]}" for row in by_sql]
    assert len(written) > 100  # more than the list reads at first
    shared.go("inbox", ("search", "lemon"))
    found = export(shared, qt, tmp_path / "found.csv")
    assert inbox is not None
    assert [row["conversation_id"] for row in found] == [f"C-{number}" for number in inbox.list.model.numbers()]  # type: ignore[attr-defined]
    assert 0 < len(found) < shared.bench.inbox.counts()["done"]
    inbox.list.filter.show(Query())  # type: ignore[attr-defined]  # as the rest of the module expects it
    inbox.list.search.field.clear()  # type: ignore[attr-defined]
    until(lambda: len(inbox.list.model.numbers()) > len(found))  # type: ignore[attr-defined]  # read a moment later


def test_the_folder_is_one_press_away(shared: Window, qt: QApplication, tmp_path: Path, desktop: Opened) -> None:
    shared.go("members")
    export(shared, qt, tmp_path / "m.csv")
    words = f"{shared.bench.members.count()} members exported to"
    assert words in toast(shared).accessibleName()
    toast(shared)._link.click()
    assert desktop.folders == [str(tmp_path)]


def test_everything_goes_into_a_folder_of_its_own(shared: Window, qt: QApplication, tmp_path: Path) -> None:
    qt.setProperty(files.READY, str(tmp_path))
    assert shared.run("export_all")
    until(lambda: any(tmp_path.glob("rapport-*")))
    until(lambda: shared._toast is not None and "tables exported" in toast(shared).accessibleName())
    (folder,) = tmp_path.iterdir()
    assert str(len(list(folder.iterdir()))) in toast(shared).accessibleName()


@pytest.mark.parametrize("command", ["hand_over", "hand_over_private"])
def test_the_hand_over_pack_goes_into_a_folder_of_its_own(
    shared: Window, qt: QApplication, tmp_path: Path, command: str
) -> None:
    qt.setProperty(files.READY, str(tmp_path))
    assert shared.run(command)
    until(lambda: any(tmp_path.glob("hand-over-*/hand-over.html")))
    until(lambda: shared._toast is not None and "Hand-over pack" in toast(shared).accessibleName())
    (folder,) = tmp_path.iterdir()
    addresses = "postal_code" in (folder / "gifts.csv").read_text("utf-8-sig")
    assert addresses == (command == "hand_over_private")
    assert f"{len(shared.bench.promises.open())} open promise" in toast(shared).accessibleName()


def test_a_cancelled_dialog_writes_nothing(shared: Window, qt: QApplication) -> None:
    qt.setProperty(files.READY, "")
    shared.go("members")
    shared.toast("Something said before.")
    before = toast(shared).accessibleName()
    assert shared.run("export")
    assert shared.run("export_all")
    assert toast(shared).accessibleName() == before


def test_pages_without_a_list_offer_none(shared: Window) -> None:
    shared.go("settings")
    assert not shared.possible("export")
    assert not shared.possible("print")
    assert shared.possible("export_all")
    shared.go("members")
    assert shared.possible("print")


def test_the_print_dialog_shows_what_is_open(
    shared: Window, qt: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[PrintDialog] = []

    def look(dialog: PrintDialog) -> int:
        seen.append(dialog)
        dialog.show()
        qt.processEvents()
        before = dialog.sheet.body
        dialog.notes.setChecked(True)
        assert dialog.sheet.body != before
        assert "page" in dialog.preview.accessibleName()
        qt.setProperty(files.READY, str(tmp_path))
        dialog.save.click()
        return 1

    monkeypatch.setattr(PrintDialog, "exec", look)
    number = shared.bench.store.read.execute("SELECT member_id FROM promise LIMIT 1").fetchone()[0]
    shared.go("members", number)
    send(shared, press(Qt.Key.Key_P, "", 0, Qt.KeyboardModifier.ControlModifier))
    assert seen[0].sheet.title == shared.bench.members.get(number).name
    (pdf,) = tmp_path.iterdir()
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert pdf.name in toast(shared).accessibleName()


def test_paper_holds_every_row_on_numbered_pages(shared: Window, tmp_path: Path) -> None:
    numbers = shared.bench.members.find("", 1_000)
    sheet = shared.bench.printing.rows("members", numbers, "Members")
    paper = Paper(sheet, usual_layout())
    words = paper.words()
    assert all(shared.bench.members.get(number).name in words for number in numbers)
    assert paper.pages == save_pdf(sheet, tmp_path / "m.pdf") == 3
    content = (tmp_path / "m.pdf").read_bytes()
    assert content.rstrip().endswith(b"%%EOF")
    assert b"/Count 3" in content
