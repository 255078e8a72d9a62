"""The words of a rule are found in their other forms, in the language of the message, and in no other's words."""

from __future__ import annotations

import pytest

from app.base import clock
from app.rules import Conditions, Deeds
from app.rules.facts import Facts, matches
from app.workbench import Workbench
from tests.app.saying import account, said

NOW = clock.now() // 60 * 60
CAME = [
    ("láhev", "cs", "Vrátila jsem tři lahve."), ("láhev", "cs", "Bez LAHVÍ to nejde."),
    ("lahve", "cs", "Ta láhev je prázdná."),
    ("vadná láhev", "cs", "Přišly mi dvě vadné lahve."),
    ("flaska", "is", "Ég keypti tvær flöskur hjá ykkur."), ("flösku", "is", "Flaskan brotnaði."),
    ("maður", "is", "Það voru margir menn þarna."),
    ("ló", "hu", "Megjöttek a lovak, és szépek."), ("bokor", "hu", "A bokrokat is locsoltam."),
    ("δρόμος", "el", "Στους δρόμους δεν υπήρχε κανείς."), ("πόλη", "el", "Σε όλες τις πόλεις της χώρας"),
    ("mouse", "en", "There were mice in the box."), ("lost knife", "en", "Two lost knives, found!"),
]  # fmt: skip
OTHERS = [
    ("láhev", "cs", "Lahůdka k obědu."), ("láhev", "en", "Tři lahve."), ("flaska", "is", "Flosi er hér."),
    ("mouse", "en", "A mouth"), ("mouse", "", "mice"), ("bokor", "hu", "A boka fáj"),
    ("lost knife", "en", "knives lost"),
    ("láhev", "cs", "ano\n\n> tři lahve"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "language", "text"), CAME)
def test_any_form_is_found(word: str, language: str, text: str) -> None:
    assert matches(Conditions(words=("zzz", word)), Facts(text, 1, language))


@pytest.mark.parametrize(("word", "language", "text"), OTHERS)
def test_other_words_are_not(word: str, language: str, text: str) -> None:
    assert not matches(Conditions(words=(word,)), Facts(text, 1, language))


@pytest.mark.parametrize(("word", "language", "text"), CAME)
def test_the_same_is_shown_before_it_is_saved_and_hit_when_it_comes_in(
    bench: Workbench, word: str, language: str, text: str
) -> None:
    place, asked = account(bench.store), Conditions(words=(word,))
    bench.intake.take(place, [said("1", NOW, text, "anna", thread="1")._replace(language=language)])
    assert bench.rules.preview(asked).hits == 1
    assert bench.rules.preview(asked._replace(language="sv")).hits == 0
    bench.rules.add("Lately", asked, Deeds("Lately"), to_lately=True)
    bench.rules.add("From now on", asked, Deeds("From now on"))
    bench.intake.take(place, [said("2", NOW + 60, text, "anna", thread="2")._replace(language=language)])
    assert [(rule.name, rule.hits) for rule in bench.rules.every()] == [("Lately", 2), ("From now on", 1)]


def test_what_has_no_letters_or_is_a_sentence_is_only_found_as_it_is(bench: Workbench) -> None:
    place = account(bench.store)
    bench.intake.take(place, [said("1", NOW, "Objednávka 1234 a lahve", "anna", thread="1")._replace(language="cs")])
    for word, hits in (("1234", 1), ("12345", 0), ("e-mail", 0), ("kde jsou moje tři lahve", 0)):
        assert bench.rules.preview(Conditions(words=(word,))).hits == hits
