"""Who a row is about: by address, handle or telephone; what was written by hand is kept; one undo takes all back."""

from __future__ import annotations

import pytest

from app.base.message import Author
from app.base.paths import Profile
from app.imports import Options
from app.members import identities
from app.store.connection import open_connection
from app.store.store import Store
from app.workbench import Workbench
from tests.app.imports.conftest import Write


def facts(store: Store, columns: str, name: str = "") -> list[tuple[object, ...]]:
    where = f"WHERE name = '{name}'" if name else ""
    return [tuple(row) for row in store.read.execute(f"SELECT {columns} FROM member {where} ORDER BY id")]


def keys(store: Store, kind: str) -> list[str]:
    return [row[0] for row in store.read.execute("SELECT key FROM identity WHERE kind = ? ORDER BY id", (kind,))]


def test_what_was_written_by_hand_is_kept_and_shown(bench: Workbench, write: Write) -> None:
    number = bench.members.add("Éva Kovács", email="eva@example.org")
    bench.imports.run(write("first.csv", "name,email,company\nÉva Kovács,eva@example.org,Kert\n"))
    bench.members.edit(number, {"city": "Pécs"})
    path = write("a.csv", "name,email,city,company\nÉva Kovács,eva@example.org,Brno,Malom\n")
    seen = bench.imports.preview(path)
    assert [(one.field, one.before, one.after, one.kept, one.key) for one in seen.changes] == [
        ("company", "Kert", "Malom", False, ""), ("address_1", "Pécs", "Brno", True, f"P-{number}:address_1"),
    ]  # fmt: skip
    bench.imports.run(path)
    assert facts(bench.store, "city, company") == [("Pécs", "Malom")]


@pytest.mark.parametrize("over", ["P-1:address_1", "all"])
def test_what_was_written_by_hand_gives_way_where_it_is_chosen(bench: Workbench, write: Write, over: str) -> None:
    bench.members.add("Éva Kovács", email="eva@example.org", city="Pécs")
    bench.imports.run(write("first.csv", "name,email,phone\nÉva Kovács,eva@example.org,+36 1 555 0100\n"))
    path = write("a.csv", "name,email,city\nÉva Kovács,eva@example.org,Brno\n")
    bench.imports.run(path, Options(over=frozenset({over})))
    assert facts(bench.store, "city") == [("Brno",)]
    assert not bench.imports.preview(path).changes


def test_a_field_that_was_cleared_by_hand_stays_clear(bench: Workbench, write: Write) -> None:
    path = write("a.csv", "name,email,city\nÉva,eva@example.org,Brno\n")
    bench.imports.run(path)
    bench.members.edit(1, {"city": ""})
    done = bench.imports.run(path)
    assert (done.changed, facts(bench.store, "city")) == (0, [("",)])


def test_an_address_that_was_written_by_hand_is_not_mixed_with_another(bench: Workbench, write: Write) -> None:
    bench.imports.run(write("first.csv", "name,email\nÉva,eva@example.org\n"))
    bench.members.edit(1, {"address_1": "Fő utca 1", "city": "Pécs"})
    path = write("a.csv", "name,email,street,postal code,city\nÉva,eva@example.org,Long Road 5,LS1,Leeds\n")
    bench.imports.run(path)
    assert facts(bench.store, "address_1, postal_code, city") == [("Fő utca 1", "", "Pécs")]
    (kept,) = bench.imports.preview(path).changes
    assert (kept.key, kept.before, kept.after) == ("P-1:address_1", "Fő utca 1, Pécs", "Long Road 5, LS1, Leeds")
    bench.imports.run(path, Options(over=frozenset({kept.key})))
    assert facts(bench.store, "address_1, postal_code, city") == [("Long Road 5", "LS1", "Leeds")]


def test_several_telephones_are_several_identities_in_one_form(bench: Workbench, write: Write) -> None:
    path = write("a.csv", "name,phone,home phone,work phone\nÉva,0036 30/123-4567,+36 (1) 555 0100,555 0199\n")
    bench.imports.run(path)
    assert keys(bench.store, "phone") == ["+36301234567", "+3615550100"]
    again = bench.imports.run(write("b.csv", "name,phone\nÉVA,+36301234567\n"))
    assert (again.new, again.known, again.changed) == (0, 1, 0)


