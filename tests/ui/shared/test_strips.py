"""The strips that hand a conversation off and log a gift, without a window: what is chosen and filled in already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.base.errors import UserError
from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.handoffs.people import community, talk
from ui.look import text
from ui.shared.gift import GiftStrip
from ui.shared.handoff import HandoffStrip

pytestmark = pytest.mark.usefixtures("qt")


@pytest.fixture
def bench(profile: Profile) -> Iterator[Workbench]:
    made = Workbench(profile)
    yield made
    made.close()
    QApplication.processEvents()


def test_the_likeliest_is_chosen_and_the_reason_said(bench: Workbench) -> None:
    strip = HandoffStrip(bench, talk(community(bench), "Kérdés", "Mikor?", "hu", ("parcel",)))
    assert strip.whom.currentText() == "Ondřej Malý"
    assert strip.aside.text() == "Helps with parcel. Knows the member's language."
    strip.ask.setText("When does it come?")
    name = "\u2068Ondřej Malý\u2069"
    assert strip.do() == (f"Handed off to {name}, who finds out from the next file you send (“Send a file”).")
    strip.deleteLater()


def test_one_that_is_open_is_added_to_unless_somebody_else_is_chosen(bench: Workbench) -> None:
    opened = talk(community(bench), "Kérdés", "Mikor?", "hu", ())
    jon, dora = bench.teammates.named("Jón").id, bench.teammates.named("Farkas").id
    first = bench.handoffs.add(opened.row.id, jon, "Call the courier.")
    strip = HandoffStrip(bench, opened)
    assert strip.whom.currentText() == "Add to Jón Einarsson's"
    assert strip.aside.text() == "Already with Jón Einarsson, not sent yet. Your request is added to it."
    assert not strip.kind.isEnabled()
    with pytest.raises(UserError, match="one sentence"):
        strip.do()
    strip.ask.setText("And say when")
    assert strip.do() == "Added to the hand-off with Jón Einarsson."
    assert bench.handoffs.get(first).ask == "Call the courier. And say when"
    strip.whom.set_key(str(dora))
    assert strip.kind.isEnabled()
    assert strip.aside.text().startswith("Already with Jón Einarsson")
    assert "added" not in strip.aside.text()
    strip.do()
    assert [one.teammate for one in bench.handoffs.of_conversation(opened.row.id)] == ["Jón Einarsson", "Farkas Dóra"]
    strip.deleteLater()


def test_without_a_teammate_it_says_so(bench: Workbench) -> None:
    strip = HandoffStrip(bench, talk(bench, "Kérdés", "Mikor?", "hu", ()))
    assert "No teammates yet" in strip.aside.text()
    with pytest.raises(UserError, match="Add a teammate"):
        strip.do()
    strip.deleteLater()


def test_the_reason_follows_the_occasion_until_the_person_writes_one(bench: Workbench) -> None:
    strip = GiftStrip(bench, talk(bench, "Το κουτί έφτασε σπασμένο", "Κρίμα", "el", ()))
    assert strip.why.text() == "Thank you: Το κουτί έφτασε σπασμένο"
    strip.occasion.set_key("made_right")
    assert strip.why.text() == "Made it right: Το κουτί έφτασε σπασμένο"
    strip.why.setText("The second box")
    strip.occasion.set_key("surprise")
    assert strip.why.text() == "The second box"
    for field, words in ((strip.item, "Enter what"), (strip.worth, "Enter its value")):
        with pytest.raises(UserError, match=words):
            strip.do()
        field.setText("5")
    strip.why.clear()
    with pytest.raises(UserError, match="Enter a reason"):
        strip.do()
    strip.why.setText("The second box")
    assert strip.do() == f"{text.embed(strip.item.text())} for {text.name(strip._opened.row.member)}: logged."
    strip.deleteLater()
