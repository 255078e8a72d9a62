"""`contact import|export` and `calendar export`: what changes, what is kept and what is rejected is told first."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.paths import Profile
from app.cli.contacts import _DATES, _FORMATS, _PRIVATE
from app.contacts.desk import DATES, FORMATS, PRIVATE
from app.workbench import Workbench
from tests.app.cli.shell import Shell

FIRST = "name,email,city,birthday\nÉva Kovács,eva@example.org,Pécs,1980-03-05\nIda,ida@example.org,,\n"


def test_new_changed_kept_unchanged_and_rejected_are_told_before_and_after(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FIRST, "utf-8")
    done = empty.told("contact", "import", path)
    assert (done["new"], done["changed"], done["rejected"], done["rejected_file"]) == (2, 0, 0, None)
    empty.told("member", "edit", "P-1", "--set", "city=Brno")
    path.write_text(
        f"{FIRST}Éva Kovács,eva@example.org,,\nNo one,nobody,,\nÚj Pál,pal@example.org,Pécs,\n".replace(
            "Ida,", "Ida Kis,"
        ),
        "utf-8",
    )
    dry = empty.told("contact", "import", path, "--dry-run")
    counts = {key: dry[key] for key in ("new", "changed", "unchanged", "doubles", "rejected")}
    assert counts == {"new": 1, "changed": 1, "unchanged": 2, "doubles": 0, "rejected": 1}
    assert dry["changes"] == [{"member": "Ida", "field": "name", "before": "Ida", "after": "Ida Kis"}]
    assert dry["kept"] == [
        {"member": "Éva Kovács", "field": "address_1", "before": "Brno", "after": "Pécs", "key": "P-1:address_1"}
    ]
    assert dry["rejected_rows"] == [{"line": 5, "row": "No one, nobody", "why": "“nobody” isn't an e-mail address"}]
    assert len(empty.told("member", "list")) == 2
    said = empty.run("contact", "import", path, "--dry-run").out
    assert "Ida     Name  Ida -> Ida Kis" in said or "Ida  Name  Ida -> Ida Kis" in said
    assert "P-1:address_1  Éva Kovács  Brno (Pécs)" in said
    assert "line 5: No one, nobody: “nobody” isn't an e-mail address" in said
    done = empty.told("contact", "import", path, "--take", "P-1:address_1")
    assert Path(done["rejected_file"]).name == "a.csv.rejected.csv"
    assert empty.told("member", "show", "P-1")["address"]["city"] == "Pécs"
    empty.told("undo", str(done["action"]))
    assert (empty.told("member", "show", "P-1")["address"]["city"], len(empty.told("member", "list"))) == ("Brno", 2)


def test_the_order_of_birthdays_is_asked_for(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,email,birthday\nÉva,eva@example.org,5/3/1980\n", "utf-8")
    refused = empty.told("contact", "import", path, status=1)
    assert "--dates day-first, month-first or year-first" in refused["error"]
    assert empty.told("contact", "import", path, "--dates", "month-first")["new"] == 1
    seen = empty.told("contact", "import", path, "--dates", "month-first", "--dry-run")
    assert (seen["unchanged"], seen["changes"]) == (1, [])


def test_what_holds_no_contacts_is_refused(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("author,text,date\nÉva,Hi,2026-01-01\n", "utf-8")
    assert "doesn't hold contacts" in empty.told("contact", "import", path, status=1)["error"]


def test_members_go_out_and_come_back_as_they_were(empty: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(FIRST, "utf-8")
    empty.told("contact", "import", tmp_path / "a.csv")
    for name, form in (("a.vcf", "vcard"), ("out.csv", "rapport")):
        told = empty.told("contact", "export", tmp_path / name, "--with", "address")
        assert (told["members"], told["format"]) == (2, form)
        back = empty.told("contact", "import", tmp_path / name)
        assert (back["new"], back["changed"], back["unchanged"]) == (0, 0, 2)
    refused = empty.told("contact", "export", tmp_path / "a.vcf", status=1)
    assert "already exists" in refused["error"]
    assert empty.told("contact", "export", tmp_path / "a.vcf", "--force", "--member", "ida")["members"] == 1
    assert empty.run("contact", "export", "-", "--member", "P-1").out.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert (
        "No member matches" in empty.told("contact", "export", tmp_path / "b.vcf", "--kind", "press", status=1)["error"]
    )


def test_a_saved_list_goes_out(demo: Shell, tmp_path: Path) -> None:
    bench = Workbench(Profile(demo.folder))
    bench.member_lists.add("Czech", "lang:cs")
    bench.close()
    whole = demo.told("member", "list", "lang:cs", "--limit", "0")
    told = demo.told("contact", "export", tmp_path / "a.vcf", "--list", "czech")
    assert told["members"] == len(whole) > 3


@pytest.mark.parametrize("typed", ["supplier", "Supplier", "vendor"])
def test_a_kind_is_typed_as_it_is_shown(demo: Shell, tmp_path: Path, typed: str) -> None:
    listed = demo.told("member", "list", "--kind", typed, "--limit", "0")
    assert demo.told("contact", "export", tmp_path / "a.vcf", "--kind", typed)["members"] == len(listed) > 0
    for command in (("contact", "export", tmp_path / "b.vcf"), ("member", "list"), ("member", "keep-list", "A")):
        refused = demo.run(*command, "--kind", "hero")
        assert refused.status == 2
        assert "“hero” isn't a kind of member. Choose from: customer," in refused.err
        assert "vendor" not in refused.err


def test_a_dry_run_names_the_columns_that_nothing_takes(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,email,consent_how,do_not_gift,blank\nAda,ada@example.org,by mail,yes,\n")
    said = empty.run("contact", "import", path, "--dry-run").out
    assert "Columns that are ignored (--map HEADER=FIELD takes one): consent_how.\n" in said


def test_dates_go_to_a_calendar(demo: Shell, tmp_path: Path) -> None:
    told = demo.told("calendar", "export", tmp_path / "a.ics", "--what", "promises", "--what", "name-days")
    content = (tmp_path / "a.ics").read_bytes()
    assert told["dates"] == content.count(b"BEGIN:VEVENT") > 5
    left_out = "1 member asked not to be written to, so their birthday and name day are left out."
    assert (told["what"], told["notes"]) == (["promises", "name-days"], [left_out])
    assert demo.told("calendar", "export", tmp_path / "b.ics", "--what", "promises")["notes"] == []
    assert demo.run("calendar", "export", "-").out.startswith("BEGIN:VCALENDAR\r\n")


def test_the_shell_offers_what_the_desk_writes() -> None:
    assert (_FORMATS, set(_PRIVATE), _DATES) == (FORMATS, set(PRIVATE), tuple(DATES))
