"""Search as one types: folded beginnings of words in five languages, phrases, filters, pages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.text import words
from app.inbox import Inbox
from app.intake import Intake
from app.members import Members
from app.search import Filter, Search
from app.search.language import parse
from app.store import index
from app.store.store import Store
from tests.app.saying import NOW, account, said
from tests.examples import examples

TEXTS = [
    ("is", "Þórður pantaði sítrónur með æðardúni", ["thord", "SITRON", "Æðar", "aedar", "þórður með"]),
    ("hu", "Őszi szörp érkezett, hűvös hordóban", ["oszi", "SZORP", "hűvös hordo", "huvos"]),
    ("cs", "Příliš žluťoučká limonáda přišla", ["prilis", "ŽLUŤ", "limonada prisla"]),
    ("el", "Η λεμονάδα της γιαγιάς μας έφτασε", ["λεμοναδα", "ΓΙΑΓΙΆΣ", "γιαγιασ", "εφτασε μας", "ΕΦΤΑΣΕ"]),
    ("en", "The café’s lemonade won’t fizz", ["cafe", "LEMON", "won fizz"]),
]


@pytest.fixture
def search(store: Store) -> Search:
    """A message in each language, each of its own member and conversation; two more in the first's."""
    number = account(store)
    items = [
        said(f"{n}", NOW + n * 60, text, f"m{n}", thread=f"t{n}", title="x") for n, (_, text, _) in enumerate(TEXTS)
    ]
    items += [
        said("own", NOW + 3_000, "Our own lemonade", "us", thread="t0"),
        said("b", NOW + 3_060, "Lemonade stand art", "m1", thread="t0"),
    ]
    Intake(store).take(number, items)
    return Search(store)


@pytest.mark.parametrize(("text", "typed"), [(text, typed) for _, text, asked in TEXTS for typed in asked])
def test_beginnings_of_words_find_it_without_accents_and_case(search: Search, text: str, typed: str) -> None:
    assert text in [hit.text for hit in search.messages(typed)]


def test_every_beginning_of_every_word_finds_it(search: Search) -> None:
    for _, text, _ in TEXTS:
        for word in text.split():
            for length in range(1, len(word) + 1):
                if words(word[:length]):
                    assert text in [hit.text for hit in search.messages(word[:length])], word[:length]


def test_all_words_are_wanted_and_newest_come_first(search: Search) -> None:
    assert [hit.text for hit in search.messages("lemon")] == [
        "Lemonade stand art",
        "Our own lemonade",
        "The café’s lemonade won’t fizz",
    ]
    assert [hit.text for hit in search.messages("lemon art")] == ["Lemonade stand art"]
    assert search.messages("lemon nothing") == []


@pytest.mark.parametrize("typed", ["", "   ", '""', "\ue0001", "from:"])
def test_nothing_typed_finds_nothing(search: Search, typed: str) -> None:
    assert search.messages(typed) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('"own lemonade"', ["Our own lemonade"]),
        ('"lemonade own"', []),
        ('"OWN LEMONÁDE"', ["Our own lemonade"]),
        ("„own lemonade“", ["Our own lemonade"]),
        ("“own lemonade”", ["Our own lemonade"]),
        ("«own lemonade»", ["Our own lemonade"]),
        ('"own lemonade', ["Our own lemonade"]),  # not closed yet
        ('"emonade stand"', []),  # a phrase begins with a word
        ('"lemonade stand" art', ["Lemonade stand art"]),
        ('"lemonade st"', ["Lemonade stand art"]),  # and may end within one, as one types
    ],
)
def test_words_in_quotation_marks_stand_beside_each_other(search: Search, typed: str, found: list[str]) -> None:
    assert [hit.text for hit in search.messages(typed)] == found


def test_a_phrase_may_be_a_title_or_a_name_but_not_across(store: Store) -> None:
    items = [said("1", NOW, "Hello world", "anna", name="Anna Nagy", title="Broken box", thread="t")]
    Intake(store).take(account(store), items)
    search = Search(store)
    for typed, count in (('"broken box"', 1), ('"anna nagy"', 1), ('"hello world"', 1), ('"box hello"', 0)):
        assert len(search.messages(typed)) == count, typed


