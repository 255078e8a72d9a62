"""Members: found by any name, edited, merged and parted again exactly; the card over all channels."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.gifts import Gifts
from app.handoffs import Handoffs
from app.inbox import Inbox
from app.intake import Intake
from app.members import EDITABLE, Members, card
from app.promises import Promises
from app.store.store import Store
from app.teammates import Teammates
from app.templates import Templates, Text, note_use
from tests.app.saying import NOW, account, differences, is_consistent, rows, said


@pytest.fixture
def members(store: Store) -> Members:
    """Eleni on the blog and, as somebody else, by mail; Béla on the blog."""
    blog = account(store)
    mail = account(store, "email", "E-mail")
    intake = Intake(store)
    intake.take(blog, [
        said("1", NOW, "Hello", "eleni.kitchen", name="Ελένη Παπαδοπούλου", thread="a", title="Hello"),
        said("2", NOW + 60, "An answer", "us", thread="a"),
        said("3", NOW + 90, "Szia", "béla", name="Nagy Béla", thread="b", title="Szia"),
    ])  # fmt: skip
    intake.take(
        mail, [said("4", NOW + 200, "A mail", "eleni@example.gr", name="E. Papadopoulou", thread="c", title="Mail")]
    )
    return Members(store)


ELENI, BELA, MAILER = 1, 2, 3


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [MAILER, BELA, ELENI]),
        ("ελενη", [ELENI]),
        ("ΠΑΠΑΔΟΠΟΎΛΟΥ", [ELENI]),
        ("kitchen", [ELENI]),
        ("bela", [BELA]),
        ("nagy b", [BELA]),
        ("b nagy", [BELA]),
        ("example.gr", [MAILER]),
        ("nobody", []),
        ("!!!", [MAILER, BELA, ELENI]),
    ],
)
def test_members_are_found_by_name_and_handle(members: Members, typed: str, found: list[int]) -> None:
    assert members.find(typed) == found
    assert members.find(fold(typed)) == found


def test_orders_kinds_and_limits(members: Members, store: Store) -> None:
    Intake(store).take(1, [said("9", NOW + 10, "Again", "eleni.kitchen", thread="z")])
    assert members.find(by="conversations")[0] == ELENI
    members.edit(BELA, {"kind": "press"})
    assert members.find(kind="press") == [BELA]
    assert members.find("nagy", kind="customer") == []
    assert members.find(limit=1) == [MAILER]
    assert members.count() == 3


def test_a_row_says_what_the_table_shows(members: Members) -> None:
    row = members.rows([ELENI])[0]
    assert (row.name, row.kinds, row.conversations, row.last_at) == ("Ελένη Παπαδοπούλου", ("wordpress",), 1, NOW)
    assert [one.id for one in members.rows([BELA, 99, ELENI])] == [BELA, ELENI]
    assert members.names([BELA]) == {BELA: "Nagy Béla"}


def test_a_member_made_by_hand_can_be_found_and_needs_a_name(members: Members) -> None:
    number = members.add(" Guðrún ", city="Reykjavík", note="likes rhubarb")
    assert members.get(number).name == "Guðrún"
    assert members.find("rhubarb") == members.find("gudrun") == members.find("reykjavik") == [number]
    with pytest.raises(UserError, match="needs a name"):
        members.add("  ")


def test_every_field_can_be_edited_and_undone(members: Members, store: Store) -> None:
    before = rows(store)
    values: dict[str, object] = {name: f"new {name}" for name in EDITABLE} | {
        "kind": "peer", "fits": True, "consent": "no", "consent_on": "2026-02-01", "languages": "cs,en",
        "form_of_address": "formal", "time_zone": "Europe/Athens", "birthday": "03-05", "name_day": "none",
        "met_on": "2024-05", "met_through": "", "met_through_id": 2, "do_not_contact": True, "do_not_gift": True,
        "minor": True, "public_servant": True, "rhythm_days": 30, "pinned": "core", "name_forms": "cs vocative: Honzo",
    }  # fmt: skip
    members.edit(ELENI, values)
    found = members.get(ELENI)
    assert {name: getattr(found, name) for name in EDITABLE} == values
    assert members.find("company") == [ELENI]
    store.undo_action(store.last_action or 0)
    assert differences(rows(store), before) == {}
    assert members.find("company") == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "  "}, "needs a name"),
        ({"kind": "enemy"}, "isn't a kind of member"),
        ({"shoe_size": "42"}, "“shoe_size” isn't a member's field"),
    ],
)
def test_what_makes_no_sense_is_refused(members: Members, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        members.edit(ELENI, values)
    assert members.get(ELENI).kind == "customer"
    before = members.count()
    with pytest.raises(UserError, match=sentence):
        members.add(**{"name": "Béla", **values})
    assert members.count() == before


def test_nothing_to_change_is_no_action(members: Members, store: Store) -> None:
    members.edit(ELENI, {})
    assert store.last_action is None
    with pytest.raises(NotFoundError, match="P-99"):
        members.edit(99, {"name": "X"})


# --- the same person


def test_merging_brings_everything_to_one_and_undo_parts_exactly(members: Members, store: Store) -> None:
    promises = Promises(store)
    promises.add(MAILER, "write back")
    Gifts(store).log(MAILER, "Box", "thanks", "5")
    Handoffs(store).add(3, Teammates(store).add("Ota"), "Who has a box left?")
    sent = Templates(store).add("thanks", "Thanks", texts=[Text("el", "A", "Ευχαριστώ!")])
    with store.write() as conn:
        note_use(conn, sent, "el", "A", MAILER, 3)
    members.edit(MAILER, {"note": "gluten"})
    before = rows(store)
    members.merge(ELENI, MAILER)
    one = members.get(MAILER)
    assert (one.id, one.first_at, one.last_at) == (ELENI, NOW, NOW + 200)
    assert [identity.kind for identity in one.identities] == ["wordpress", "email"]
    assert members.rows([ELENI])[0].kinds == ("email", "wordpress")
    assert members.find() == [ELENI, BELA]
    assert members.find("example.gr") == [ELENI]
    assert len(promises.of_member(ELENI)) == len(Gifts(store).of_member(ELENI)) == 1
    for table in ("handoff", "template_use"):
        assert store.read.execute(f"SELECT member_id FROM {table}").fetchone()[0] == ELENI
    assert Inbox(store).row(3).member_id == ELENI
    store.undo_action(store.last_action or 0)
    assert differences(rows(store), before) == {}
    assert (members.find("example.gr"), members.find("gluten"), members.find("eleni")) == (
        [MAILER],
        [MAILER],
        [MAILER, ELENI],
    )
    is_consistent(store)


def test_merging_with_one_made_by_hand_keeps_when_they_spoke(members: Members) -> None:
    silent = members.add("Eleni by hand")
    members.merge(ELENI, silent)
    assert (members.get(ELENI).first_at, members.get(ELENI).last_at) == (NOW, NOW)
    other = members.add("Béla by hand")
    members.merge(other, BELA)
    assert (members.get(BELA).id, members.get(other).first_at) == (other, NOW + 90)


def test_merges_follow_each_other_and_never_themselves(members: Members, store: Store) -> None:
    members.merge(BELA, MAILER)
    members.merge(ELENI, MAILER)  # who is Béla by now
    assert members.get(MAILER).id == members.get(BELA).id == ELENI
    with pytest.raises(UserError, match="already the same member"):
        members.merge(ELENI, MAILER)
    members.edit(MAILER, {"city": "Brno"})
    assert members.get(ELENI).city == "Brno"
    for _ in range(3):
        row = store.read.execute("SELECT max(id) FROM action WHERE undone_at IS NULL").fetchone()
        store.undo_action(row[0])
    assert [members.get(number).id for number in (ELENI, BELA, MAILER)] == [ELENI, BELA, MAILER]
    assert members.find("nagy") == [BELA]


def test_what_comes_in_after_a_merge_is_theirs(members: Members, store: Store) -> None:
    members.merge(ELENI, MAILER)
    Intake(store).take(2, [said("5", NOW + 900, "Again", "eleni@example.gr", thread="d")])
    assert members.get(ELENI).last_at == NOW + 900
    assert members.count() == 2


def test_whom_a_conversation_is_with(members: Members) -> None:
    assert members.of_conversation(1) == ELENI
    assert members.of_conversation(99) is None
    with pytest.raises(NotFoundError, match="P-99"):
        members.get(99)


# --- the card


def test_the_card_is_everything_over_all_channels(members: Members, store: Store) -> None:
    promises, gifts = Promises(store), Gifts(store)
    promises.add(ELENI, "write back", "2026-12-24")
    gifts.log(ELENI, "Box", "broken bottles", "15.00", state="shipped")
    gifts.log(ELENI, "Card", "only an idea", "3.00")
    members.merge(ELENI, MAILER)
    Inbox(store).mark(3, "unhappy", on=True)
    found = card(store, members, promises, MAILER, clock.local(clock.now()).year)
    assert (found.member.id, found.conversations, found.answered, found.typical_reply) == (ELENI, 2, 1, 60)
    assert [line.title for line in found.history] == ["Mail", "Hello"]
    assert [line.item for line in found.gifts] in (["Card", "Box"], ["Box", "Card"])
    assert found.gift_year == (("EUR", 1500),)
    assert [promise.what for promise in found.promises] == ["write back"]
    assert found.unhappy
    Inbox(store).done([3], reason="solved")
    assert not card(store, members, promises, ELENI, 2026).unhappy


def test_the_card_of_one_who_never_spoke(members: Members, store: Store) -> None:
    found = card(store, members, Promises(store), members.add("Silent"), 2026)
    assert (found.conversations, found.answered, found.typical_reply, found.history) == (0, 0, None, ())


def test_conversations_are_counted_alike_for_few_and_for_all(store: Store) -> None:
    blog, mail = account(store), account(store, "email", "E-mail")
    Intake(store).take(blog, [
        said("1", NOW, who="anna", thread="a"), said("2", NOW + 60, who="bela", thread="a"),
        said("3", NOW + 90, who="bela", thread="b"), said("4", NOW + 95, who="bela", thread="a"),
        said("5", NOW + 99, who="us", thread="b", out=True),
    ])  # fmt: skip
    Intake(store).take(mail, [said("6", NOW + 200, who="anna@x.example", thread="c")])
    members = Members(store)
    members.merge(1, 3)
    members.add("Nobody")
    everybody = members.find()
    assert members._talks_of(everybody) == {number: members._talks().get(number, 0) for number in everybody}
    assert members._talks_of(everybody) == {row.id: row.conversations for row in members.rows(everybody)}
    assert [members._talks_of([number])[number] for number in (1, 2)] == [2, 2]


def test_those_who_are_there_and_not_merged(store: Store, members: Members) -> None:
    with store.write() as conn:
        conn.execute("UPDATE member SET merged_into = ? WHERE id = ?", (ELENI, MAILER))
    assert members.unmerged([MAILER, BELA, ELENI, 99]) == {ELENI, BELA}
    assert members.unmerged([]) == set()
