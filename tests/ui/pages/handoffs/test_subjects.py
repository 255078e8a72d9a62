"""Who's responsible for a subject, and for an account, said in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.parts import toast
from tests.ui.settling import key, settle
from ui.pages.accounts.register import RegisterForm
from ui.pages.handoffs.page import HandoffsPage
from ui.pages.handoffs.subjects import SubjectStrip
from ui.shell.window import Window


def _strip(demo: Window) -> SubjectStrip:
    demo.go("handoffs")
    page = demo.page("handoffs")
    assert isinstance(page, HandoffsPage)
    page.list.setFocus()
    key(demo, "U", Qt.KeyboardModifier.ControlModifier)
    settle()
    assert isinstance(page.strip, SubjectStrip)
    return page.strip


def test_a_subject_gets_somebody_by_keys_and_loses_them_again(demo: Window) -> None:
    strip = _strip(demo)
    strip.act()
    assert "Name the subject" in strip.wrong.text()
    strip.subject.setText("invoices abroad")
    strip.act()
    assert "Choose who" in strip.wrong.text()
    mate = demo.bench.teammates.named("Farkas D\u00f3ra")
    strip.owner.set_key(str(mate.id))
    strip.stand_in.set_key(str(demo.bench.teammates.named("J\u00f3n Einarsson").id))
    strip.act()
    settle()
    found = demo.bench.responsible.of_subject("invoices abroad")
    assert found is not None
    assert (found.teammate, found.stand_in) == ("Farkas D\u00f3ra", "J\u00f3n Einarsson")
    assert "Farkas D\u00f3ra" in toast(demo).accessibleName()
    strip = _strip(demo)
    strip.subject.setText("Invoices Abroad")
    strip._typed()
    assert strip.owner.key() == str(mate.id)
    strip.owner.set_key("")
    strip.act()
    assert demo.bench.responsible.of_subject("invoices abroad") is None


def test_the_register_asks_who_answers_for_the_account(demo: Window) -> None:
    account = next(one for one in demo.bench.accounts.all() if one.name == "Forum")
    form = RegisterForm(demo.bench, demo, account)
    assert form.responsible.key() == ""
    form.responsible.set_key("me")
    form.keep()
    found = demo.bench.responsible.of_account(account.id)
    assert found is not None
    assert found.teammate_id is None
    form = RegisterForm(demo.bench, demo, account)
    mate = str(demo.bench.teammates.named("Farkas D\u00f3ra").id)
    form.responsible.set_key(mate)
    form.stand_in.set_key(mate)
    form.keep()
    assert "somebody else" in form.wrong.text()
    form.close()