def test_a_telephone_that_two_share_makes_them_nobody_else(bench: Workbench, write: Write) -> None:
    bench.imports.run(write("a.csv", "name,phone\nÉva Kovács,+36 1 555 0100\nPál Kovács,+36 1 555 0100\n"))
    assert facts(bench.store, "name, phone") == [("Éva Kovács", "+36 1 555 0100"), ("Pál Kovács", "+36 1 555 0100")]
    again = bench.imports.run(write("b.csv", "name,phone\nÉva Kovács,+36 1 555 0100\nPál Kovács,+36 1 555 0100\n"))
    assert (again.new, again.known) == (0, 2)


def test_who_was_noted_with_a_telephone_is_known_by_it(bench: Workbench, write: Write) -> None:
    bench.members.add("Éva Kovács", phone="+36 1 555 0100")
    done = bench.imports.run(write("a.csv", "name,email,phone\nKovács Éva,x@example.org,+36 1 555 0111\n"))
    assert done.new == 1
    done = bench.imports.run(write("b.csv", "name,phone,company\nÉva Kovács,003615550100,Kert\n"))
    assert (done.new, done.changed) == (0, 1)


def test_two_rows_of_one_person_are_united(bench: Workbench, write: Write) -> None:
    path = write(
        "a.csv",
        "name,email,phone,city\nÉva,eva@example.org,,Pécs\nÉva Kovács,\u200bmailto:EVA@example.org,+3615550100,\n",
    )
    seen = bench.imports.preview(path)
    assert (seen.new, seen.known, seen.doubles, seen.changes) == (1, 1, 1, ())
    bench.imports.run(path)
    assert facts(bench.store, "name, city, phone") == [("Éva Kovács", "Pécs", "+3615550100")]


def test_one_name_and_another_agreeing_fact_is_a_suggestion_and_no_more(bench: Workbench, write: Write) -> None:
    bench.members.add("Éva Kovács", email="eva@example.org", city="Pécs")
    bench.members.add("Pál Kis", email="pal@example.org")
    path = write("a.csv", "name,email,city\nÉva Kovács,eva.k@work.example.org,PÉCS\nPál Kis,p@work.example.org,Pécs\n")
    done = bench.imports.run(path)
    assert done.remarks == ("Éva Kovács may be P-1, whom you already have: the same name and the same city.",)
    assert (done.new, bench.members.count()) == (2, 4)


def test_labels_come_and_go_with_the_import(bench: Workbench, write: Write) -> None:
    bench.members.add("Éva", email="eva@example.org")
    bench.imports.run(write("first.csv", "name,email,phone\nÉva,eva@example.org,+3615550100\n"))
    bench.members.own.label(1, ["Kert"])
    path = write("a.csv", f'name,email,tags\nÉva,eva@example.org,"kert, Baker"\nIda,ida@example.org,{"long " * 40}\n')
    done = bench.imports.run(path)
    assert bench.members.own.labels(1) == ("Baker", "Kert")
    assert [one.after for one in done.changes] == ["Baker"]
    assert bench.members.find("baker") == [1]
    bench.imports.undo_batch(int(done.batch_id or 0))
    assert bench.members.own.labels(1) == ("Kert",)
    assert [name for (name,) in bench.store.read.execute("SELECT name FROM label")] == ["Kert"]
    assert not bench.members.find("baker")


def test_one_undo_takes_all_of_it_back_also_in_a_later_run(profile: Profile, write: Write) -> None:
    bench = Workbench(profile)
    bench.members.add("Éva", email="eva@example.org", note="tea")
    bench.imports.run(write("first.csv", "name,email,phone\nÉva,eva@example.org,+3615550100\n"))
    before = [tuple(row) for row in bench.store.read.execute("SELECT * FROM member")]
    names = keys(bench.store, "phone")
    rows = "".join(f"Member {number},m{number}@example.org,\n" for number in range(4_500))
    done = bench.imports.run(write("a.csv", f"name,email,city\n{rows}Éva,eva@example.org,Pécs\n"))
    assert (done.new, done.changed) == (4_500, 1)
    bench.close()
    later = Workbench(profile)
    later.imports.undo_batch(int(done.batch_id or 0))
    assert [tuple(row) for row in later.store.read.execute("SELECT * FROM member")] == before
    assert keys(later.store, "phone") == names
    later.close()


def test_other_names_at_one_address_are_kept_and_said(bench: Workbench, write: Write) -> None:
    path = write("a.csv", "name,email\nIda Bor,x@example.org\nPál Kis,x@example.org\nBor Ida,mailto:x@example.org\n")
    done = bench.imports.run(path)
    assert facts(bench.store, "name, note") == [("Pál Kis", "Also known as Ida Bor")]
    assert done.remarks == (
        "Ida Bor and Pál Kis have the same address or handle, so they came in as one member with both names.",
    )
    again = bench.imports.run(path)
    assert (again.changed, again.changes, again.remarks) == (0, (), ())
    assert facts(bench.store, "name, note") == [("Pál Kis", "Also known as Ida Bor")]


