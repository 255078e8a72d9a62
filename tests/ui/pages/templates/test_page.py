"""The page for templates and the voice guide in a real window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.voice import Rule
from app.voice.files import read_rules
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.settling import key, settle, until
from ui.frame import files
from ui.pages.templates.listing import missing
from ui.pages.templates.page import TemplatesPage
from ui.pages.templates.rule_files import RuleFiles
from ui.pages.templates.rules import Reason, Section
from ui.pages.templates.strips import RuleStrip, TraitStrip
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(demo: Window) -> TemplatesPage:
    demo.go("templates")
    found = demo.page("templates")
    assert isinstance(found, TemplatesPage)
    found.open(found.bench.templates.get("broken-parcel").id)
    found.list.setFocus()
    return found


def tab(page: TemplatesPage, code: str) -> None:
    page.editor.tabs._tabs[code].click()


def test_the_filter_finds_without_accents_and_says_what_is_missing(page: TemplatesPage) -> None:
    page.search.setText("brok")
    assert page.model.rows[0].key == "broken-parcel"
    assert missing(page.bench.templates.get("ask-address")) == ("is", "hu", "cs")
    page.search.clear()
    assert page.model.rowCount() == len(page.bench.templates.all())


def test_ctrl_s_keeps_the_text_and_z_brings_the_old_one_back(page: TemplatesPage, demo: Window) -> None:
    tab(page, "cs")
    before = page.editor.field.toPlainText()
    page.editor.field.setPlainText("Dobrý den, {{first_name|}}. Mrzí nás to.")
    assert page.editor.unsaved()
    send(demo, press(Qt.Key.Key_S, "\x13", 0, CTRL))
    settle()
    kept = page.bench.templates.get("broken-parcel").in_language("cs")[0].body
    assert kept == "Dobrý den, {{first_name|}}. Mrzí nás to."
    assert not page.editor.unsaved()
    page.list.setFocus()
    key(demo, "Z")
    settle(lambda: page.editor.field.toPlainText() == before, 20)
    assert page.bench.templates.get("broken-parcel").in_language("cs")[0].body == before
    assert page.editor.field.toPlainText() == before


def test_a_text_in_two_languages_is_one_step(page: TemplatesPage) -> None:
    tab(page, "cs")
    page.editor.field.setPlainText("Jedna.")
    tab(page, "el")
    page.editor.field.setPlainText("Δύο.")
    tab(page, "cs")
    assert page.editor.field.toPlainText() == "Jedna."
    page.save()
    assert page.bench.templates.get("broken-parcel").in_language("el")[0].body == "Δύο."
    page.bench.actions.undo()
    after = page.bench.templates.get("broken-parcel")
    assert "Δύο." not in after.in_language("el")[0].body
    assert "Jedna." not in after.in_language("cs")[0].body


def test_a_half_blank_is_refused_and_nothing_typed_is_lost(page: TemplatesPage, demo: Window) -> None:
    tab(page, "en")
    page.editor.field.setPlainText("Hi {{first_name")
    page.save()
    assert "blank" in toast(demo).accessibleName()
    assert page.editor.field.toPlainText() == "Hi {{first_name"
    assert page.editor.unsaved()
    page.list.step(1)
    page.list.step(-1)
    assert page.editor.field.toPlainText() == "Hi {{first_name"


def test_another_variant_and_out_again(page: TemplatesPage) -> None:
    tab(page, "en")
    before = len(page.bench.templates.get("broken-parcel").in_language("en"))
    page.editor.add_variant.click()
    page.editor.field.setPlainText("Oh no, {{first_name|friend}}.")
    page.save()
    assert len(page.bench.templates.get("broken-parcel").in_language("en")) == before + 1
    page.editor.drop_variant.click()
    settle()
    assert len(page.bench.templates.get("broken-parcel").in_language("en")) == before


def test_the_preview_is_filled_for_a_member_who_writes_the_language(page: TemplatesPage) -> None:
    tab(page, "hu")
    page.editor._refresh_preview()
    assert "{{first_name" not in page.editor.preview.read.toPlainText()
    assert re.match(r"Kedves [A-ZÁÉÍÓÖŐÚÜŰ]\w+!", page.editor.preview.read.toPlainText())
    page.editor.preview._choose(page.bench.members.find("emese")[0])
    assert "Emese" in page.editor.preview.read.toPlainText()


def test_a_new_template_begins_in_the_language_that_most_is_written_in(page: TemplatesPage, demo: Window) -> None:
    """Whatever the template looked at before is in; one of another language than ours has a tab for it too."""
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE message SET language = 'de' WHERE out AND language = 'en'")
        conn.execute("UPDATE message SET language = 'hu' WHERE out AND language <> 'de'")
    wanted = demo.bench.templates.likely_language()
    assert wanted in ("de", "hu")
    tab(page, "el")
    key(demo, "N", CTRL)
    assert page.editor.tabs.current() == wanted
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE message SET language = 'de' WHERE out")
    demo.run("new_template")
    assert page.editor.tabs.current() == "de"
    assert page.editor.tabs._tabs["de"].isVisible()
    tab(page, "el")
    page.editor.field.setPlainText("Γεια σας")
    demo.run("new_template")
    assert page.editor.tabs.current() == "el"  # it was begun in


def test_a_new_template_by_keys(page: TemplatesPage, demo: Window) -> None:
    demo.run("new_template")
    page.editor.name.setText("Στείλαμε δώρο")
    page.editor.key.setText("gift-sent")
    tab(page, "el")
    page.editor.field.setPlainText("Το δώρο έφυγε.")
    page.save()
    settle()
    made = page.bench.templates.get("gift-sent")
    assert made.name == "Στείλαμε δώρο"
    assert page.model.place_of(made.id) == page.list.place()


@pytest.mark.slow
def test_archived_ones_can_be_seen_and_brought_back(page: TemplatesPage) -> None:
    number = page.editor.number
    page._archive()
    settle()
    assert page.model.place_of(number) < 0
    page._toggle_archive()
    assert page.model.place_of(number) >= 0
    page._archive()
    settle()
    assert not page.bench.templates.get(number).archived


def test_a_blank_goes_in_where_the_caret_is(page: TemplatesPage) -> None:
    tab(page, "en")
    page.editor.field.setPlainText("Hi !")
    cursor = page.editor.field.textCursor()
    cursor.setPosition(3)
    page.editor.field.setTextCursor(cursor)
    page.editor._insert("first_name")
    assert page.editor.field.toPlainText() == "Hi {{first_name}}!"


def test_a_draft_is_read_by_the_rules_and_mended(page: TemplatesPage) -> None:
    page.side.language.set_key("hu")
    page.side.field.setPlainText("🍋 A visszatérítést intézzük.")
    page.side.check()
    until(lambda: page.side.findings)  # a language is read on a thread first
    assert [finding.level for finding in page.side.findings] == ["ask"]
    page.side.take(0)
    assert "visszatér" not in page.side.field.toPlainText()
    assert page.side.findings == ()
    assert page.side.verdict.accessibleName() == "Sounds like us"


@pytest.mark.slow
def test_a_rule_is_added_held_and_taken_out(page: TemplatesPage, demo: Window) -> None:
    page.open("rules")
    before = len(page.rules.model.numbers())
    demo.run("new_template")
    strip = page.strip
    assert isinstance(strip, RuleStrip)
    strip.words.setText("synerg*, leverage")
    strip.act()
    assert "needs a reason" in strip.wrong.text()
    strip.why.setText("We talk plainly.")
    strip.until.setText("soon")
    strip.act()
    assert "soon" in strip.wrong.text()
    strip.until.setText("")
    strip.level.set_key("block")
    strip.act()
    settle()
    assert len(page.rules.model.numbers()) == before + 1
    assert page.bench.voice.check("What synergies!", "en")[0].level == "block"
    page.rules.list.choose(page.rules.model.place_of(page.bench.voice.rules()[-1].id))
    page.rules.list.setFocus()
    send(demo, press(Qt.Key.Key_Delete))
    settle()
    assert len(page.rules.model.numbers()) == before


def test_a_rule_shows_the_forms_of_its_words_and_keeps_its_kind_and_owner(page: TemplatesPage, demo: Window) -> None:
    page.open("rules")
    demo.run("new_template")
    strip = page.strip
    assert isinstance(strip, RuleStrip)
    strip.language.set_key("cs")
    strip.words.setText("sleva, rodné číslo, detox*, =léčí")
    strip.words.editingFinished.emit()
    until(lambda: "slevou" in strip.forms.text())
    assert "rodné/" in strip.forms.text()
    assert "čísla" in strip.forms.text()
    assert "detox*, léčí" in strip.forms.text()
    strip.kind.set_key("confidential")
    strip.owner.setText("Dóra")
    strip.why.setText("We talk plainly.")
    strip.act()
    settle()
    rule = page.bench.voice.rules()[-1]
    assert (rule.kind, rule.owner) == ("confidential", "Dóra")
    assert [one.owner for one in page.bench.voice.check("Bez slevy!", "cs") if one.rule_id == rule.id] == ["Dóra"]


def test_a_rule_of_another_sort_has_its_own_fields(page: TemplatesPage, demo: Window) -> None:
    page.open("rules")
    demo.run("new_template")
    strip = page.strip
    assert isinstance(strip, RuleStrip)

    def shown() -> list[bool]:
        return [not field.isHidden() for field in (strip.instead, strip.also, strip.most)]

    assert shown() == [True, False, False]
    strip.sort.set_key("with")
    assert shown() == [False, True, False]
    strip.words.setText("raffle")
    strip.why.setText("We say what is advertising.")
    strip.act()
    assert "needs the other words" in strip.wrong.text()
    strip.also.setText("#ad, advert")
    strip.level.set_key("ask")
    strip.act()
    settle()
    rule = page.bench.voice.rules()[-1]
    assert (rule.sort, rule.words, rule.also, rule.most) == ("with", ("raffle",), ("#ad", "advert"), None)
    page.side.field.setPlainText("Our raffle begins.")
    page.side.check()
    until(lambda: page.side.findings)  # a language is read on a thread first
    assert [one.rule_id for one in page.side.findings] == [rule.id]
    page.side.take(0)
    assert page.side.field.toPlainText() == "Our raffle begins. #ad"
    until(lambda: page.side.findings == ())


def test_rules_are_grouped_counted_and_filtered(page: TemplatesPage, demo: Window) -> None:
    page.open("rules")
    view, rules = page.rules, page.bench.voice.rules()
    sections = [row for row in view.model.rows if isinstance(row, Section)]
    assert [one.title for one in sections][:2] == ["Legal", "Publicity"]
    assert sum(one.many for one in sections) == len(rules)
    assert view.count.text() == ""
    assert view.language.currentText() == f"All languages ({len(rules)})"
    demo.run("filter")
    assert view.search.hasFocus()
    view.search.setText("refund")
    found = [rule for rule in rules if "refund" in f"{rule.words}{rule.why}{rule.instead}"]
    assert set(view.model.numbers()) == {rule.id for rule in found} != set()
    assert view.count.text() == f"{len(found)} of {len(rules)}"
    assert view.rule() is not None
    view.search.setText("no rule says this")
    assert view.rule() is None
    assert not view.none.isHidden()


def test_rules_are_brought_sent_and_begun_with_from_the_menu(
    page: TemplatesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.open("rules")
    voice, more = page.bench.voice, page.rules.more
    assert isinstance(more, RuleFiles)
    before = voice.rules()
    out, terms = tmp_path / "rules.toml", tmp_path / "terms.csv"
    monkeypatch.setattr(files, "save_path", lambda *_: out)
    more.send()
    assert len(read_rules(out)) == len(before)
    terms.write_text("word,instead\nutilise,use\n", encoding="utf-8")
    monkeypatch.setattr(files, "open_path", lambda *_: terms)
    more.bring()
    more.bring()
    assert [rule.words for rule in voice.rules()[len(before) :]] == [("utilise",)]
    page.bench.actions.undo(page.bench.store.last_action)
    assert voice.rules() == before
    terms.write_text("name\nAnna\n", encoding="utf-8")
    more.bring()
    assert voice.rules() == before
    more.click()
    assert more.menu is not None
    titles = {action.text(): action for action in more.menu.actions()}
    titles["Add rules to begin with: Magyar"].trigger()
    added = voice.rules()[len(before) :]
    assert [(rule.language, rule.risk) for rule in added] == [
        ("hu", "spin"), ("hu", "defence"), ("hu", "preaching"), ("hu", "insult"),
    ]  # fmt: skip
    more.menu.close()
    more.click()
    again = {action.text(): action.isEnabled() for action in more.menu.actions()}
    assert again["Add rules to begin with: Magyar"] is False
    assert again["Add rules to begin with: Čeština"] is True
    more.menu.close()


def test_a_limit_is_a_rule_without_words(page: TemplatesPage, demo: Window) -> None:
    page.open("rules")
    demo.run("new_template")
    strip = page.strip
    assert isinstance(strip, RuleStrip)
    strip.sort.set_key("sentence")
    assert not strip.words.isEnabled()
    strip.most.setValue(1)
    assert strip.most.value() == 3, "the least that it can be"
    strip.language.set_key("hu")
    strip.act()
    settle()
    assert page.bench.voice.rules()[-1].named == "Words in a sentence: at most 3"
    assert page.bench.voice.limits().sentence is None, "that holds in Hungarian alone"


def test_a_trait_with_its_pair_is_one_step(page: TemplatesPage) -> None:
    page.open("voice")
    page._trait(None)
    strip = page.strip
    assert isinstance(strip, TraitStrip)
    strip.name.setText("No exclamation marks")
    strip.do_say.setText("Thank you.")
    strip.act()
    traits = page.bench.voice.traits()
    assert traits[-1].name == "No exclamation marks"
    assert traits[-1].examples[0].do == "Thank you."
    page.bench.actions.undo()
    assert page.bench.voice.traits()[-1].name != "No exclamation marks"


def test_the_guide_says_how_many_emoji_a_message_may_have(page: TemplatesPage) -> None:
    page.switch.chosen.emit("voice")
    most = page.guide.limits["emoji"]
    most.setValue(3)
    assert page.bench.voice.emoji_most() == 3
    page.bench.voice.allow_emoji(None)
    page.guide.show_limits(page.bench.voice.limits())
    assert most.text() == "Any number"
    assert page.bench.voice.emoji_most() is None


def test_the_guide_says_how_many_exclamation_marks_and_how_long_a_sentence(page: TemplatesPage) -> None:
    page.switch.chosen.emit("voice")
    voice, spins = page.bench.voice, page.guide.limits
    assert [spins[what].text() for what in ("exclaim", "sentence")] == ["Any number", "Any number"]
    spins["exclaim"].setValue(2)
    spins["sentence"].setValue(25)
    assert voice.limits()[1:] == (2, 25)
    spins["exclaim"].setValue(spins["exclaim"].minimum())
    assert voice.limits()[1:] == (None, 25)
    page.bench.actions.undo()
    assert voice.limits()[1:] == (2, 25)
    page.guide.show_limits(voice.limits())
    assert spins["exclaim"].text() == "2"


def test_who_we_are_is_kept_when_left(page: TemplatesPage) -> None:
    page.open("voice")
    page.guide.page.setPlainText("We are seven people.")
    page.guide.keep()
    assert page.bench.voice.guide().who_we_are == "We are seven people."


def test_with_no_template_the_page_offers_to_write_one(window: Window) -> None:
    window.go("templates")
    page = window.page("templates")
    assert isinstance(page, TemplatesPage)
    if page.model.rowCount():
        pytest.skip("starters came with the file")
    assert page.right.currentIndex() == 1
    page._new()
    assert page.right.currentIndex() == 0
    QTest.keyClicks(page.editor.name, "Thanks")
    page.editor.field.setPlainText("Thank you.")
    page.save()
    settle()
    assert page.model.rowCount() == 1


@pytest.mark.slow
def test_what_is_not_saved_outlives_the_window(page: TemplatesPage, demo: Window) -> None:
    """A new Greek template, and a changed text of another, are there the next time; saved is nothing."""
    key(demo, "N", CTRL)
    tab(page, "el")
    page.editor.field.setPlainText("Καλησπέρα {{first_name|}}, το κοιτάζουμε;")
    page.editor.name.setText("Κοιτάζουμε")
    page.editor._drafts[page.bench.templates.get("broken-parcel").id] = {("cs", "A"): "Rozepsáno"}
    before = len(page.bench.templates.all())
    demo.close()
    again = Window(demo.bench, demo.memory)
    again.show()
    again.activateWindow()
    settle()
    again.go("templates")
    settle()
    fresh = again.page("templates")
    assert isinstance(fresh, TemplatesPage)
    assert fresh.editor.template is None
    assert fresh.editor.tabs.current() == "el"
    assert fresh.editor.field.toPlainText() == "Καλησπέρα {{first_name|}}, το κοιτάζουμε;"
    assert len(fresh.bench.templates.all()) == before
    assert fresh.editor.name.text() == "Κοιτάζουμε"
    fresh.editor.key.setText("koitazoume")
    fresh.save()
    fresh.open(fresh.bench.templates.get("broken-parcel").id)
    tab(fresh, "cs")
    assert fresh.editor.field.toPlainText() == "Rozepsáno"
    fresh.save()
    again.close()
    assert fresh.bench.templates.unfinished() == []
    again.deleteLater()


@pytest.mark.slow
def test_what_is_not_saved_is_kept_while_typing(page: TemplatesPage) -> None:
    tab(page, "el")
    page.editor.field.setPlainText("Μισό")
    settle(page.bench.templates.unfinished, seconds=60)
    assert [text.body for text in page.bench.templates.unfinished()[0].texts] == ["Μισό"]


def test_rules_of_one_reason_stand_under_it(page: TemplatesPage) -> None:
    """The reason is said once, over a line for each language; a rule that is alone keeps its own below."""
    page.switch.set_current("rules")
    page.switch.chosen.emit("rules")
    view, model = page.rules, page.rules.model
    reasons = [row.why for row in model.rows if isinstance(row, Reason)]
    assert len(reasons) == len(set(reasons)) >= 5
    rules = [row for row in model.rows if isinstance(row, Rule)]
    assert len(rules) == len(page.bench.voice.rules())
    alone = [rule for rule in rules if not model.is_grouped(rule)]
    assert 0 < len(alone) < 8
    tall = view.list.rowHeight(model.place_of(alone[0].id))
    first = next(rule for rule in rules if model.is_grouped(rule))
    assert view.list.rowHeight(model.place_of(first.id)) < tall
    assert view.rule() == first  # the first rule is chosen, not the heading over it
    view.list.next()
    assert view.rule() == rules[1]
    view.language.set_key("el")
    view.show_rules(page.bench.voice.rules())
    assert not [row for row in model.rows if isinstance(row, Reason)]  # one of each: no headings
    assert view.rule() is not None