def test_filters_leave_out_what_is_not_asked_for(store: Store, search: Search) -> None:
    other = account(store, "discourse", "Forum")
    Intake(store).take(other, [said("x", NOW + 9_000, "Forum lemonade", "forumer")])
    inbox = Inbox(store)
    inbox.label(1, ["parcel"])
    inbox.done([5])

    def found(**wanted: object) -> list[str]:
        return [hit.text for hit in search.messages("lemonade", Filter(**wanted))]  # type: ignore[arg-type]

    assert found(account_id=other) == ["Forum lemonade"]
    assert found(state="done") == ["The café’s lemonade won’t fizz"]
    assert found(label="parcel") == ["Lemonade stand art", "Our own lemonade"]
    assert found(label="parcel", state="done") == []
    assert found(state="needs_me", label="parcel", account_id=1) == ["Lemonade stand art", "Our own lemonade"]


def test_a_member_is_heard_under_all_names_also_after_a_merge_and_its_undo(store: Store, search: Search) -> None:
    one, two = (Members(store).find(f"m{n}")[0] for n in (0, 1))
    texts = [hit.text for hit in search.messages("", Filter(member_id=two))]
    assert texts == ["Lemonade stand art", TEXTS[1][1]]
    Members(store).merge(two, one)
    assert len(search.messages("", Filter(member_id=two))) == 3
    assert [hit.text for hit in search.messages("thordur", Filter(member_id=two))] == [TEXTS[0][1]]
    store.undo_action(store.last_action or 0)
    assert [hit.text for hit in search.messages("", Filter(member_id=two))] == texts
    assert search.messages("lemonade", Filter(member_id=999)) == []


def test_our_own_words_are_shown_as_said_to_the_member(search: Search) -> None:
    hit = next(hit for hit in search.messages("own"))
    assert (hit.out, hit.member) == (True, "M0")


@pytest.mark.parametrize("wanted", [Filter(), Filter(state="needs_me"), Filter(account_id=1)])
def test_pages_cover_everything_once(store: Store, wanted: Filter) -> None:
    Intake(store).take(account(store), [said(f"{n}", NOW + n * 7, f"page {n}", thread=f"t{n % 9}") for n in range(230)])
    search, seen, before = Search(store), list[int](), None
    while hits := search.messages("page", wanted, limit=40, before=before):
        seen += [hit.message_id for hit in hits]
        before = hits[-1].message_id
    assert len(seen) == 230
    assert seen == sorted(set(seen), reverse=True)


@pytest.mark.slow
def test_a_whole_page_of_text_may_be_asked_for(store: Store, search: Search) -> None:
    assert search.messages(" ".join(f"word{n}" for n in range(3_000))) == []
    with store.write() as conn:
        conn.executemany(
            "INSERT INTO identity (kind, handle, key, member_id, home_id) VALUES ('x', 'x', ?, 1, 1)",
            [(str(n),) for n in range(2_000)],
        )
    assert search.messages("", Filter(member_id=1)) != []


# --- what is put into the index


@given(st.text())
def test_a_question_asks_for_each_word_that_another_does_not_ask_for_already(typed: str) -> None:
    found = words(typed)
    asked = index.question(found)
    needed = {word for word in found if not any(other != word and other.startswith(word) for other in found)}
    assert asked.count('"*') == len(needed)
    assert bool(asked) == bool(found)


@given(st.text(), st.lists(st.integers(1, 10**6), min_size=1, max_size=3))
def test_members_and_accounts_are_asked_for_beside_the_words(typed: str, identities: list[int]) -> None:
    assert index.question(words(typed), identities).endswith(")")
    assert all(f'"\ue000{one}"' in index.question(words(typed), identities) for one in identities)
    assert index.question(words(typed), identities, 7).endswith('"\ue0017"')


@given(st.text(), st.integers(1, 10**6))
def test_an_entry_holds_the_words_the_account_and_the_speaker(typed: str, identity: int) -> None:
    assert index.entry(3, None, typed).split() == [*words(typed), "\ue0013"]
    assert index.entry(3, identity, typed).split() == [*words(typed), "\ue0013", f"\ue000{identity}"]


@pytest.mark.slow
@examples(60)
@given(st.text(min_size=1), st.text())
def test_whatever_is_said_is_found_by_its_own_words(
    tmp_path_factory: pytest.TempPathFactory, text: str, other: str
) -> None:
    store = Store(tmp_path_factory.mktemp("found") / "a.rapport")
    Intake(store).take(account(store), [said("1", NOW, text, title="x"), said("2", NOW + 60, other, title="x")])
    for typed in (text, text.upper(), f'"{text}"'):
        plain = not any(term.operator or term.negated for term in parse(typed))
        if words(typed) and plain and not Search(store).understand(typed).problem:
            found = [hit.text for hit in Search(store).messages(typed)]
            # an iota below a letter is written beside it in capitals, which is another word
            assert text in found or "\u0345" in unicodedata.normalize("NFD", text)
    store.close()
