"""Addresses as spreadsheets hold them, second addresses, people of one name, and a file that we wrote ourselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.addresses import NoAddressError, addresses
from app.imports.desk import Imports
from app.store.store import Store
from tests.app.imports.conftest import Write, mail, mbox


def people(store: Store) -> dict[str, list[str]]:
    """The addresses of each member by name."""
    rows = store.read.execute(
        "SELECT p.name, (SELECT group_concat(i.key, ' ') FROM identity i WHERE i.member_id = p.id) FROM member p"
        " ORDER BY p.id"
    )
    return {name: sorted((keys or "").split()) for name, keys in rows}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("hanna@example.org", ["hanna@example.org"]),
        ("\u200bhanna@example.org", ["hanna@example.org"]),
        ("\u00a0hanna@example.org\u200b ", ["hanna@example.org"]),
        ("Hanna <hanna@example.org>", ["hanna@example.org"]),
        ('"Weiss, Hanna" <hanna@example.org>', ["hanna@example.org"]),
        ("<hanna@example.org>", ["hanna@example.org"]),
        ("'hanna@example.org'", ["hanna@example.org"]),
        ("hanna@example.org'", ["hanna@example.org"]),
        ("mailto:hanna@example.org", ["hanna@example.org"]),
        ("MAILTO:hanna@example.org?subject=Hi", ["hanna@example.org"]),
        ("hanna@example.org (work)", ["hanna@example.org"]),
        ("Hanna hanna@example.org", ["hanna@example.org"]),
        ("hanna@example.org.", ["hanna@example.org"]),
        ("hanna@example.org,", ["hanna@example.org"]),
        ("hanna@example.org;", ["hanna@example.org"]),
        ("hanna＠example.org", ["hanna@example.org"]),
        ("tom@example.org; tom@work.example.org", ["tom@example.org", "tom@work.example.org"]),
        ("tom@example.org, tom@work.example.org", ["tom@example.org", "tom@work.example.org"]),
        ("tom@example.org ::: tom@work.example.org", ["tom@example.org", "tom@work.example.org"]),
        ("tom@example.org\ntom@work.example.org", ["tom@example.org", "tom@work.example.org"]),
        ("tom@example.org tom@work.example.org", ["tom@example.org", "tom@work.example.org"]),
        ("tom@example.org / tom@work.example.org", ["tom@example.org", "tom@work.example.org"]),
        ("tom@example.org/tom@work.example.org", ["tom@example.org", "tom@work.example.org"]),
        ("tom@example.org | TOM@example.org", ["tom@example.org"]),
        ("post@bücher.example; post@xn--bcher-kva.example", ["post@bücher.example"]),
        ("Tom <tom@example.org>, Work <tom@work.example.org>", ["tom@example.org", "tom@work.example.org"]),
        ("", []), ("-", []), ("N/A", []), ("null", []),
    ],
)  # fmt: skip
def test_the_addresses_in_a_cell(cell: str, found: list[str]) -> None:
    assert [address for _, address in addresses(cell)] == found


@pytest.mark.parametrize(
    "cell",
    ["anna kov@example.org@", "hanna", "@example.org", "a@b", "hanna(at)example.org", "x@y; z@", "hanna@example..org"],
)
def test_what_is_no_address_is_refused(cell: str) -> None:
    with pytest.raises(NoAddressError):
        addresses(cell)


SHEET = """name,email
Hanna,hanna@example.org
Hanna,\u200bhanna@example.org
Hanna,Hanna <hanna@example.org>
Hanna,mailto:hanna@example.org
Tom,"tom@example.org; tom@work.example.org"
Ida,post@bücher.example
Ida,post@xn--bcher-kva.example
Pál,pal@example.org.
"""


def test_one_person_however_their_address_is_written(store: Store, imports: Imports, write: Write) -> None:
    done = imports.run(write("sheet.csv", SHEET))
    assert (done.new, done.rejected, done.changed) == (4, 0, 0)
    assert people(store) == {
        "Hanna": ["hanna@example.org"], "Tom": ["tom@example.org", "tom@work.example.org"],
        "Ida": ["post@xn--bcher-kva.example"], "Pál": ["pal@example.org"],
    }  # fmt: skip
    assert store.read.execute("SELECT email FROM member WHERE name = 'Pál'").fetchone()[0] == "pal@example.org"
    again = imports.run(write("sheet.csv", SHEET))
    assert (again.new, again.changed) == (0, 0)


@pytest.mark.parametrize(
    "sender", ["post@bücher.example", "POST@xn--bcher-kva.example", "tom@work.example.org", "Hanna@Example.org"]
)
def test_a_mail_meets_the_member_of_the_sheet(sender: str, store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("sheet.csv", SHEET))
    imports.run(write("box", mbox(mail(1, sender=sender))))
    assert len(people(store)) == 4
    assert store.read.execute("SELECT count(*) FROM message WHERE identity_id IS NOT NULL").fetchone()[0] == 1


def test_a_row_meets_the_member_of_a_mail_and_adds_their_other_address(
    store: Store, imports: Imports, write: Write
) -> None:
    imports.run(write("box", mbox(mail(1, sender="post@bücher.example"))))
    done = imports.run(write("sheet.csv", "name,email\nAnna,anna@example.org; post@xn--bcher-kva.example\n"))
    assert (done.new, done.changed) == (0, 1)
    assert people(store) == {"Anna": ["anna@example.org", "post@xn--bcher-kva.example"]}


@pytest.mark.parametrize(
    "header",
    [
        "E-mail 1 - Value,E-mail 2 - Value", "E-mail Address,E-mail 2 Address", "Primary Email,Secondary Email",
        "Email,Work email", "email,email2", "Email 1,Email 2", "Work email,Home email", "Netfang,Annað netfang",
        "E-mail,Másodlagos e-mail", "E-mail,Druhý e-mail", "Email,Δεύτερο email", "Email,Additional email addresses",
    ],
)  # fmt: skip
def test_second_addresses_are_one_persons(header: str, store: Store, imports: Imports, write: Write) -> None:
    imports.run(
        write("sheet.csv", f"First Name,Last Name,{header}\nGábor,Szabó,gabor@example.org,gabor@work.example.org\n")
    )
    assert people(store) == {"Gábor Szabó": ["gabor@example.org", "gabor@work.example.org"]}
    imports.run(write("box", mbox(mail(1, sender="gabor@work.example.org"))))
    assert len(people(store)) == 1


def test_three_addresses_in_three_columns_and_one_cell(store: Store, imports: Imports, write: Write) -> None:
    head = "Name,E-mail 1 - Value,E-mail 2 - Value,E-mail 3 - Value\n"
    sheet = f"{head}Éva,eva@example.org ::: eva@work.example.org,,eva@old.example.org\n"
    imports.run(write("sheet.csv", sheet))
    assert people(store) == {"Éva": ["eva@example.org", "eva@old.example.org", "eva@work.example.org"]}


SAME_NAME = "name,city,note\nJón Jónsson,Akureyri,likes tea\nJón Jónsson,Reykjavík,allergic to nuts\n"


def bare(store: Store) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in store.read.execute("SELECT name, city, note FROM member ORDER BY id")]


def test_two_people_of_one_name_stay_two(store: Store, imports: Imports, write: Write) -> None:
    first = imports.run(write("names.csv", SAME_NAME))
    assert (first.new, first.known) == (2, 0)
    assert bare(store) == [("Jón Jónsson", "Akureyri", "likes tea"), ("Jón Jónsson", "Reykjavík", "allergic to nuts")]
    again = imports.run(write("names.csv", SAME_NAME))
    assert (again.new, again.changed) == (0, 0)
    assert len(bare(store)) == 2


@pytest.mark.parametrize(
    ("rows", "members"),
    [
        (["Jón,Akureyri,,", "Jón,Akureyri,,"], 1),  # the very same row
        (["Jón,Akureyri,,", "Jón,,,"], 2),  # one that says less
        (["Jón,Akureyri,tea,", "Jón,Akureyri,nuts,"], 2),
        (["Jón,Akureyri,tea,+354 555 0100", "Jón,Reykjavík,nuts,+354 555 0199"], 2),
        (["Jón,Akureyri,tea,+354 555 0100", "Jón,Reykjavík,nuts,+354-555-0100"], 1),  # one telephone
        (["Jón,Akureyri,,", "JÓN,Akureyri,,"], 1),
        (["Jón,,,", "Jón,,,", "Jón,Akureyri,,"], 2),
    ],
)
def test_a_row_without_an_address_is_one_of_them_only_as_a_whole(
    rows: list[str], members: int, store: Store, imports: Imports, write: Write
) -> None:
    path = write("names.csv", "\n".join(["name,city,note,phone", *rows, ""]))
    imports.run(path)
    assert len(bare(store)) == members
    imports.run(path)
    assert len(bare(store)) == members


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("Jméno,Příjmení,E-mail\nŽofie,Nová,z@example.org\n", "Žofie Nová"),
        ("Όνομα,Επώνυμο,E-mail\nΝίκος,Παπάς,z@example.org\n", "Νίκος Παπάς"),
        ("Name,Last Name,E-mail\nZofie Nova,Nová,z@example.org\n", "Zofie Nova"),
        ("Name,First Name,Last Name,E-mail\nZofie N.,Zofie,Nova,z@example.org\n", "Zofie N."),
        ("Jméno,Příjmení,E-mail\n,Nová,z@example.org\n", "Nová"),
    ],
)
def test_a_name_beside_a_family_name_is_the_first_name(
    store: Store, imports: Imports, write: Write, table: str, name: str
) -> None:
    imports.run(write("people.csv", table))
    assert people(store) == {name: ["z@example.org"]}


def test_a_shared_second_address_turns_nobody_into_somebody_else(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("s1.csv", "name,email,note\nJan Novak,jan@e.org,likes tea\n"))
    imports.run(write("s2.csv", "name,email,e-mail 2\nEva Mala,eva@e.org,jan@e.org\n"))
    assert people(store) == {"Jan Novak": ["jan@e.org"], "Eva Mala": ["eva@e.org"]}


@given(st.text("abZ9.@-_+", max_size=14))
def test_a_cell_with_an_address_alone_is_read_as_one_with_a_space_before_it(cell: str) -> None:
    def read(written: str) -> list[tuple[str, str]] | None:
        try:
            return addresses(written)
        except NoAddressError:
            return None

    assert read(cell) == read(f" {cell}")