def test_of_many_names_at_one_address_the_first_are_said(bench: Workbench, write: Write) -> None:
    rows = "".join(f"Person{chr(97 + number)} X{number},x@example.org\n" for number in range(8))
    done = bench.imports.run(write("a.csv", f"name,email\n{rows}"))
    assert done.remarks[-1] == "2 more rows have another name for an address or handle that came before."
    assert len(done.remarks) == 6


def test_another_name_of_a_known_member_is_shown_and_the_old_one_noted(bench: Workbench, write: Write) -> None:
    bench.imports.run(write("first.csv", "name,email\nIda Bor,x@example.org\n"))
    seen = bench.imports.preview(write("a.csv", "name,email\nIda Nagy,x@example.org\n"))
    assert [(one.field, one.before, one.after) for one in seen.changes] == [
        ("name", "Ida Bor", "Ida Nagy"), ("note", "", "Also known as Ida Bor"),
    ]  # fmt: skip


def test_a_note_is_added_though_its_words_stand_within_another(bench: Workbench, write: Write) -> None:
    bench.imports.run(write("first.csv", "name,email,note\nIda,x@example.org,likes teacups\n"))
    path = write("a.csv", 'name,email,note\nIda,x@example.org,"tea\nlikes teacups"\n')
    bench.imports.run(path)
    assert facts(bench.store, "note") == [("likes teacups\ntea",)]
    assert bench.imports.run(path).changed == 0


def test_who_is_known_by_a_number_on_a_channel_is_found_by_their_handle(bench: Workbench, write: Write) -> None:
    with bench.store.write() as conn:
        for number, name in ((1, "Éva Kovács"), (2, "Pál Kis")):
            conn.execute("INSERT INTO member (id, name, created_at) VALUES (?, ?, 0)", (number, name))
            identities.add(conn, "discord", Author(f"88{number}", f"@Name{number}", name), number)
    path = write(
        "a.csv", "name,email,discord\nÉva Kovács,eva@example.org,name1\nÉ. K.,,@NAME1\nIda,i@example.org,name2\n"
    )
    done = bench.imports.run(path)
    assert (done.new, done.changed) == (1, 1)  # Ida has an address of her own, and another name
    assert keys(bench.store, "discord") == ["881", "882", "name2"]
    assert bench.imports.run(path).changed == 0


def test_a_row_that_was_parted_in_the_wrong_places_is_rejected_whole(bench: Workbench, write: Write) -> None:
    rows = (
        "Éva,eva@example.org,likes tea, and cake\nIda,ida@example.org,tea,, \n"
        '"Pál,pal@example.org,tea\nZoé,zoe@example.org,tea\n'
    )
    done = bench.imports.run(write("a.csv", f"name,email,note\n{rows}"))
    assert facts(bench.store, "name, note") == [("Ida", "tea")]
    assert [one.why for one in done.refused] == [
        "the row has 4 cells, and there are 3 columns: a separator in it may need quotation marks",
        "the name goes on over several lines: a quotation mark may not be closed",
    ]


def test_a_preview_counts_what_the_import_does_and_waits_for_no_write(bench: Workbench, write: Write) -> None:
    bench.members.add("Éva Kovács", email="eva@example.org", city="Pécs")
    bench.members.add("Jan Novák", phone="+420 777 123 456")
    path = write(
        "a.csv",
        "name,email,phone,city,labels\n"
        "Éva Kovács,eva@example.org,,Brno,baker\n"  # known, and kept by hand
        "Eva Kovacs,EVA@example.org,+36 30 111 2222,,Baker\n"  # the same again, with a number
        "Jan Novák,,+420777123456,Brno,\n"  # by telephone and name
        "Jan Novák,,+420777999999,,\n"  # another one
        "Nová,nova@example.org,,,new\n"
        "Nová,nova@example.org,,Plzeň,\n"  # once more in the same file
        "Bez adresy,,,Brno,\nBez adresy,,,Brno,\n"
        "X,no address,,,\n",
    )
    writing = open_connection(bench.store.path)
    writing.execute("BEGIN IMMEDIATE")
    seen = bench.imports.preview(path)
    writing.execute("ROLLBACK")
    writing.close()
    done = bench.imports.run(path)
    assert (seen.new, seen.known, seen.changed, seen.rejected, seen.doubles) == (
        done.new, done.known, done.changed, done.rejected, done.doubles,
    )  # fmt: skip
    assert (done.new, done.known, done.rejected) == (3, 5, 1)
    assert seen.changes == done.changes


