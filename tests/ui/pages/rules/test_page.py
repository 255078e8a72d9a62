"""The page of rules in a real window, its form, and what rules did as the conversation says it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.presses import press, send
from tests.ui.settling import key, until
from ui.pages.inbox.page import InboxPage
from ui.pages.rules.form import RuleForm
from ui.pages.rules.page import RulesPage
from ui.shell.window import Window

ALT, CHORD = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(demo: Window) -> RulesPage:
    assert demo.run("rules")
    found = demo.page("rules")
    assert isinstance(found, RulesPage)
    return found


def form(demo: Window) -> RuleForm:
    return next(one for one in demo.findChildren(RuleForm) if one.isVisible())


def names(demo: Window) -> list[str]:
    return [rule.name for rule in demo.bench.rules.every()]


@pytest.mark.slow
def test_the_rules_and_what_the_chosen_one_did(page: RulesPage, demo: Window) -> None:
    assert [rule.name for rule in page.model.rows] == ["Press", "Parcels"]
    assert [hit.rule for hit in page.hit_model.rows] == ["Press"] * len(page.hit_model.rows)
    demo.run("next")
    assert {hit.rule for hit in page.hit_model.rows} == {"Parcels"}
    spoken = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Press, If it is from a member of the kind “Press” → label it “press”, ")


@pytest.mark.slow
@pytest.mark.usefixtures("page")
def test_a_rule_is_added_with_a_live_count(demo: Window) -> None:
    key(demo, "N", CHORD)
    opened = form(demo)
    until(lambda: "at least one condition" in opened.found.text())
    assert not opened.lately.isEnabled()
    opened.name.setText("Short")
    opened.fewer.setValue(6)
    opened.label.setText("short")
    until(lambda: "It would have hit" in opened.found.text())
    assert opened.listed()
    opened.lately.setChecked(True)
    opened.keep()
    assert names(demo) == ["Press", "Parcels", "Short"]
    found = demo.bench.rules.preview(demo.bench.rules.every()[2].conditions)
    assert demo.bench.rules.every()[2].hits == found.hits > 0
    demo.run("undo")
    assert names(demo) == ["Press", "Parcels"]


@pytest.mark.slow
def test_what_is_wrong_is_said_and_the_form_stays(page: RulesPage, demo: Window) -> None:
    page.handlers()["new_rule"]()
    opened = form(demo)
    opened.fewer.setValue(3)
    opened.keep()
    assert opened.wrong.text() == "Give the rule a name."
    opened.name.setText("Press")
    opened.keep()
    assert opened.wrong.text() == "Say what happens then: at least one thing."
    opened.unhappy.setChecked(True)
    opened.keep()
    assert "already a rule" in opened.wrong.text()
    assert opened.isVisible()
    opened.reject()


@pytest.mark.slow
def test_a_rule_is_changed_and_shows_what_it_was(page: RulesPage, demo: Window) -> None:
    demo.run("next")
    rule = page._here()
    key(demo, "E", CHORD)
    opened = form(demo)
    assert opened.conditions() == rule.conditions
    assert opened.deeds() == rule.deeds
    opened.name.setText("Post")
    opened.keep()
    assert names(demo) == ["Press", "Post"]


@pytest.mark.slow
def test_order_off_and_removal_by_keys(page: RulesPage, demo: Window) -> None:
    send(page.rows, press(Qt.Key.Key_Down, held=ALT))
    assert names(demo) == ["Parcels", "Press"]
    until(lambda: page.model.rows[1].name == "Press")
    assert page._here().name == "Press"
    demo.run("turn_rule")
    until(lambda: not page._here().active)
    send(page.rows, press(Qt.Key.Key_Delete))
    assert names(demo) == ["Parcels"]
    demo.run("undo")
    assert names(demo) == ["Parcels", "Press"]


@pytest.mark.slow
def test_hits_are_undone_and_opened(page: RulesPage, demo: Window) -> None:
    many = page._here().hits
    demo.run("undo_hit")
    until(lambda: page._here().hits == many - 1)
    demo.run("undo_hits")
    until(lambda: page._here().hits == 0)
    assert "undo_hits" not in page.handlers()
    page.hits.setFocus()
    hit = page.hit_model.row_at(page.hits.place())
    assert hit is not None
    demo.run("open")
    inbox = demo.page("inbox")
    assert isinstance(inbox, InboxPage)
    assert inbox.opened is not None
    assert inbox.opened.row.id == hit.conversation_id


@pytest.mark.slow
def test_ctrl_j_lists_the_conversations_where_the_rule_did_something(page: RulesPage, demo: Window) -> None:
    page.rows.choose(1)
    page.rows.setFocus()
    key(demo, "J", Qt.KeyboardModifier.ControlModifier)
    until(lambda: demo.page_id == "inbox")
    inbox = demo.page("inbox")
    assert isinstance(inbox, InboxPage)
    sql = (
        "SELECT DISTINCT conversation_id FROM rule_hit h JOIN rule r ON r.id = h.rule_id"
        " WHERE r.name = 'Parcels' AND h.undone_at IS NULL"
    )
    wanted = {number for (number,) in demo.bench.store.read.execute(sql)}
    until(lambda: {ref.id for ref in inbox.list.model._refs} == wanted)
    assert inbox.list.search.words() == "rule:Parcels"


@pytest.mark.slow
def test_the_conversation_says_what_was_done_and_undoes_it(demo: Window) -> None:
    rule = demo.bench.rules.every()[1]
    number = demo.bench.rules.hits(rule.id)[0].conversation_id
    demo.go("inbox", number)
    inbox = demo.page("inbox")
    assert isinstance(inbox, InboxPage)
    lines = inbox.talk.rules
    until(lambda: bool(lines.buttons) and not lines.isHidden())
    undo, template, mate = lines.buttons
    assert undo.accessibleName().startswith("Undo: Rule “Parcels”")
    mate.click()
    assert inbox.talk.strip is not None
    inbox.close_strip()
    template.click()
    assert inbox.composer.words.text().strip()
    undo.click()
    until(lines.isHidden)
    assert demo.bench.rules.hits_in(number) == []
