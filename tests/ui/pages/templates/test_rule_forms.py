"""A rule's forms in its strip: what is struck out goes from what is shown and is no longer found; added ones are."""

from __future__ import annotations

from tests.ui.settling import settle, until
from ui.pages.templates.page import TemplatesPage
from ui.pages.templates.strips import RuleStrip
from ui.shell.window import Window


def test_forms_are_struck_out_and_added_where_the_rule_is_edited(demo: Window) -> None:
    demo.go("templates")
    page = demo.page("templates")
    assert isinstance(page, TemplatesPage)
    page.open("rules")
    demo.run("new_template")
    strip = page.strip
    assert isinstance(strip, RuleStrip)
    strip.language.set_key("is")
    strip.words.setText("flaska")
    strip.words.editingFinished.emit()
    until(lambda: "flaskan" in strip.forms.text().replace(",", "/").split("/"))
    strip.struck.setText("flaskan")
    strip.struck.editingFinished.emit()
    strip.added.setText("dós, dósir")
    strip.added.editingFinished.emit()
    until(lambda: "dósir" in strip.forms.text() and "/flaskan/" not in strip.forms.text())
    strip.why.setText("Af því bara.")
    strip.act()
    settle()
    rule = page.bench.voice.rules()[-1]
    assert (rule.forms, rule.not_forms) == (("dós", "dósir"), ("flaskan",))
    hits = page.bench.voice.check("Með flaskan, flöskur og dósir.", "is")
    assert [one.words for one in hits if one.rule_id == rule.id] == ["flöskur", "dósir"]
    page.show_strip(RuleStrip(page.bench, rule))
    again = page.strip
    assert isinstance(again, RuleStrip)
    assert (again.added.text(), again.struck.text()) == ("dós, dósir", "flaskan")
    again.sort.set_key("greeting")  # whose words are found only as they stand
    assert again.added.isHidden()
    assert again.struck.isHidden()


def test_save_covers_no_field_in_a_low_window(demo: Window) -> None:
    """What is above the form is known to need more once it is laid out, and the forms of words take several lines."""
    demo.resize(900, 700)
    demo.go("templates")
    page = demo.page("templates")
    assert isinstance(page, TemplatesPage)
    page.open("rules")
    settle()
    rule = next(one for one in demo.bench.voice.rules() if "refund*" in one.words)
    strip = RuleStrip(demo.bench, rule)
    page.show_strip(strip)
    until(lambda: "moneys" in strip.forms.text())
    settle()
    sheet, go = strip.sheet, strip.go
    assert sheet.mapTo(strip, sheet.rect().bottomLeft()).y() < go.mapTo(strip, go.rect().topLeft()).y()
    assert strip.mapTo(page, strip.rect().bottomLeft()).y() < page.height()
