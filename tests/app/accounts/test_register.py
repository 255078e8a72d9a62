"""The register: what ends soon, what was spent today, and the file without a secret and without a formula."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import Accounts
from app.accounts.account import Register
from app.accounts.register import attention, days_left, ends_soon, is_empty, units_today
from app.base.errors import UserError
from app.csvfile import ExistsError
from app.export import Options
from app.export.lists import REGISTER, write_moderation, write_register
from app.moderation import Deed
from app.store.store import Store

TODAY = date(2026, 11, 22)
SECRET = "se-cret-1"


@pytest.fixture
def desk(store: Store) -> Accounts:
    return Accounts(store)


@pytest.mark.parametrize(
    ("ends_on", "soon"),
    [
        ("", False), ("2026-12-23", False), ("2026-12-22", True), ("2026-11-22", True), ("2026-11-21", True),
        ("2027-11-22", False),
    ],
)  # fmt: skip
def test_an_end_is_warned_of_from_thirty_days_before(ends_on: str, soon: bool) -> None:  # noqa: FBT001
    assert ends_soon(Register(ends_on=ends_on), TODAY) is soon


def test_days_are_counted_past_the_end() -> None:
    assert days_left(Register(ends_on="2026-11-20"), TODAY) == -2
    assert days_left(Register(), TODAY) is None
    assert is_empty(Register())
    assert not is_empty(Register(others="Birna"))


def test_what_wants_the_person(desk: Accounts) -> None:
    made = desk.add("email", "Post", {"address": "a@b.is"}, {"password": SECRET})[0]
    assert not attention(made, TODAY)
    desk.register(made.id, Register(ends_on="2026-12-01"))
    assert attention(desk.get(made.id), TODAY)
    desk.register(made.id, Register())
    desk.note_failure(made.id, "No", 0, needs_login=True)
    assert attention(desk.get(made.id), TODAY)


def test_units_are_of_the_day_in_california() -> None:
    spent = {"units": "1240", "units_day": "2026-11-21"}
    assert units_today(spent, datetime(2026, 11, 22, 7, 59, tzinfo=UTC)) == 1240
    assert units_today(spent, datetime(2026, 11, 22, 8, 1, tzinfo=UTC)) == 0
    assert units_today({}, datetime(2026, 11, 22, tzinfo=UTC)) is None
    assert units_today({"units": "many"}, datetime(2026, 11, 22, tzinfo=UTC)) is None


def test_no_date_is_refused(desk: Accounts) -> None:
    made = desk.add("email", "Post", {"address": "a@b.is"}, {"password": SECRET})[0]
    with pytest.raises(UserError, match="“soon” isn't a date"):
        desk.register(made.id, Register(ends_on="soon"))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_holds_the_register_and_no_secret(desk: Accounts, tmp_path: Path) -> None:
    made = desk.add("wordpress", "Blog", {"site": "https://b.is", "name": "jana"}, {"password": SECRET})[0]
    desk.add(
        "mastodon", "", {"server": "social.example"}, {"token": SECRET, "refresh": SECRET, "client_secret": SECRET}
    )
    desk.register(made.id, Register("=Sítróna ehf.", "Birna, Jón", "+354 555 0100", "2027-03-31", "Samningur"))
    path = tmp_path / "register.csv"
    assert write_register(path, desk.all()).rows == 2
    blog, social = _read(path)
    assert tuple(blog) == REGISTER
    assert blog["owner"] == "'=Sítróna ehf."
    assert blog["recovery"].lstrip("'") == "+354 555 0100"
    assert (blog["others_with_access"], blog["ends_on"], blog["what_ends"]) == ("Birna, Jón", "2027-03-31", "Samningur")
    assert (blog["channel"], social["account"], social["owner"]) == ("WordPress", "Mastodon", "")
    assert SECRET not in path.read_text("utf-8-sig")
    with pytest.raises(ExistsError):
        write_register(path, desk.all())
    assert write_register(path, desk.all(), Options(separator=";", replace=True)).rows == 2


def test_what_came_from_a_file_is_not_in_the_register(desk: Accounts, store: Store, tmp_path: Path) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, mode, created_at) VALUES ('blog', 'Old', 'file', 0)")
    assert write_register(tmp_path / "r.csv", desk.all()).rows == 0


def _deed(number: int, text: str, undoes: int | None = None) -> Deed:
    return Deed(
        number, 1_790_000_000, 7, 3, 1, "Blog", "wordpress", None, "hide", "4: no insults", text, "Anna Bell", text,
        1_789_999_000, "https://b.is/#1", "", undoes, "done", 0, 1_790_000_010, 1, "", 0, "", 0,
    )  # fmt: skip


@pytest.mark.slow
@given(st.lists(st.text(max_size=40), max_size=6))
def test_every_text_of_the_moderation_log_comes_back_from_the_file(texts: list[str]) -> None:
    import tempfile  # noqa: PLC0415  hypothesis and tmp_path do not go together

    from app.csvfile import clean, unguard  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        deeds = [_deed(number, text) for number, text in enumerate(texts, 1)]
        assert write_moderation(path, reversed(deeds)).rows == len(texts)
        found = _read(path)
    assert [row["entry"] for row in found] == [str(number) for number in range(1, len(texts) + 1)]
    whole = [clean(text.encode("utf-8", "replace").decode()) for text in texts]
    assert [unguard(row["text"]).replace("\r\n", "\n") for row in found] == [
        text.replace("\r\n", "\n").replace("\r", "\n") for text in whole
    ]
