"""A search finds other forms of its words, in the languages that are written here, as whole words."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.base.text import fold
from app.search import Marker, other_forms
from app.store import index
from app.wordforms import irregular, is_form
from app.workbench import Workbench

SAID = {
    "cs": ("Ta láhev je krásná a moc se mi líbí.", "V obchodě neměli žádné lahve.", "Koupila jsem lahvovou příchuť."),
    "is": ("Þessi flaska er mjög falleg og góð.", "Hvar fæ ég flösku af þessu?", "Ég er flaskaður."),
    "en": ("There is a mouse in the shop.", "We saw mice, and they saw us."),
}
WRITTEN = {
    "cs": "láhev lahví lahůdka lávka smlouva smlouvou omluva sbírky sbírce zbraň stůl stolice kniha knížka peníze",
    "el": "λεμονάδα λεμονάδες λεμόνι τιμή τιμές τιμώμενος φως φωνή γράφω γραφείο χρήμα χρηστός",
    "en": "refund refunding refuse company companion mouse moustache leaf leave hoping hopping written writhe",
    "hu": "üveg üvegek üvegház pohár poharak poharazó alma almák alom levél levelek levelező címke címkéket cím",
    "is": "flaska flöskur flaskaður gjöf gjafir gjöfull maður menn manna",
}


@pytest.fixture
def talking(bench: Workbench) -> Workbench:
    return _talk(bench, SAID)


@pytest.fixture
def written(bench: Workbench) -> Workbench:
    return _talk(bench, {code: (words,) for code, words in WRITTEN.items()})


def _talk(bench: Workbench, all_: dict[str, tuple[str, ...]]) -> Workbench:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, own, created_at) VALUES ('blog', 'Blog', 'us', 0)")
    for code, said in all_.items():
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


FORMS = [
    ("lahve", "láhev lahví", "lahůdka lávka"),
    ("lahvemi", "láhev lahví", "lahůdka lávka"),
    ("smluv", "smlouva smlouvou", "omluva"),
    ("sbírkám", "sbírky sbírce", "zbraň"),
    ("stolem", "stůl", "stolice"),
    ("knize", "kniha", "knížka"),
    ("penězi", "peníze", ""),
    ("λεμονάδων", "λεμονάδα λεμονάδες", "λεμόνι"),
    ("τιμών", "τιμή τιμές", "τιμώμενος"),
    ("φωτός", "φως", "φωνή"),
    ("γράψαμε", "γράφω", "γραφείο"),
    ("refunded", "refund refunding", "refuse"),
    ("companies", "company", "companion"),
    ("mice", "mouse", "moustache"),
    ("hopes", "hoping", "hopping"),
    ("wrote", "written", "writhe"),
    ("üvegeinkkel", "üveg üvegek", "üvegház"),
    ("poharaink", "pohár poharak", "poharazó"),
    ("almát", "alma almák", "alom"),
    ("levelet", "levél levelek", "levelező"),
    ("cimkeben", "címke címkéket", "cím"),
    ("flaskan", "flaska flöskur", "flaskaður"),
    ("gjafar", "gjöf gjafir", "gjöfull"),
    ("manninum", "maður menn manna", ""),
]


@pytest.mark.parametrize(("typed", "found_", "not_found"), FORMS)
def test_any_form_finds_the_word_and_its_others(written: Workbench, typed: str, found_: str, not_found: str) -> None:
    (word,) = written.search.widened(written.search.understand(typed)).words
    there = {one.text for one in word.spellings[1:] if one.how == "form"}
    assert there >= {fold(one) for one in found_.split()}
    assert not there & {fold(one) for one in not_found.split()}


@pytest.mark.parametrize("typed", ["jsou", "with", "hogy", "είναι", "þetta", "láv", "limo2"])
def test_small_and_short_words_and_numbers_have_no_other_forms(written: Workbench, typed: str) -> None:
    asked = written.search.understand(typed)
    assert written.search.widened(asked) == asked


def test_the_words_of_the_index_that_begin_alike(written: Workbench) -> None:
    conn = written.store.read
    assert index.vocabulary(conn, "lah", 9) == ["lahev", "lahudka", "lahvi"]
    assert index.vocabulary(conn, "lah", 2) == ["lahev", "lahudka"]
    assert index.vocabulary(conn, "xyz", 9) == []
    with pytest.raises(Exception, match="readonly"):  # the connection still only reads
        conn.execute("DELETE FROM label")


def test_a_form_of_a_word_and_of_an_irregular_one() -> None:
    assert is_form("slevám", "sleva", "cs")
    assert is_form("slevam", "sleva", "cs")
    assert not is_form("slevač", "sleva", "cs")
    assert irregular("lahvemi", "cs") == ("láhev",)
    assert irregular("jsou", "cs") == ()
    assert irregular("wrote", "en") == ()


def test_forms_that_may_occur_do_not_push_out_those_that_do(
    written: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_forms, "_MOST_FORMS", 2)
    (word,) = written.search.widened(written.search.understand("almát")).words
    assert {one.text for one in word.spellings if one.how == "form"} == {"alma", "almak"}
