"""The hand-over pack: whole, without secrets, without private addresses unless they are asked for, and to be read."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import handover
from app.accounts import Account
from app.base.errors import UserError
from app.base.paths import Profile
from app.csvfile import ExistsError, inspect_table, rows
from app.export import Options
from app.handover import changes
from app.workbench import Workbench
from tests.app.cli.shell import Shell

_PRIVATE = ("eleni.p@mail.example", "+30 2310 123 456", "Egnatia 12", "+36 30 123 4567")


@pytest.fixture(scope="module")
def bench(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The demo, with a member whose address, phone and street stand in what is open."""
    made = Workbench(Profile(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))))
    email, phone, street, other = _PRIVATE
    number = made.members.add("Ελένη Κ.", email=email, phone=phone, address_1=street)
    made.promises.add(number, f"Write to {email} or call {phone} by Friday")
    asked = made.handoffs.add(
        None, made.teammates.all()[0].id, f"Call {other}", details={"member_id": number, "private_words": True}
    )
    made.handoffs.answer(asked, "solved", f"Sent to {street}")
    made.gifts.log(number, "Mug", f"Sent to {street}", "7.50", state="to_ship")
    with made.store.write() as conn:
        conn.execute(
            "UPDATE account SET recovery = ?, owner = 'Sítróna ehf.' WHERE kind = 'email'", (f"phone {other}",)
        )
    yield made
    made.close()


@pytest.fixture(scope="module")
def pack(bench: Workbench, tmp_path_factory: pytest.TempPathFactory) -> handover.Pack:
    return handover.write(bench.store, bench.export, tmp_path_factory.mktemp("out") / "pack")


def read(path: Path) -> list[dict[str, str]]:
    table = inspect_table(path)
    return [dict(zip(table.header, row.cells, strict=True)) for row in rows(table)]


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("promises", "promise WHERE kept_at IS NULL AND dropped_why = ''"),
        ("handoffs", "handoff WHERE closed_at IS NULL"),
        ("gifts", "gift WHERE state IN ('idea', 'approved', 'asked', 'address_in', 'to_ship', 'shipped', 'arrived')"),
        ("accounts", "account WHERE mode <> 'file' AND state <> 'removed'"),
        ("rules", "voice_rule"),
        ("incoming-rules", "rule"),
        ("blocks", "block"),
        ("teammates", "teammate"),
        ("responsible", "responsible"),
        ("templates", "template t LEFT JOIN template_text x ON x.template_id = t.id"),
    ],
)
def test_every_table_has_what_sql_counts(bench: Workbench, pack: handover.Pack, name: str, counted: str) -> None:
    (number,) = bench.store.read.execute(f"SELECT count(*) FROM {counted}").fetchone()
    assert len(read(pack.folder / f"{name}.csv")) == pack.rows[name] == number


def test_no_private_address_is_in_any_file_unless_it_is_asked_for(
    bench: Workbench, pack: handover.Pack, tmp_path: Path
) -> None:
    text = "".join(path.read_text("utf-8-sig") for path in pack.folder.iterdir())
    assert [one for one in _PRIVATE if one in text.replace("\u200b", "")] == []
    whole = handover.write(bench.store, bench.export, tmp_path / "whole", Options(private=True))
    text = "".join(path.read_text("utf-8-sig") for path in whole.folder.iterdir())
    assert [one for one in _PRIVATE if one not in text.replace("\u200b", "")] == []


def test_no_secret_nor_the_name_of_one_is_in_it(bench: Workbench, pack: handover.Pack) -> None:
    places = [
        json.loads(row["fields"]).get("_place", "-") for row in bench.store.read.execute("SELECT fields FROM account")
    ]
    text = "".join(path.read_text("utf-8-sig") for path in pack.folder.iterdir())
    assert "_place" not in text
    assert not [place for place in places if place not in ("", "-") and place in text]


def test_the_page_says_what_is_open_and_every_account_has_what_to_change(bench: Workbench, pack: handover.Pack) -> None:
    page = pack.page.read_text("utf-8")
    said = html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u200b", "")
    for promise in bench.promises.open():
        assert promise.what.replace(_PRIVATE[0], "[e-mail]").replace(_PRIVATE[1], "[phone]") in said
    for account in bench.accounts.all():
        if account.mode != "file":
            assert account.name in said
    assert page.count("☐") == pack.rows["to-change"]
    assert "http" not in re.sub(r">[^<]*<", "><", page)  # no link, nothing from outside
    assert "<script" not in page


def test_what_is_to_change_follows_the_register(bench: Workbench) -> None:
    account = next(one for one in bench.accounts.all() if one.kind == "email")
    (said,) = changes([account])
    assert any("Sítróna ehf." in line for line in said.to_do)
    assert any("nobody else has access" in line for line in changes([_noted(account, others="")])[0].to_do)
    (said,) = changes([_noted(account, others="Jón", ends_on="2027-01-31", ends_what="The token")])
    assert not any("nobody else" in line for line in said.to_do)
    assert said.to_do[-1].startswith("The token ends on ")
    assert changes([replace(account, state="removed"), replace(account, mode="file")]) == []


def _noted(account: Account, **values: str) -> Account:
    return replace(account, register=replace(account.register, **values))


def test_it_appears_whole_or_not_at_all_and_marks_nothing(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bench.store.last_action
    (tmp_path / "there").mkdir()
    with pytest.raises(ExistsError):
        handover.write(bench.store, bench.export, tmp_path / "there")
    with pytest.raises(UserError, match="can't be written"):
        handover.write(bench.store, bench.export, tmp_path / "none" / "pack")
    monkeypatch.setattr("app.handover.pack.write_register", _full)
    with pytest.raises(UserError, match="No space left"):
        handover.write(bench.store, bench.export, tmp_path / "pack")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert bench.store.last_action == before


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_the_shell_writes_it_and_says_what_is_in_it(planted: Path, tmp_path: Path) -> None:
    shell = Shell(Path(shutil.copytree(planted, tmp_path / "profile")))
    told = shell.told("handover", tmp_path / "pack", "--xlsx")
    assert Path(told["page"]).exists()
    assert (tmp_path / "pack" / "accounts.xlsx").exists()
    assert told["rows"]["teammates"] > 0
    assert "already exists" in shell.told("handover", tmp_path / "pack", status=1)["error"]
