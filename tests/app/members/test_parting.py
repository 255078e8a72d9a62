"""A merge is taken apart at any time: what moved goes back, what came since goes with its name, edits stay."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.actions import Actions
from app.base.errors import NotFoundError, UserError
from app.base.paths import Profile
from app.gifts import Gifts
from app.intake import Intake
from app.members import Members, records
from app.members.belongings import Belonging
from app.members.pairs import Pairs
from app.members.parting import Kept, facts_back, going_back, without_added
from app.promises import Promises
from app.store.store import Store
from app.workbench import Workbench
from tests.app.saying import NOW, account, is_consistent, rows, said


@pytest.mark.parametrize(
    ("rows", "back"),
    [
        ([Kept(3, None)], [3]),  # moved with the merge
        ([Kept(4, 7)], []),  # the kept one's own, from before
        ([Kept(11, 7)], [11]),  # since, with a name that goes
        ([Kept(11, 8)], []),  # since, with a name that stays
        ([Kept(11, None)], []),  # since, about nobody's message
        ([], []),  # it is gone since
    ],
)
def test_what_moved_goes_back_and_what_came_since_goes_with_its_name(rows: list[Kept], back: list[int]) -> None:
    assert going_back([3], 10, rows, [7]) == back


@pytest.mark.parametrize(
    ("before", "after", "now", "changed", "edited"),
    [
        ({"phone": ""}, {"phone": "1"}, {"phone": "1"}, {"phone": ""}, ()),
        ({"phone": ""}, {"phone": "1"}, {"phone": "2"}, {}, ("phone",)),
        ({"phone": ""}, {"phone": "1"}, {"phone": ""}, {}, ("phone",)),
        ({"first_at": 3}, {"first_at": 1}, {"first_at": 1}, {}, ()),  # measured by messages
        ({"by_hand": "city"}, {"by_hand": "city,phone"}, {"by_hand": "city,phone,name"}, {"by_hand": "city,name"}, ()),
        (
            {"by_hand": "", "phone": ""}, {"by_hand": "phone", "phone": "1"}, {"by_hand": "phone", "phone": "2"},
            {}, ("phone",),
        ),
    ],
)  # fmt: skip
def test_facts_come_back_unless_they_were_edited_since(
    before: dict[str, Any], after: dict[str, Any], now: dict[str, Any], changed: dict[str, Any], edited: tuple[str, ...]
) -> None:
    assert facts_back(before, after, now) == (changed, edited)


@pytest.mark.parametrize(
    ("before", "after", "now", "left"),
    [
        ("tea", "tea\nnuts", "tea\nnuts", "tea"),
        ("tea", "tea\nnuts", "tea\nnuts\nmoved to Brno", "tea\nmoved to Brno"),
        ("tea", "tea\nnuts", "green tea\nnuts", "green tea"),
        ("tea", "tea\nnuts", "tea\nno nuts", "tea\nno nuts"),  # edited since: the edit stays
        ("tea", "tea\nnuts", "", ""),
        ("", "nuts", "nuts\nnuts", "nuts"),  # written by hand as well
        ("tea", "tea\ntea party\n\nnuts", "tea\ntea party\n\nnuts\nx", "tea\n\nx"),
    ],
)
def test_the_note_loses_what_the_merge_had_added_and_nothing_else(before: str, after: str, now: str, left: str) -> None:
    assert without_added(before, after, now) == left


ELENI, BELA, MAILER = 1, 2, 3


@pytest.fixture
def members(store: Store) -> Members:
    """Eleni on the blog and, as somebody else, by mail; Béla on the blog."""
    blog = account(store)
    mail = account(store, "email", "E-mail")
    intake = Intake(store)
    intake.take(blog, [
        said("1", NOW, "Hello", "eleni.kitchen", name="Ελένη Παπαδοπούλου", thread="a", title="Hello"),
        said("3", NOW + 90, "Szia", "béla", name="Nagy Béla", thread="b", title="Szia"),
    ])  # fmt: skip
    intake.take(mail, [said("4", NOW + 200, "A mail", "eleni@example.gr", name="E. Papadopoulou", thread="c")])
    desk = Members(store)
    desk.edit(ELENI, {"note": "likes lemons", "city": "Athens"})
    desk.edit(MAILER, {"note": "allergic to nuts", "phone": "+30 210 555 0199", "company": "Kouzina"})
    return desk


def _owners(store: Store, table: str) -> dict[int, int]:
    return dict(tuple(row) for row in store.read.execute(f"SELECT id, member_id FROM {table}"))


def test_parted_at_once_every_row_is_as_it_was(members: Members, store: Store) -> None:
    Promises(store).add(MAILER, "a recipe")
    before = rows(store)
    members.merge(ELENI, MAILER)
    members.pairs.part(ELENI)
    after = rows(store)
    assert {name for name in before if before[name] != after[name]} == {"member_merge"}
    assert members.find("nuts") == [MAILER]
    is_consistent(store)


def test_months_later_edits_stay_and_what_came_since_goes_with_its_name(members: Members, store: Store) -> None:
    members.merge(ELENI, MAILER)
    members.edit(ELENI, {"phone": "+30 210 555 0100", "note": members.get(ELENI).note + "\nmoved to Patras"})
    intake = Intake(store)
    intake.take(2, [said("5", NOW + 9_000_000, "Another mail", "eleni@example.gr", thread="d", title="Later")])
    intake.take(1, [said("6", NOW + 8_000_000, "Again", "eleni.kitchen", thread="e", title="Again")])
    gifts, talks = Gifts(store), {row["title"]: row["id"] for row in store.read.execute("SELECT * FROM conversation")}
    of_mail = gifts.log(ELENI, "mug", "helped", worth="9 EUR", conversation_id=talks["Later"])
    of_blog = gifts.log(ELENI, "tote", "helped", worth="9 EUR", conversation_id=talks["Again"])
    loose = gifts.log(ELENI, "card", "birthday", worth="1 EUR")
    planned = members.pairs.plan(ELENI)
    assert planned.edited == ("phone",)
    assert members.pairs.counted(planned) == {"identity": 1, "gift": 1, "message": 2}
    assert members.pairs.part(MAILER) == planned
    assert _owners(store, "gift") == {of_mail: MAILER, of_blog: ELENI, loose: ELENI}
    kept, gone = members.get(ELENI), members.get(MAILER)
    assert (kept.phone, kept.note, kept.company) == ("+30 210 555 0100", "likes lemons\nmoved to Patras", "")
    assert (gone.phone, gone.note, gone.company) == ("+30 210 555 0199", "allergic to nuts", "Kouzina")
    assert (kept.first_at, kept.last_at) == (NOW, NOW + 8_000_000)
    assert (gone.first_at, gone.last_at) == (NOW + 200, NOW + 9_000_000)
    is_consistent(store)


def test_merges_are_parted_last_first_and_the_chain_is_told(members: Members) -> None:
    members.merge(ELENI, MAILER)
    members.merge(ELENI, BELA)
    with pytest.raises(UserError, match=r"E\. Papadopoulou can't be parted yet: Nagy Béla was merged into"):
        members.pairs.plan(MAILER)
    assert members.pairs.part(ELENI).gone == BELA
    assert members.pairs.part(MAILER).gone == MAILER
    assert [members.get(number).id for number in (ELENI, BELA, MAILER)] == [ELENI, BELA, MAILER]
    with pytest.raises(UserError, match="nobody has been merged into them"):
        members.pairs.part(ELENI)


def test_a_merged_pair_that_is_merged_on_comes_apart_in_two_steps(members: Members, store: Store) -> None:
    members.merge(BELA, MAILER)
    members.merge(ELENI, BELA)
    assert [len(members.get(ELENI).identities), members.get(MAILER).id] == [3, ELENI]
    members.pairs.part(ELENI)
    assert [len(members.get(number).identities) for number in (ELENI, BELA)] == [1, 2]
    members.pairs.part(BELA)
    assert [len(members.get(number).identities) for number in (ELENI, BELA, MAILER)] == [1, 1, 1]
    is_consistent(store)


def test_a_part_is_one_action_and_undo_makes_them_one_again(members: Members, store: Store) -> None:
    members.merge(ELENI, MAILER)
    merged = rows(store)
    members.pairs.part(ELENI)
    actions = Actions(store)
    actions.undo(actions.last()[0].id)
    assert rows(store) == merged
    members.pairs.part(ELENI)
    with pytest.raises(UserError, match="came after it"):
        actions.undo(store.read.execute("SELECT id FROM action WHERE title LIKE 'Merged%'").fetchone()[0])


def test_who_is_merged_again_is_parted_from_the_latest(members: Members) -> None:
    members.merge(ELENI, MAILER)
    members.pairs.part(ELENI)
    members.merge(BELA, MAILER)
    assert members.pairs.plan(MAILER).kept == BELA
    assert not members.pairs.may_part(ELENI)


def test_nobody_is_merged_with_themselves_in_any_ring(members: Members) -> None:
    for keep, other in ((ELENI, BELA), (BELA, MAILER)):
        members.merge(keep, other)
    for keep in (ELENI, BELA, MAILER):
        with pytest.raises(UserError, match="both are already the same member"):
            members.merge(keep, ELENI)
    with pytest.raises(NotFoundError):
        members.pairs.plan(99)


def test_a_merge_of_an_older_release_says_where_it_can_be_undone(members: Members, store: Store) -> None:
    members.merge(ELENI, MAILER)
    with store.write() as conn:
        conn.execute("DELETE FROM member_merge")
    with pytest.raises(UserError, match="by an older Rapport"):
        members.pairs.part(ELENI)


def test_what_is_chosen_of_the_other_is_kept_and_the_rest_is_noted(members: Members) -> None:
    members.edit(ELENI, {"phone": "+30 210 555 0100"})
    members.pairs.merge(ELENI, MAILER, ("name", "phone"))
    kept = members.get(ELENI)
    assert (kept.name, kept.phone) == ("E. Papadopoulou", "+30 210 555 0199")
    assert kept.note.split("\n") == [
        "likes lemons", "allergic to nuts", "Phone: +30 210 555 0100", "Also known as Ελένη Παπαδοπούλου",
    ]  # fmt: skip
    members.pairs.part(ELENI)
    kept = members.get(ELENI)
    assert (kept.name, kept.phone, kept.note) == ("Ελένη Παπαδοπούλου", "+30 210 555 0100", "likes lemons")


def test_labels_and_fields_go_along_and_back_and_none_is_lost_where_both_have_one(
    members: Members, store: Store
) -> None:
    with store.write() as conn:
        for name in ("press", "baker"):
            conn.execute("INSERT INTO label (name) VALUES (?)", (name,))
        conn.execute("INSERT INTO member_field (name) VALUES ('Shoe size')")
        conn.executemany(
            "INSERT INTO member_label (member_id, label_id) SELECT ?, id FROM label WHERE name = ?",
            [(ELENI, "press"), (MAILER, "press"), (MAILER, "baker")],
        )
        conn.executemany("INSERT INTO member_value (member_id, field_id, value) VALUES (?, 1, ?)",
                         [(ELENI, "38"), (MAILER, "39")])  # fmt: skip
        conn.execute("INSERT INTO member_note (member_id, at, text) VALUES (?, ?, 'Met at the fair')", (MAILER, NOW))
    before = {table: _owners(store, table) for table in ("member_label", "member_value", "member_note")}
    members.merge(ELENI, MAILER)
    assert "Shoe size: 39" in members.get(ELENI).note.split("\n")
    labels = store.read.execute("SELECT count(*) FROM member_label WHERE member_id = ?", (ELENI,)).fetchone()[0]
    assert (labels, _owners(store, "member_note")) == (2, {1: ELENI})
    members.pairs.part(ELENI)
    assert {table: _owners(store, table) for table in before} == before
    assert "Shoe size" not in members.get(ELENI).note


def test_what_the_other_had_written_by_hand_stays_by_hand(members: Members, store: Store) -> None:
    with store.write() as conn:
        conn.execute("UPDATE member SET by_hand = 'city' WHERE id = ?", (ELENI,))
        conn.execute("UPDATE member SET by_hand = 'phone,note' WHERE id = ?", (MAILER,))
    members.merge(ELENI, MAILER)
    marks = "SELECT by_hand FROM member WHERE id = ?"
    assert store.read.execute(marks, (ELENI,)).fetchone()[0] == "city,phone"
    members.pairs.part(ELENI)
    assert store.read.execute(marks, (ELENI,)).fetchone()[0] == "city"


def test_what_is_kept_of_a_merge_names_only_what_it_changed(members: Members, store: Store) -> None:
    members.merge(ELENI, MAILER)
    row = store.read.execute("SELECT * FROM member_merge").fetchone()
    assert (
        set(json.loads(row["before"]))
        == set(json.loads(row["after"]))
        == {
            "note",
            "phone",
            "company",
            "by_hand",
            "last_at",
        }
    )
    assert json.loads(row["moved"])["rows"] == {"identity": [3]}


def _action(store: Store, title: str) -> int:
    return int(store.read.execute("SELECT max(id) FROM action WHERE title LIKE ?", (f"{title}%",)).fetchone()[0])


def test_a_merge_whose_note_was_changed_since_is_parted_not_undone(members: Members, store: Store) -> None:
    members.merge(ELENI, MAILER)
    members.edit(ELENI, {"note": members.get(ELENI).note + "\nmoved to Patras"})
    with pytest.raises(UserError, match="Part the two instead of undoing the merge"):
        Actions(store).undo(_action(store, "Merged"))
    Actions(store).undo(_action(store, "Changed"))
    Actions(store).undo(_action(store, "Merged"))
    assert (members.get(ELENI).note, members.get(MAILER).note) == ("likes lemons", "allergic to nuts")


def test_the_earlier_of_two_merges_waits_for_the_later(members: Members, store: Store) -> None:
    members.merge(BELA, MAILER)
    first = _action(store, "Merged")
    members.merge(ELENI, BELA)
    with pytest.raises(UserError, match="Nagy Béla was merged into somebody else since"):
        Actions(store).undo(first)


def test_an_undone_part_gathers_what_came_to_the_other_since(members: Members, store: Store) -> None:
    members.merge(ELENI, MAILER)
    members.pairs.part(ELENI)
    Promises(store).add(MAILER, "a recipe")
    Actions(store).undo(_action(store, "Parted"))
    assert set(_owners(store, "promise").values()) == {ELENI}
    members.pairs.part(ELENI)
    members.edit(MAILER, {"note": "sings"})
    with pytest.raises(UserError, match="Merge them again instead"):
        Actions(store).undo(_action(store, "Parted"))


def test_after_an_undone_merge_each_has_written_when_their_own_messages_say(members: Members, store: Store) -> None:
    members.merge(ELENI, MAILER)
    Intake(store).take(2, [said("5", NOW + 9_000, "Another mail", "eleni@example.gr", thread="d")])
    Actions(store).undo(_action(store, "Merged"))
    assert (members.get(ELENI).last_at, members.get(MAILER).last_at) == (NOW, NOW + 9_000)


def test_an_import_can_be_taken_back_after_its_members_were_merged_and_parted(store: Store) -> None:
    members = Members(store)
    one, other = members.add("Anna"), members.add("Bo")
    members.merge(one, other)
    members.pairs.part(one)
    members.pairs.set_apart(one, other)
    with store.write() as conn:
        records.remove(conn, [other])
    assert [store.read.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("member", "member_merge", "member_apart")] == [1, 0, 0]  # fmt: skip


def test_nobody_is_met_through_themselves_after_a_merge(members: Members) -> None:
    members.edit(MAILER, {"met_through_id": ELENI, "met_how": "at a fair"})
    members.edit(BELA, {"met_through_id": MAILER})
    members.merge(ELENI, MAILER)
    assert (members.get(ELENI).met_through_id, members.get(ELENI).met_how) == (None, "at a fair")
    members.merge(BELA, ELENI)  # met through somebody who had become her
    assert (members.get(BELA).met_through_id, "P-" in members.get(BELA).note) == (None, False)
    members.pairs.part(BELA)
    members.pairs.part(ELENI)
    assert [members.get(number).met_through_id for number in (ELENI, MAILER, BELA)] == [None, ELENI, MAILER]


@pytest.mark.parametrize(
    ("name", "says"), [("x" * 301, "at most 300"), ("\u200b", "needs a name"), ("\0", "needs a name")]
)
def test_a_merge_gives_nobody_a_name_that_nobody_can_have(members: Members, name: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        members.pairs.merge(ELENI, MAILER, name=name)
    assert members.get(MAILER).id == MAILER


def test_two_programs_make_no_ring(profile: Profile) -> None:
    one, other = Workbench(profile), Workbench(profile)
    anna, bela = one.members.add("Anna"), one.members.add("Béla")
    meanwhile = [lambda: other.pairs.merge(bela, anna)]

    def read() -> tuple[Belonging, ...]:
        """What nouns above keep is asked for once it is known who is who; just then the other program merges."""
        while meanwhile:
            meanwhile.pop()()
        return ()

    with pytest.raises(UserError, match="Anna was merged in the meantime"):
        Pairs(one.store, one.members, read).merge(anna, bela)
    assert one.members.get(anna).id == one.members.get(bela).id == bela
    one.close()
    other.close()
