"""Give-aways in a real window: from a new one to its proof, and the demo's contest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.demo.giveaways import NAME, SEED
from app.giveaways import Plan
from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.frame import files
from ui.pages.delight.collecting import CollectStrip
from ui.pages.delight.giveaway_forms import NewGiveawayStrip, StrikeStrip
from ui.pages.delight.giveaways import GiveawayStrip
from ui.pages.delight.page import DelightPage
from ui.shell.window import Window


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Path]:
    """The file or folder that every dialog for files answers with."""
    app = QApplication.instance()
    assert app is not None
    app.setProperty(files.READY, str(tmp_path))
    yield tmp_path
    app.setProperty(files.READY, None)


def choose(path: Path) -> None:
    app = QApplication.instance()
    assert app is not None
    app.setProperty(files.READY, str(path))


def opened(page: DelightPage, window: Window) -> GiveawayStrip:
    window.run("giveaways")
    assert isinstance(page.strip, GiveawayStrip)
    return page.strip


def shown(page: DelightPage) -> GiveawayStrip:
    """The give-away's strip, to which a form about it leads back."""
    assert isinstance(page.strip, GiveawayStrip)
    return page.strip


def collected(page: DelightPage) -> None:
    """By the form, from the table that the dialog answers with."""
    shown(page).buttons["collect"].click()
    form = page.strip
    assert isinstance(form, CollectStrip)
    form.source.set_key("file")
    form._show()
    form.choose.click()
    assert form.preview.text().startswith("3 entries: ")
    form.act()


def test_contest_of_the_demo_is_shown_with_winners_and_reasons(demo: Window, page: DelightPage) -> None:
    strip = opened(page, demo)
    assert strip.choice.currentText() == NAME
    assert (strip.words.text(), strip.words.isReadOnly(), strip.go.title()) == (SEED, True, "Make their gifts")
    assert strip.proof.text() == demo.bench.giveaways.named(NAME).list_sha256
    assert strip.facts.text().startswith("Drawn · 100 prizes · 120 taking part · 20 struck")
    assert strip.model.rowCount() == 140
    spoken = [str(strip.model.data(strip.model.index(place, 0))) for place in (0, 139)]
    assert spoken[0].endswith(", Place 1")
    assert spoken[1].endswith(", Entered before")


def test_one_goes_from_new_to_its_proof(demo: Window, page: DelightPage, ready: Path) -> None:
    opened(page, demo).buttons["new"].click()
    form = page.strip
    assert isinstance(form, NewGiveawayStrip)
    form.act()
    assert form.wrong.text().startswith("Enter a name")
    form.name.setText("Mugs")
    form.promise.setText("Saturday's lottery")
    form.act()
    strip = page.strip
    assert isinstance(strip, GiveawayStrip)
    assert (strip.choice.currentText(), strip.go.title()) == ("Mugs", "Close it")
    strip.act()
    assert strip.wrong.text() == "Nobody takes part in “Mugs” yet. Enter somebody first."
    table = ready / "in.csv"
    table.write_text("name,email\nAna,ana@x.example\nAna B,ANA@x.example\nBo,bo@x.example\n", "utf-8")
    choose(table)
    collected(page)
    strip = shown(page)
    number = demo.bench.giveaways.named("Mugs").id
    assert [one.struck for one in demo.bench.giveaways.entries(number)] == ["", "double", ""]
    strip.rows.choose(2)
    strip.buttons["keep"].click()
    assert "3 taking part" in strip.facts.text()
    strip.rows.choose(0)
    strip.buttons["strike"].click()
    reason = page.strip
    assert isinstance(reason, StrikeStrip)
    reason.why.setText("Only a link")
    reason.act()
    strip = shown(page)
    assert "2 taking part" in strip.facts.text()
    assert "Only a link" in [one.note for one in demo.bench.giveaways.entries(number)]
    strip.act()
    digest = demo.bench.giveaways.named("Mugs").list_sha256
    assert digest in strip.aside.text()
    assert strip.buttons["collect"].isHidden()
    strip.act()
    assert strip.wrong.text().startswith("Enter the seed you promised: Saturday's lottery.")
    strip.words.setText("3 5 8")
    strip.act()
    assert strip.aside.text() == "Drawn: 1 winner."
    choose(ready)
    strip.buttons["proof"].click()
    assert digest in (ready / "how-to-repeat.txt").read_text("utf-8")
    strip.act()
    assert "1 gift for a winner, as an idea." in toast(demo).accessibleName()
    settle()
    assert str(demo.bench.gifts.counts()["idea"]) == page.stages._segments["idea"]._count


def test_an_undo_shows_in_the_open_strip(demo: Window, page: DelightPage) -> None:
    strip, desk = opened(page, demo), demo.bench.giveaways
    number = desk.named(NAME).id
    with demo.bench.store.write("Undrawn") as conn:
        conn.execute("UPDATE giveaway SET drawn_at = NULL, seed = '' WHERE id = ?", (number,))
        conn.execute("UPDATE giveaway_entry SET place = NULL WHERE giveaway_id = ?", (number,))
    settle()
    assert (strip.go.title(), strip.words.text(), strip.words.isReadOnly()) == ("Draw", "", False)
    demo.bench.actions.undo()
    settle()
    assert (strip.go.title(), strip.words.text(), strip.words.isReadOnly()) == ("Make their gifts", SEED, True)


def test_one_without_entrants_says_what_to_do(page: DelightPage, demo: Window) -> None:
    strip = opened(page, demo)
    assert (strip.rows.isHidden(), strip.nobody.isHidden()) == (False, True)
    strip.show_giveaway(demo.bench.giveaways.add(Plan("Mugs", 1)))
    settle()
    assert (strip.rows.isHidden(), strip.nobody.isHidden()) == (True, False)
    assert strip.nobody.text().startswith("Nobody takes part yet.")
