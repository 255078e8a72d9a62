"""Codes lie in the keyring alone; each is given once, and whoever sees one leaves a line in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import Actions
from app.base.errors import BugError, NotFoundError, UserError
from app.base.money import Money
from app.gifts import Gifts, codes
from app.gifts.vouchers import Vouchers
from app.members import Members
from app.store.store import Store
from tests.servers.memory_keyring import MemoryKeyring, install

CODE, OTHER = "LEMON-9x7Q-1234-ABCD", "LEMON-1111-2222-WXYZ"


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    return install(monkeypatch)


@pytest.fixture
def desk(store: Store) -> Gifts:
    Members(store).add("Eleni")
    made = Gifts(store)
    made.items.add("Shop voucher", kind="voucher", worth=1000)
    made.items.add("Mug")
    return made


@pytest.fixture
def vouchers(store: Store, desk: Gifts) -> Vouchers:
    assert desk.items.listed()
    return Vouchers(store)


def listing(folder: Path, text: str) -> Path:
    path = folder / "codes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_codes_are_read_with_their_days_and_what_is_wrong_is_said_by_its_line() -> None:
    read = codes.read(f"code;expires\n{CODE};2030-01-31\n;\n{CODE};\n{OTHER};soon\nknown;\n  other ;\n", {"known"})
    assert read.found == {CODE: "2030-01-31", "other": ""}
    assert read.left_out == [
        "Line 3: there's no code in it.",
        "Line 4: the same code as in line 2.",
        "Line 5: the day of expiry isn't a date. Write it like 2026-11-23.",
        "Line 6: Rapport has this code already.",
    ]
    assert codes.read("a1\nb2\n\n").found == {"a1": "", "b2": ""}
    assert CODE not in repr(read)
    with pytest.raises(UserError, match="empty"):
        codes.read(" \n")
    with pytest.raises(UserError, match="more than 1000"):
        codes.read("\n".join(f"code{number}" for number in range(1002)))


@given(st.text(max_size=200))
def test_no_line_of_a_file_is_lost_unsaid(text: str) -> None:
    try:
        read = codes.read(text)
    except UserError:
        return
    assert len(read.found) == len(set(read.found))
    assert all(code == code.strip() and code for code in read.found)
    assert read.found or read.left_out or "code" in text.casefold() or "voucher" in text.casefold()


@pytest.mark.parametrize(("code", "end"), [("x", ""), ("12345", ""), ("123456", "56"), (CODE, "ABCD")])
def test_the_ending_gives_no_short_code_away(code: str, end: str) -> None:
    assert codes.ending(code) == end


def test_a_code_is_in_the_keyring_and_in_no_byte_of_the_profile(
    ring: MemoryKeyring, vouchers: Vouchers, store: Store, tmp_path: Path
) -> None:
    added = vouchers.add(1, listing(tmp_path, f"{CODE},2030-01-31\n{OTHER}\n\n{OTHER}\n"))
    assert (len(added.numbers), len(added.left_out)) == (2, 2)
    assert sorted(ring.kept.values()) == sorted((CODE, OTHER))
    first = vouchers.listed(1)[0]
    assert (first.ending, first.expires_on, first.free, first.warning) == ("ABCD", "2030-01-31", True, "")
    assert vouchers.reveal(first.id, "window") == CODE
    store.close()
    (tmp_path / "codes.csv").unlink()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert CODE.encode() not in path.read_bytes(), path


def test_the_same_file_again_adds_nothing_and_says_so(ring: MemoryKeyring, vouchers: Vouchers, tmp_path: Path) -> None:
    path = listing(tmp_path, f"{CODE}\n{OTHER}\n")
    vouchers.add(1, path)
    again = vouchers.add(1, path)
    assert again.numbers == ()
    assert len(again.left_out) == len(ring.kept) == 2


def test_a_keyring_that_refuses_one_keeps_none(
    ring: MemoryKeyring, vouchers: Vouchers, store: Store, tmp_path: Path
) -> None:
    ring.full_after = 1
    with pytest.raises(UserError, match="No code was read") as refused:
        vouchers.add(1, listing(tmp_path, f"{CODE}\n{OTHER}\n"))
    assert CODE not in str(refused.value)
    assert OTHER not in str(refused.value)
    assert ring.kept == {}
    assert vouchers.listed() == []
    assert Actions(store).last()[0].title == "New item: Mug"


def test_without_a_keyring_no_code_is_read(vouchers: Vouchers, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"only in this computer's keyring\. This computer has no keyring"):
        vouchers.add(1, listing(tmp_path, CODE))
    assert vouchers.listed() == []


def test_what_is_no_file_of_codes_is_said(ring: MemoryKeyring, vouchers: Vouchers, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="isn't a voucher"):
        vouchers.add(2, listing(tmp_path, CODE))
    with pytest.raises(UserError, match=r"gone\.csv can't be read"):
        vouchers.add(1, tmp_path / "gone.csv")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(UserError, match="isn't text"):
        vouchers.add(1, tmp_path / "picture.png")
    (tmp_path / "large.txt").write_bytes(b"x" * (2 << 20))
    with pytest.raises(UserError, match="too large"):
        vouchers.add(1, tmp_path / "large.txt")
    assert ring.kept == {}


def test_a_gift_gets_the_one_that_expires_first_and_no_other_gift_gets_it(
    ring: MemoryKeyring, desk: Gifts, vouchers: Vouchers, store: Store, tmp_path: Path
) -> None:
    assert ring.kept == {}
    vouchers.add(1, listing(tmp_path, f"{OTHER}\n{CODE},2030-01-31\nexpired-code,2001-01-01\n"))
    one, two, three = (desk.log(1, "Shop voucher", "why", Money(1000, "EUR")) for _ in range(3))
    had = vouchers.assign(one)
    assert (had.ending, had.gift_id) == ("ABCD", one)
    assert vouchers.assign(one) == had  # it keeps the one that it has
    with pytest.raises(UserError, match="given already"):
        vouchers.assign(two, had.id)
    vouchers.assign(two)
    with pytest.raises(UserError, match="no voucher left for “Shop voucher”"):
        vouchers.assign(three)
    expired = vouchers.listed(1)[0]
    with pytest.raises(UserError, match="expired on 2001-01-01"):
        vouchers.assign(three, expired.id)
    mug = desk.log(1, "Mug", "why", Money(1, "EUR"))
    with pytest.raises(UserError, match="no voucher left"):
        vouchers.assign(mug)
    assert Actions(store).last()[0].title == "Gift for Eleni: Mug"
    Actions(store).undo()
    Actions(store).undo()
    assert vouchers.of_gift(two) is None
    assert vouchers.assign(three).ending == "WXYZ"


def test_a_code_is_shown_knowingly_and_each_time_is_logged(
    ring: MemoryKeyring, vouchers: Vouchers, store: Store, tmp_path: Path
) -> None:
    (number,) = vouchers.add(1, listing(tmp_path, CODE)).numbers
    assert (vouchers.asks(number), vouchers.shown_before(number)) == ("", [])
    assert vouchers.reveal(number, "window") == CODE
    assert vouchers.asks(number).endswith("in the window. Show it again?")
    vouchers.reveal(number, "shell")
    assert [how for _, how in vouchers.shown_before(number)] == ["window", "shell"]
    with pytest.raises(BugError):
        vouchers.reveal(number, "poster")
    Actions(store).undo()  # the log is no action: what is undone is that it was brought in
    assert vouchers.listed() == []
    assert list(ring.kept.values()) == [CODE]
    Actions(store).redo()
    assert vouchers.reveal(number, "reply") == CODE


def test_a_void_one_is_neither_given_nor_shown(
    ring: MemoryKeyring, desk: Gifts, vouchers: Vouchers, store: Store, tmp_path: Path
) -> None:
    (number,) = vouchers.add(1, listing(tmp_path, CODE)).numbers
    vouchers.void(number)
    with pytest.raises(UserError, match="is void"):
        vouchers.reveal(number, "window")
    gift = desk.log(1, "Shop voucher", "why", Money(1000, "EUR"))
    with pytest.raises(UserError, match="no voucher left"):
        vouchers.assign(gift)
    Actions(store).undo()
    Actions(store).undo()
    assert vouchers.reveal(number, "window") == CODE
    ring.kept.clear()
    with pytest.raises(UserError, match=f"doesn't have the code of V-{number}"):
        vouchers.reveal(number, "window")
    with pytest.raises(NotFoundError, match="V-99"):
        vouchers.get(99)
