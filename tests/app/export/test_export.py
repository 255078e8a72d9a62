"""Each file has the header of the design, holds what is in the store, and what went out is kept as it went."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock, ids
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.csvfile import ExistsError, inspect_table, rows
from app.export import KINDS, Export, Options, more
from app.export.messages import _times
from app.gifts import Gifts
from app.handoffs import Handoffs
from app.intake import Intake
from app.members import Members
from app.private import redacted
from app.store.store import Store
from app.teammates import Teammates

AT = clock.now() - 5_000


@pytest.fixture
def full(store: Store) -> Store:
    """Two conversations (one holds private data), two teammates, a hand-off to each, two gifts to ship, an idea."""
    with store.write() as conn:
        conn.execute(
            "INSERT INTO account (kind, name, own, speaks_as, created_at) VALUES ('blog', '=Blog', 'us', 'Sítróna', 0)"
        )
    eleni, us = Author("eleni", "@eleni", "Ελένη Παπαδοπούλου"), Author("us", "us", "Sítróna")
    Intake(store, lambda _: "el").take(
        1,
        [
            Incoming(
                "a", AT, "=1+1 έφτασε σπασμένο, γράψτε μου: eleni@example.gr ή +30 2310 123456", eleni, thread="t",
                title="Το κουτί", url="https://blog.example/1#c1",
            ),
            Incoming("b", AT + 605, 'Oh no, "sorry"\nreally', us, thread="t", parent="a"),
            Incoming("c", AT + 900, "May", Author("007", "007", "007"), thread="t2", url="https://blog.example/2"),
        ],
    )  # fmt: skip
    with store.write() as conn:
        conn.execute("UPDATE conversation SET url = 'https://blog.example/1' WHERE id = 1")
    Members(store).edit(1, {"address_1": "Egnatia 12", "city": "Θεσσαλονίκη", "email": "eleni@example.gr"})
    mates = Teammates(store)
    mates.add("Jón Einarsson")
    mates.add("Farkas Dóra")
    desk = Handoffs(store)
    desk.add(1, 1, "-> Send to Egnatia 12", needed_by="2026-12-01")
    desk.add(2, 2, "May we?")
    gifts = Gifts(store)
    gifts.log(1, "Delight box", "Sorry", "15", state="to_ship", size="2/3")
    gifts.log(2, "Mug", "Thanks", "7.50", state="to_ship")
    gifts.log(2, "Idea", "Thanks", "7.50")
    return store


Written = Callable[..., list[dict[str, str]]]


@pytest.fixture
def written(full: Store, tmp_path: Path) -> Written:
    """Writes a kind of file and reads it back as rows by column."""

    def write(kind: str, **options: object) -> list[dict[str, str]]:
        path = tmp_path / f"{kind}.csv"
        done = Export(full).write(kind, path, Options(replace=True, **options))  # type: ignore[arg-type]
        table = inspect_table(path)
        found = [dict(zip(table.header, row.cells, strict=True)) for row in rows(table)]
        assert done.rows == len(found)
        return found

    return write


@pytest.fixture
def filed(full: Store, tmp_path: Path) -> Written:
    """Writes what is to be given away and reads it back as rows by column."""

    def file(kind: str, **options: object) -> list[dict[str, str]]:
        path = tmp_path / f"filed-{kind}.csv"
        done = Export(full).file(kind, path, Options(replace=True, **options))  # type: ignore[arg-type]
        table = inspect_table(path)
        found = [dict(zip(table.header, row.cells, strict=True)) for row in rows(table)]
        assert done.rows == len(found)
        return found

    return file


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        (
            "handoffs",
            (
                "handoff_id,rev,kind,priority,opened,needed_by,channel,link,member,language,message,context,"
                "ask,owner,status,answer,answered_on,ticket"
            ),
        ),
        (
            "gifts",
            (
                "gift_id,rev,item,size,qty,recipient,address_1,address_2,address_3,postal_code,city,country,"
                "customs_text,declared_value,card_text,status,shipped_on,carrier,tracking,actual_cost,"
                "currency"
            ),
        ),
        (
            "conversations",
            (
                "conversation_id,url,channel,account,post_title,post_url,member,handle,email,language,"
                "status,labels,priority,created_at,first_in_at,first_reply_at,first_reply_minutes,done_at,"
                "messages_in,messages_out,handoffs,gifts,last_message"
            ),
        ),
        (
            "messages",
            (
                "message_id,conversation_id,parent_id,direction,author,author_handle,sent_at,language,text,"
                "template,url"
            ),
        ),
    ],
)  # fmt: skip
def test_headers_are_those_of_the_design(full: Store, tmp_path: Path, kind: str, header: str) -> None:
    Export(full).write(kind, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[0] == header


def test_messages(written: Written) -> None:
    first, second, third = written("messages")
    assert (first["direction"], first["author"], first["author_handle"]) == ("in", "Ελένη Παπαδοπούλου", "@eleni")
    assert (first["sent_at"], first["url"], first["language"]) == (clock.iso(AT), "https://blog.example/1#c1", "el")
    assert first["text"].startswith("=1+1 έφτασε")
    assert (second["parent_id"], second["direction"], second["author"]) == (first["message_id"], "out", "Sítróna")
    assert second["text"] == 'Oh no, "sorry"\nreally'
    assert third["conversation_id"] == "C-2"
    assert [row["text"] for row in written("messages", since=AT + 800)] == ["May"]


def test_cells_are_guarded_and_ids_and_times_are_not(full: Store, tmp_path: Path) -> None:
    Export(full).write("messages", tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert ",'@eleni," in text
    assert ",'007," in text
    assert ",'May," in text
    assert f",{clock.iso(AT)}," in text


def test_conversations(written: Written) -> None:
    first, second = written("conversations")
    assert (first["conversation_id"], first["channel"], first["account"], first["status"]) == (
        "C-1",
        "blog",
        "=Blog",
        "waiting",
    )
    assert (first["created_at"], first["first_in_at"], first["first_reply_at"]) == (
        clock.iso(AT),
        clock.iso(AT),
        clock.iso(AT + 605),
    )
    assert (first["first_reply_minutes"], first["messages_in"], first["messages_out"]) == ("10", "1", "1")
    assert (first["handoffs"], first["gifts"], first["email"]) == ("1", "0", "eleni@example.gr")
    assert (second["first_reply_at"], second["first_reply_minutes"], second["status"]) == ("", "", "needs-me")
    assert len(written("conversations", since=AT + 700)) == 1


def test_members(written: Written) -> None:
    first, second = written("members")
    assert list(first)[:9] == [
        "First Name", "Last Name", "Email", "Phone Number", "Company Name", "Job Title", "Website URL", "City",
        "Country/Region",
    ]  # fmt: skip
    assert {"identifier", "email", "phone_number"} <= set(first)
    assert (first["First Name"], first["Last Name"], first["Email"]) == ("Ελένη", "Παπαδοπούλου", "eleni@example.gr")
    assert (first["City"], first["address_1"], first["identifier"], first["name"]) == (
        "Θεσσαλονίκη", "Egnatia 12", "P-1", "Ελένη Παπαδοπούλου",
    )  # fmt: skip
    assert (first["messages"], first["gifts"], first["handoffs"], first["channels"]) == ("1", "1", "1", "blog")
    assert second["First Name"] == "007"


def test_handoffs_to_one_teammate(filed: Written, full: Store) -> None:
    (row,) = filed("handoffs", to=1)
    assert row["handoff_id"] == ids.display("H", 1)
    assert (row["rev"], row["kind"], row["opened"], row["needed_by"]) == (
        "1", "problem", clock.local(clock.now()).date().isoformat(), "2026-12-01",
    )  # fmt: skip
    assert (row["channel"], row["link"], row["member"], row["language"]) == (
        "=Blog",
        "https://blog.example/1",
        "Ελένη Παπαδοπούλου",
        "el",
    )
    assert (row["owner"], row["status"], row["answer"]) == ("", "sent", "")
    assert len(filed("handoffs")) == 2
    Handoffs(full).answer(1, "solved")
    assert [one["handoff_id"] for one in filed("handoffs")] == [ids.display("H", 2)]


def test_all_hand_offs_and_gifts_are_written_and_nothing_counts_as_given(written: Written, full: Store) -> None:
    Handoffs(full).answer(1, "solved")
    Handoffs(full).close(2, "Said so on the phone")
    Gifts(full).set_state(2, "thanked")
    before = [tuple(row) for table in ("handoff", "gift") for row in full.read.execute(f"SELECT * FROM {table}")]
    assert [row["handoff_id"] for row in written("handoffs")] == [ids.display("H", 1), ids.display("H", 2)]
    assert [row["handoff_id"] for row in written("handoffs", to=2)] == [ids.display("H", 2)]
    gifts = written("gifts")
    assert [row["status"] for row in gifts] == ["to ship", "thanked", "idea"]
    after = [tuple(row) for table in ("handoff", "gift") for row in full.read.execute(f"SELECT * FROM {table}")]
    assert before == after
    assert Export(full).base("gift", 3, 1) == gifts[2]
    assert Export(full).base("handoff", 1, 2) == written("handoffs")[0]


def test_a_file_begins_and_ends_where_it_is_told(written: Written) -> None:
    assert [row["text"] for row in written("messages", since=AT + 605, until=AT + 605)] == ['Oh no, "sorry"\nreally']
    assert [row["text"] for row in written("messages", until=AT + 900)][-1] == "May"
    assert len(written("messages", until=AT + 899)) == 2
    assert [row["conversation_id"] for row in written("conversations", until=AT + 899)] == ["C-1"]
    assert [row["identifier"] for row in written("members", since=AT + 899)] == ["P-2"]
    assert [row["identifier"] for row in written("members", until=AT + 899)] == ["P-1"]
    now = clock.now()
    assert written("handoffs", until=now - 3_600) == written("gifts", until=now - 3_600) == []
    assert len(written("gifts", since=now - 3_600, until=now)) == 3
    with pytest.raises(UserError, match="The start is after the end"):
        written("messages", since=AT + 1, until=AT)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_the_same_bytes_go_to_a_stream(full: Store, tmp_path: Path, kind: str, name: str) -> None:
    out = BytesIO()
    rows_there = Export(full).write(kind, tmp_path / name, Options(out=out)).rows
    assert not (tmp_path / name).exists()
    assert Export(full).write(kind, tmp_path / name).rows == rows_there
    assert rows_there > 0 or kind in more.KINDS or kind == "drafts"  # there are none: only the header
    if name.endswith(".csv"):
        assert out.getvalue() == (tmp_path / name).read_bytes()
    else:
        assert out.getvalue().startswith(b"PK")


@pytest.mark.parametrize("replace", [True, False])
def test_only_a_plain_file_is_written_over(full: Store, tmp_path: Path, replace: bool) -> None:  # noqa: FBT001
    plain = tmp_path / "plain.csv"
    plain.write_text("mine")
    (tmp_path / "link.csv").symlink_to(plain)
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "not-there.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "socket.csv"))
        for name in ("link.csv", "nowhere.csv", "pipe.csv", "folder.csv", "socket.csv"):
            before = (tmp_path / name).lstat()
            with pytest.raises(UserError, match=r"be overwritten|is a folder"):
                Export(full).file("handoffs", tmp_path / name, Options(replace=replace))
            assert (tmp_path / name).lstat() == before
    with pytest.raises(UserError, match="is a device"):
        Export(full).write("messages", Path("/dev/null"), Options(replace=replace))
    assert plain.read_text() == "mine"
    assert not (tmp_path / "not-there.csv").exists()
    assert Handoffs(full).get(1).exported_at is None
    assert not list(tmp_path.glob(".*.part"))


def test_handoffs_hold_no_private_address_unless_ticked(written: Written) -> None:
    hidden = written("handoffs", to=1)[0]
    assert hidden["message"] == "=1+1 έφτασε σπασμένο, γράψτε μου: [e-mail] ή [phone]"
    assert hidden["ask"] == "-> Send to [private]"
    assert "example.gr" not in "".join(hidden.values())
    open_ = written("handoffs", to=1, private=True)[0]
    assert "eleni@example.gr" in open_["message"]
    assert open_["ask"] == "-> Send to Egnatia 12"


def test_private_words_that_one_teammate_may_know_are_in_no_list(full: Store, written: Written, filed: Written) -> None:
    with full.write() as conn:
        conn.execute("UPDATE handoff SET private_words = 1, answer = 'A new one went to Egnatia 12' WHERE id = 1")
    told = next(row for row in filed("handoffs", to=1) if row["handoff_id"] == ids.display("H", 1))
    listed = next(row for row in written("handoffs", to=1) if row["handoff_id"] == ids.display("H", 1))
    assert (told["ask"], told["answer"]) == ("-> Send to Egnatia 12", "A new one went to Egnatia 12")
    assert (listed["ask"], listed["answer"]) == ("-> Send to [private]", "A new one went to [private]")


def test_a_list_does_not_change_the_base_of_what_went_out(full: Store, written: Written, filed: Written) -> None:
    filed("handoffs", to=1)
    rev = Handoffs(full).get(1).rev
    base = Export(full).base("handoff", 1, rev)
    assert base is not None
    written("handoffs", to=1, private=True)
    assert Export(full).base("handoff", 1, rev) == base


def test_gifts_to_ship(filed: Written, full: Store, tmp_path: Path) -> None:
    first, second = filed("gifts")
    assert (first["gift_id"], first["item"], first["size"], first["qty"]) == (
        ids.display("G", 1),
        "Delight box",
        "2/3",
        "1",
    )
    assert (first["recipient"], first["address_1"], first["city"]) == (
        "Ελένη Παπαδοπούλου",
        "Egnatia 12",
        "Θεσσαλονίκη",
    )
    assert (first["declared_value"], second["declared_value"], first["status"], first["currency"]) == (
        "EUR 15",
        "EUR 7.50",
        "to ship",
        "EUR",
    )
    notes = Export(full).file("gifts", tmp_path / "again.csv").notes
    assert notes == (f"{ids.display('G', 2)} for 007 has no address.",)


def test_what_went_out_is_kept_as_the_base_of_its_return(filed: Written, full: Store) -> None:
    (row,) = filed("handoffs", to=1)
    assert Export(full).base("handoff", 1, 1) == row
    assert Export(full).base("handoff", 2, 1) is None
    assert Handoffs(full).get(1).exported_at is not None
    assert (Handoffs(full).get(2).exported_at, Handoffs(full).get(1).rev) == (None, 1)
    Handoffs(full).edit(1, {"priority": "high"})
    filed("handoffs")
    base = Export(full).base("handoff", 1, 2)
    assert base is not None
    assert (base["priority"], base["rev"]) == ("high", "2")
    assert Export(full).base("handoff", 1, 1) == row
    gift = filed("gifts")[0]
    assert Export(full).base("gift", 1, 1) == gift
    assert Gifts(full).get(1).exported_at is not None


def test_a_file_that_cannot_be_written_leaves_no_trace(full: Store, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    with pytest.raises(ExistsError):
        Export(full).file("handoffs", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "mine"
    assert Export(full).base("handoff", 1, 1) is None
    assert Handoffs(full).get(1).exported_at is None


def test_an_empty_file_says_so(full: Store, tmp_path: Path) -> None:
    done = Export(full).file("handoffs", tmp_path / "out.csv", Options(since=clock.now() + 10))
    assert (done.rows, len(done.notes)) == (0, 1)


def test_semicolons_on_request(full: Store, tmp_path: Path) -> None:
    Export(full).write("messages", tmp_path / "out.csv", Options(separator=";"))
    assert inspect_table(tmp_path / "out.csv").separator == ";"
    with pytest.raises(UserError, match="as a separator"):
        Export(full).write("messages", tmp_path / "other.csv", Options(separator="x"))


def test_wrong_usage_is_one_sentence(full: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Choose from: conversations"):
        Export(full).write("stamps", tmp_path / "out.csv")
    with pytest.raises(UserError, match="Only hand-offs"):
        Export(full).write("members", tmp_path / "out.csv", Options(to=1))
    with pytest.raises(UserError, match="Choose from: handoffs, gifts"):
        Export(full).file("messages", tmp_path / "out.csv")


@pytest.mark.parametrize("kind", ["handoffs", "gifts", "conversations", "messages", "members"])
def test_in_a_spreadsheet_file_every_cell_is_text(full: Store, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "out.xlsx"
    done = Export(full).write(kind, path)
    page = openpyxl.load_workbook(path).active
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert page.max_row == done.rows + 1
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    if kind == "messages":
        assert "=1+1 έφτασε" in page["I2"].value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to jón.e@pósthús.example now", "write to [e-mail] now"),
        ("<mailto:a@b.example>, thanks", "<[e-mail]>, thanks"),
        ("+354 555 1234 or 00354-555-1234.", "[phone] or [phone]."),
        (
            "order 40045 of 2026-11-23, parcel 12345678901234567890",
            "order 40045 of 2026-11-23, parcel 12345678901234567890",
        ),
        ("@eleni said 5 + 3", "@eleni said 5 + 3"),
    ],
)
def test_private_data_is_taken_out_and_numbers_stay(text: str, expected: str) -> None:
    assert redacted(text) == expected


@given(st.lists(st.integers(0, 4_000_000_000), max_size=20))
def test_times_are_written_as_the_clock_writes_them(seconds: list[int]) -> None:
    assert list(_times(seconds)) == [clock.iso(at) for at in seconds]
