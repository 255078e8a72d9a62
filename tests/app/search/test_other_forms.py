"""A search finds other forms of its words, in the languages that are written here, as whole words."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.search import Marker
from app.workbench import Workbench

SAID = {
    "cs": ("Ta láhev je krásná a moc se mi líbí.", "V obchodě neměli žádné lahve.", "Koupila jsem lahvovou příchuť."),
    "is": ("Þessi flaska er mjög falleg og góð.", "Hvar fæ ég flösku af þessu?", "Ég er flaskaður."),
    "en": ("There is a mouse in the shop.", "We saw mice, and they saw us."),
}


@pytest.fixture
def talking(bench: Workbench) -> Workbench:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, own, created_at) VALUES ('blog', 'Blog', 'us', 0)")
    for code, said in SAID.items():
        for place, words in enumerate(said):
            who = Author(f"{code}{place}", f"{code}{place}", f"Somebody {code}")
            name = f"{code}-{place}"
            taken = bench.intake.take(1, [Incoming(name, clock.now() - 99, words, who, thread=name)])
            with bench.store.write() as conn:
                (talk,) = taken.conversation_ids
                conn.execute("UPDATE conversation SET language = ? WHERE id = ?", (code, talk))
    return bench


def found(bench: Workbench, typed: str) -> set[str]:
    return {hit.text for hit in bench.search.messages(bench.search.widened(bench.search.understand(typed)))}


@pytest.mark.parametrize(("typed", "language"), [("láhev", "cs"), ("flaska", "is"), ("flösku", "is"), ("mouse", "en")])
def test_other_forms_are_found_and_other_words_are_not(talking: Workbench, typed: str, language: str) -> None:
    assert found(talking, typed) >= set(SAID[language][:2])
    assert not any("lahvovou" in words for words in found(talking, typed))


def test_a_quoted_word_stays_as_it_is(talking: Workbench) -> None:
    assert found(talking, '"láhev"') == {SAID["cs"][0]}


def test_before_it_was_found_out_what_is_written_here_nothing_is_widened(talking: Workbench) -> None:
    asked = talking.search.understand("láhev")
    assert not talking.search.other_forms.is_ready
    assert talking.search.other_forms.widened(asked) is None
    assert len(talking.search.messages(asked)) == 1


def test_only_forms_that_occur_are_asked_for_and_a_language_that_nobody_writes_is_not(talking: Workbench) -> None:
    (word,) = talking.search.widened(talking.search.understand("láhev")).words
    assert [one.text for one in word.spellings if one.how == "form"] == ["lahve"]
    (word,) = talking.search.widened(talking.search.understand("üveg")).words
    assert all(one.how != "form" for one in word.spellings)


def test_the_form_is_marked_whole(talking: Workbench) -> None:
    marker = Marker(talking.search.widened(talking.search.understand("láhev")))
    assert [(text[at : at + long]) for text in SAID["cs"] for at, long in marker.spans(text)] == ["láhev", "lahve"]


def test_a_minus_leaves_out_what_it_says_alone(talking: Workbench) -> None:
    assert found(talking, "flaska -fæ") == {SAID["is"][0], SAID["is"][2]}