def test_a_number_without_a_country_code_is_of_the_country_that_is_set(bench: Workbench, write: Write) -> None:
    path = write("a.csv", "name,phone\nNagy Béla,06 30 123 4567\nKis Anna,112\n")
    bench.imports.run(path)
    assert keys(bench.store, "phone") == []
    bench.settings.put("country", "hu")
    second = write("b.csv", "name,phone,city\nNagy Béla,+36 30 123 4567,Pécs\n")
    done = bench.imports.run(second)  # the same number in another form: nobody new, and it stays as it was typed
    assert (done.new, done.changed) == (0, 1)
    assert facts(bench.store, "name, phone, city") == [
        ("Nagy Béla", "06 30 123 4567", "Pécs"), ("Kis Anna", "112", ""),
    ]  # fmt: skip
    bench.imports.run(write("c.csv", "name,phone\nTóth Éva,06 20 765 4321\n"))
    assert keys(bench.store, "phone") == ["+36301234567", "+36207654321"]


def test_a_name_that_the_member_has_there_is_not_given_twice(bench: Workbench, write: Write) -> None:
    """Discord and others know people by a number: a file has only the name that is shown."""
    number = bench.members.add("Honza", email="honza@example.org")
    with bench.store.write() as conn:
        identities.add(conn, "discord", Author("4711", "@Honza_K", "Honza"), number)
        identities.add(conn, "mastodon", Author("@honza@toot.example", "@honza@toot.example", "Honza"), number)
    out = write("out.csv", "")
    bench.contacts.export(out, "rapport", replace=True)
    done = bench.imports.run(out)
    assert (done.known, done.changes) == (1, ())
    again = bench.imports.run(write("b.csv", "name,email,discord\nHonza,honza@example.org,honza_b\n"))
    assert [(one.field, one.after) for one in again.changes] == [("on:discord", "honza_b")]
    assert keys(bench.store, "discord") == ["4711", "honza_b"]


def test_what_holds_us_back_comes_in_and_no_file_lifts_it(bench: Workbench, write: Write) -> None:
    bench.members.add("Ada", email="ada@example.org")
    bench.members.add("Bea", email="bea@example.org", do_not_contact=True)
    head = "name,email,do_not_contact,do_not_gift,do_not_why,minor\n"
    path = write("a.csv", head + "Ada,ada@example.org,Igen,NE,asked in May,x\nBea,bea@example.org,no,όχι,,nei\n")
    seen = bench.imports.preview(path)
    assert [(one.field, one.before, one.after) for one in seen.changes] == [
        ("do_not_contact", "", "yes"), ("minor", "", "yes"), ("do_not_why", "", "asked in May"),
    ]  # fmt: skip
    bench.imports.run(path)
    assert facts(bench.store, "do_not_contact, do_not_gift, do_not_why, minor") == [
        (1, 0, "asked in May", 1), (1, 0, "", 0),
    ]  # fmt: skip
    done = bench.imports.run(write("b.csv", head + "Cil,cil@example.org,maybe,,,\n"))
    assert (done.new, [one.why for one in done.refused]) == (
        0, ["“maybe” under “Don't write to them first” is neither yes nor no"],
    )  # fmt: skip


def test_what_was_lifted_by_hand_is_not_put_back_by_a_file(bench: Workbench, write: Write) -> None:
    number = bench.members.add("Bea", email="bea@example.org", do_not_contact=True)
    bench.members.edit(number, {"do_not_contact": False})
    path = write("a.csv", "name,email,do_not_contact\nBea,bea@example.org,yes\n")
    assert [(one.after, one.kept) for one in bench.imports.run(path).changes] == [("yes", True)]
    assert facts(bench.store, "do_not_contact") == [(0,)]


@pytest.mark.parametrize("written", ["Supplier", "supplier", "vendor", " VENDOR "])
def test_a_kind_comes_in_by_the_name_that_the_screen_has_for_it(bench: Workbench, write: Write, written: str) -> None:
    bench.imports.run(write("first.csv", "name,email\nAda,ada@example.org\n"))
    done = bench.imports.run(write("a.csv", f"name,email,kind\nAda,ada@example.org,{written}\n"))
    assert [(one.field, one.before, one.after) for one in done.changes] == [("kind", "Customer", "Supplier")]
    assert facts(bench.store, "kind") == [("vendor",)]
