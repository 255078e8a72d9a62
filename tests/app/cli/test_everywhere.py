"""What holds for every command: it says the truth about what is there, and ends in a sentence where it cannot go on."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

import main
from app import VERSION
from app.base import ids
from app.base.paths import Profile
from app.cli import arguments
from app.cli.arguments import Parser
from app.demo import build
from app.store.store import Store
from tests.app.cli.shell import HOUSE, Shell

FULL = Path("/dev/full")
WORDS = str(HOUSE / "LICENSE")  # a text that the voice guide of the demo lets pass
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


@pytest.fixture(scope="module")
def community(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo community, for tests that only read."""
    return Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))


@pytest.fixture
def shell(community: Path) -> Shell:
    """Commands on that community."""
    return Shell(community)


def leaves() -> Iterator[tuple[str, Parser]]:
    """Every command with its parser."""
    for action in arguments.parser()._actions:
        for name, made in (action.choices or {}).items() if isinstance(action.choices, dict) else ():
            inner = [sub.choices for sub in made._actions if isinstance(sub.choices, dict)]
            yield from ((f"{name} {below}", leaf) for below, leaf in inner[0].items()) if inner else [(name, made)]


def words_for(name: str, leaf: Parser, folder: Path) -> list[str]:
    """Words that make the command: something for each thing that it asks for."""
    words = name.split()
    for action in leaf._actions:
        if action.required or not action.option_strings:
            given = next(iter(action.choices)) if action.choices else _given(action.dest, folder)
            words += [*action.option_strings[:1], str(given)] if action.nargs != "?" else []
    for one_of in leaf._mutually_exclusive_groups:
        words += [one_of._group_actions[0].option_strings[0], "1"] if one_of.required else []
    if name == "reply":
        words += ["--text-file", os.devnull]
    return words


def _given(dest: str, folder: Path) -> str:
    known = {"id": "C-1", "changes": "+a", "when": "tomorrow", "number": "1", "file": str(folder / "out.csv")}
    return known.get(dest, "1")


COMMANDS = dict(leaves())


MAKERS = ["account add", "contact import", "import"]
READS = [name for name, leaf in COMMANDS.items() if leaf.get_default("opens") and not leaf.get_default("makes")]


def test_the_commands_that_make_a_community_are_these() -> None:
    assert sorted(filter(lambda name: COMMANDS[name].get_default("makes"), COMMANDS)) == MAKERS


@pytest.mark.parametrize("name", [*READS, "backup", "check"])
def test_no_command_but_three_makes_a_community(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mistyped"
    words = ["--profile", str(folder), *words_for(name, COMMANDS[name], tmp_path)]
    assert main.main([*words, *([] if name == "label" else ["--json"])]) == 1, words
    said = capsys.readouterr()
    assert str(folder) in said.err
    assert len(said.err.splitlines()) == 1
    assert not folder.exists()
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.slow
def test_three_commands_make_a_community(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.csv").write_text("author,date,text\nJón,2024-01-02 10:00,Halló\n", encoding="utf-8")
    page = ("--set", "page=https://page.example/us")
    for number, words in enumerate((
        ["import", str(tmp_path / "old.csv")], ["account", "add", "facebook", "Page", *page],
    )):  # fmt: skip
        folder = str(tmp_path / str(number))
        assert main.main(["--profile", folder, *words]) == 0
        assert main.main(["--profile", folder, "list"]) == 0
    assert main.main(["demo", str(tmp_path / "demo")]) == 0
    assert "There's no community" not in capsys.readouterr().err


def test_a_log_without_its_file_is_not_taken_away_by_a_demo(tmp_path: Path) -> None:
    log = tmp_path / "community.rapport-wal"
    log.write_bytes(b"words that are nowhere else")
    assert main.main(["demo", str(tmp_path)]) == 1
    assert log.read_bytes() == b"words that are nowhere else"


def test_a_file_ends_with_the_last_day_that_there_is(shell: Shell, tmp_path: Path) -> None:
    whole = shell.told("export", "members", tmp_path / "all.csv")["rows"]
    assert shell.told("export", "members", tmp_path / "until.csv", "--until", "9999-12-31")["rows"] == whole
    assert shell.told("export", "members", tmp_path / "since.csv", "--since", "1970-01-02")["rows"] == whole


def test_the_folder_of_the_environment_is_refused_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAPPORT_PROFILE", str(tmp_path / "gone"))
    assert main.main(["list", "--json"]) == 1
    assert str(tmp_path / "gone") in json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--label", "typo"],
        ["list", "--label", ""],
        ["list", "--channel", "typo"],
        ["list", "--channel", ""],
        ["search", "lemon", "--label", "typo"],
        ["search", "lemon", "--channel", "typo"],
        ["search", "lemon", "--member", "typo"],
        ["search", "lemon", "--member", ""],
        ["label", "C-1", "-typo"],
        ["gift", "list", "--member", "P-99999"],
        ["gift", "list", "--member", ""],
        ["gift", "budget", "--year", "0"],
        ["handoff", "list", "--to", "typo"],
        ["handoff", "list", "--to", ""],
        ["handoff", "file", "x.csv", "--to", "typo"],
        ["export", "handoffs", "-", "--to", "typo"],
        ["export", "members", "x.csv", "--since", "soonish"],
        ["export", "members", "x.csv", "--until", "9999-99-99"],
        ["export", "members", "x.csv", "--until", "10000-01-01"],
        ["export", "members", "x.csv", "--since", "2026-02-01", "--until", "2026-01-31"],
        ["moderation", "list", "--conversation", "C-99999"],
        ["template", "show", "typo"],
        ["template", "check", "typo"],
        ["template", "show", "thanks-r", "--language", "xx"],
        ["reply", "C-1", "--text-file", WORDS, "--to", ""],
        ["reply", "C-1", "--text-file", WORDS, "--to", "typo"],
        ["reply", "C-1", "--text-file", WORDS, "--at", ""],
        ["sync", "typo"],
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_refused_and_never_an_empty_list(
    words: list[str], community: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["--profile", str(community), *words]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--state", "typo"], ["search", "lemon", "--state", "typo"], ["member", "list", "--kind", "typo"],
        ["gift", "list", "--state", "typo"], ["handoff", "list", "--state", "typo"], ["export", "typo", "x.csv"],
        ["moderation", "list", "--state", "typo"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_word_that_is_none_of_a_few_is_wrong_usage(
    words: list[str], community: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["--profile", str(community), *words]) == 2
    assert "typo" in capsys.readouterr().err


def test_a_label_is_found_whatever_its_case_and_a_close_one_is_named(shell: Shell) -> None:
    assert shell.told("list", "--state", "all", "--label", "PARCEL") == shell.told(
        "list", "--state", "all", "--label", "parcel"
    )
    assert "Did you mean parcel" in shell.told("list", "--label", "parcels", status=1)["error"]
    assert "parcel" in shell.told("list", "--label", "zzz", status=1)["error"]


LIMITED = [name for name, leaf in COMMANDS.items() if any(action.dest == "limit" for action in leaf._actions)]


def test_every_list_has_a_limit() -> None:
    lists = {name for name in COMMANDS if name == "list" or name.endswith(" list")}
    assert lists | {"search", "show", "undo", "backups", "imports"} <= set(LIMITED)


@pytest.mark.slow
@pytest.mark.parametrize("name", LIMITED)
def test_no_limit_below_none_and_0_is_all(name: str, community: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = {
        "search": ["a"], "view show": ["Parcels"], "show": ["C-1"], "rule hits": ["Parcels"], "rule try": ["Parcels"],
        "embargo told": ["1"], "history": ["P-1"], "template versions": ["solved"], "template replies": ["C-1"],
        **dict.fromkeys(("list", "gift list", "handoff list"), ("--state", "all")), "fact told": ["postage"],
        "keep trial": ["--months=1"], "undo": ["--list"],
    }  # fmt: skip
    words = ["--profile", str(community), *name.split(), *more.get(name, [])]
    found = {}
    for limit in ("0", "1", "99999999999999999999999"):
        assert main.main([*words, "--json", "--limit", limit]) == 0
        told = json.loads(capsys.readouterr().out)
        part = {"rule try": "shown", "gift deserve": "proposed", "keep trial": "due"}.get(name)
        rows = told[part] if part else told
        found[limit] = len([line for line in told["lines"] if line["kind"] == "said"] if name == "show" else rows)
    assert found["0"] == found["99999999999999999999999"] >= found["1"]
    assert found["1"] <= 1
    for wrong in ("-1", "x", "1.5", ""):
        assert main.main([*words, "--limit", wrong]) == 2
    capsys.readouterr()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", sorted({name for name in LIMITED if name.split()[-1] in {"list", "backups", "imports"}})
)
def test_a_list_loads_by_itself_all_that_it_needs(name: str, community: Path) -> None:
    said = Shell(community).run(*name.split(), "--limit", "1", apart=True)
    assert (said.err, said.status) == ("", 0)


@pytest.mark.slow
def test_lists_without_a_limit_hold_every_row_of_the_file(shell: Shell) -> None:
    store = Store(shell.folder / "community.rapport")
    counted = {
        "member list": "SELECT count(*) FROM member WHERE merged_into IS NULL",
        "gift list --state all": "SELECT count(*) FROM gift",
        "handoff list --state all": "SELECT count(*) FROM handoff",
        "list --state all": "SELECT count(*) FROM conversation WHERE messages > 0",
        "template list": "SELECT count(*) FROM template WHERE NOT archived",
        "moderation list": "SELECT count(*) FROM moderation",
        "search a": None,
    }
    for words, sql in counted.items():
        found = shell.told(*words.split(), "--limit", "0")
        if sql is not None:
            assert len(found) == store.read.execute(sql).fetchone()[0], words
        else:
            assert len(found) > 50
    store.close()


def test_a_limit_counts_the_rows_of_the_member_that_was_asked_for(shell: Shell) -> None:
    everything = shell.told("gift", "list", "--state", "all", "--limit", "0")
    last = everything[-1]["member"]["id"]
    theirs = [one for one in everything if one["member"]["id"] == last]
    assert shell.told("gift", "list", "--state", "all", "--member", last, "--limit", "1") == theirs[:1]
    assert shell.told("gift", "list", "--state", "all", "--member", last, "--limit", "0") == theirs


@pytest.mark.slow
def test_a_quoted_phrase_is_looked_for_in_every_message_where_all_is_asked_for(empty: Shell, tmp_path: Path) -> None:
    rows = ["Ann,2019-01-01 10:00,Hello", "Ann,2020-01-01 10:00,cold green tea"]
    rows += [f"Ann,2021-01-01 10:{n // 60:02d}:{n % 60:02d},green and cold tea {n}" for n in range(2_100)]
    (tmp_path / "many.csv").write_text("author,date,text\n" + "\n".join(rows), encoding="utf-8")
    empty.told("import", tmp_path / "many.csv")
    assert len(empty.told("search", '"cold green tea"', "--limit", "0")) == 1


# --- what is printed


def _process(folder: Path, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HOUSE / "main.py"), "--profile", str(folder), *words]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False, timeout=120, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.slow
@needs_full
@pytest.mark.parametrize(
    "words",
    [
        ["list"], ["list", "--json"], ["list", "--state", "all", "--limit", "0", "--json"], ["export", "messages", "-"],
        ["export", "gifts", "-"], ["export", "members", "-", "--xlsx"], ["show", "C-1"], ["list", "--help"],
        ["--version"], ["label", "C-1", "--help"], ["account", "export", "-"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_full_device_is_one_sentence(community: Path, words: list[str]) -> None:
    with FULL.open("w") as full:
        done = _process(community, *words, stdout=full)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    assert "no space left" in done.stderr


@pytest.mark.slow
@needs_full
def test_where_nothing_can_be_said_at_all_the_status_says_it(community: Path) -> None:
    command = [sys.executable, str(HOUSE / "main.py"), "--profile", str(community)]
    with FULL.open("w") as full:
        for words, status in ((["list"], 1), (["show", "C-99999"], 1), (["list", "--nope"], 2)):
            assert subprocess.run([*command, *words], stdout=full, stderr=full, check=False).returncode == status


@pytest.mark.slow
@pytest.mark.parametrize(
    ("closed", "words", "status"),
    [
        (">&-", "list", 1), (">&-", "list --json", 1), (">&-", "show C-99999", 1), (">&-", "export messages -", 1),
        ("2>&-", "show C-99999", 1), ("2>&-", "list", 0), ("<&-", "list", 0),
        ("<&-", "reply C-1 --text-file -", 1),
    ],
)  # fmt: skip
def test_a_stream_that_is_closed_is_no_mistake_of_ours(community: Path, closed: str, words: str, status: int) -> None:
    script = f"'{sys.executable}' '{HOUSE / 'main.py'}' --profile '{community}' {words} {closed}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == (1 if status and closed != "2>&-" else 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "list --state all --limit 0", "list --state all --limit 0 --json", "export messages -", "search a --limit 0",
        "export conversations - --xlsx", "list --help",
    ],
)  # fmt: skip
def test_a_reader_that_has_seen_enough_is_no_error(community: Path, words: str) -> None:
    command = f"'{sys.executable}' '{HOUSE / 'main.py'}' --profile '{community}' {words}"
    for reader in ("head -n 1", "true"):
        script = f"{command} | {reader} > /dev/null; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=120)
        assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.slow
def test_a_member_is_not_marked_as_asked_where_nobody_reads_the_file(tmp_path: Path) -> None:
    build(Profile(tmp_path / "profile"))
    command = f"'{sys.executable}' '{HOUSE / 'main.py'}' --profile '{tmp_path / 'profile'}' handoff file -"
    before = _given_away(tmp_path / "profile")
    subprocess.run(["bash", "-c", f"{command} > /dev/full"], capture_output=True, check=False, timeout=120)
    assert _given_away(tmp_path / "profile") == before
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=120)
    assert done.stdout.startswith(b"\xef\xbb\xbfhandoff_id,rev")
    assert _given_away(tmp_path / "profile") != before


def _given_away(folder: Path) -> list[tuple[object, ...]]:
    store = Store(folder / "community.rapport")
    rows = [tuple(row) for row in store.read.execute("SELECT id, exported_at FROM handoff ORDER BY id")]
    store.close()
    return rows


# --- files


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _due(store: Store) -> list[tuple[object, ...]]:
    tables = ("handoff", "gift", "conversation", "action")
    return [tuple(row) for table in tables for row in store.read.execute(f"SELECT * FROM {table}")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "sql"),
    [
        ("conversations", "SELECT 'C-' || id FROM conversation WHERE messages > 0"),
        ("messages", "SELECT 'M-' || id FROM message"),
        ("members", "SELECT 'P-' || id FROM member WHERE merged_into IS NULL"),
        ("handoffs", "SELECT id FROM handoff"),
        ("gifts", "SELECT id FROM gift"),
    ],
)
def test_an_export_holds_every_row_and_changes_nothing(shell: Shell, tmp_path: Path, kind: str, sql: str) -> None:
    store = Store(shell.folder / "community.rapport")
    expected = {str(row[0]) for row in store.read.execute(sql)}
    due = _due(store)
    told = shell.told("export", kind, tmp_path / "all.csv")
    rows = _rows(tmp_path / "all.csv")
    first = next(iter(rows[0]))
    column = {"members": "identifier"}.get(kind, first)
    letter = {"handoffs": "H", "gifts": "G"}.get(kind)
    assert {str(ids.number(letter, row[column])) if letter else row[column] for row in rows} == expected
    assert (told["rows"], told["what"], len(rows)) == (len(expected), kind, len(expected))
    assert _due(store) == due
    kept = store.read.execute("SELECT count(DISTINCT row_id) FROM exported_row WHERE kind = ?", (kind[:-1],)).fetchone()
    assert kept[0] == (len(rows) if letter else 0)
    store.close()
    command = [sys.executable, str(HOUSE / "main.py"), "--profile", str(shell.folder), "export", kind, "-"]
    piped = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert (piped.returncode, piped.stderr, piped.stdout) == (0, b"", (tmp_path / "all.csv").read_bytes())
    assert not (shell.folder.parent / "-").exists()


@pytest.mark.slow
def test_an_export_ends_with_the_day_that_is_named(shell: Shell, tmp_path: Path) -> None:
    shell.told("export", "messages", tmp_path / "all.csv")
    days = sorted(row["sent_at"][:10] for row in _rows(tmp_path / "all.csv"))
    middle = days[len(days) // 2]
    until = Shell(shell.folder, {"TZ": "UTC"}).told("export", "messages", tmp_path / "u.csv", "--until", middle)["rows"]
    since = Shell(shell.folder, {"TZ": "UTC"}).told("export", "messages", tmp_path / "s.csv", "--since", middle)["rows"]
    assert (until, since) == (sum(day <= middle for day in days), sum(day >= middle for day in days))
    assert until + since == len(days) + days.count(middle)


def test_a_table_goes_to_a_stream_of_texts_as_well(community: Path) -> None:
    caught = StringIO()
    with redirect_stdout(caught):
        assert main.main(["--profile", str(community), "export", "members", "-"]) == 0
    assert "Žofie Dvořáková" in caught.getvalue()


def test_json_and_a_table_do_not_share_standard_output(shell: Shell) -> None:
    assert "--json and -" in shell.told("export", "members", "-", "--json", status=1)["error"]


@pytest.mark.slow
def test_no_table_is_written_over_a_community_or_its_backup(demo: Shell) -> None:
    backup = Path(demo.told("backup")["file"])
    copy = demo.folder / "copy.db"
    copy.write_bytes(backup.read_bytes())
    for words in (["export", "members"], ["export", "gifts"], ["handoff", "file"], ["account", "export"]):
        for taken in (demo.folder / "community.rapport", backup, copy):
            before = taken.read_bytes()
            assert "database" in demo.told(*words, taken, "--force", status=1)["error"]
            assert taken.read_bytes() == before
    assert demo.told("check")["sound"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [["export", "members"], ["handoff", "file"], ["gift", "file"], ["account", "export"], ["moderation", "export"]],
    ids=" ".join,
)
def test_a_file_is_written_over_where_force_says_so_and_it_is_plain(
    words: list[str], demo: Shell, tmp_path: Path
) -> None:
    plain = tmp_path / "mine.csv"
    plain.write_text("mine")
    assert "--force" in demo.told(*words, plain, status=1)["error"]
    assert plain.read_text() == "mine"
    (tmp_path / "link.csv").symlink_to(plain)
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for name in ("link.csv", "pipe.csv", "folder.csv"):
        before = (tmp_path / name).lstat()
        for force in ([], ["--force"]):
            said = demo.told(*words, tmp_path / name, *force, status=1)["error"]
            assert name in said
            assert "--force" not in said
        assert (tmp_path / name).lstat() == before
    assert "device" in demo.told(*words, os.devnull, "--force", status=1)["error"]
    assert plain.read_text() == "mine"
    assert demo.told(*words, plain, "--force")["file"] == str(plain)
    assert plain.read_text("utf-8-sig") != "mine"
    assert not list(tmp_path.glob(".*"))


def test_what_is_sent_is_marked_as_given_and_all_else_is_left_alone(demo: Shell, tmp_path: Path) -> None:
    waiting = [one for one in demo.told("handoff", "list") if one["status"] not in ("solved", "declined")]
    mate = waiting[0]["teammate"]
    told = demo.told("handoff", "file", tmp_path / "theirs.csv", "--to", mate)
    theirs = {one["id"] for one in waiting if one["teammate"] == mate}
    assert {row["handoff_id"] for row in _rows(tmp_path / "theirs.csv")} == theirs
    assert told["rows"] == len(theirs)
    after = demo.told("handoff", "list", "--state", "all", "--limit", "0")
    assert {one["id"] for one in after if one["exported_at"]} >= theirs
    to_ship = {one["id"] for one in demo.told("gift", "list", "--state", "to-ship")}
    assert demo.told("gift", "file", tmp_path / "ship.csv")["rows"] == len(to_ship) > 0
    assert {row["gift_id"] for row in _rows(tmp_path / "ship.csv")} == to_ship
    marked = {one["id"] for one in demo.told("gift", "list", "--state", "all") if one["exported_at"]}
    assert marked >= to_ship


# --- the rest


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    declared = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    assert "version" not in declared["project"]  # it stands in one place
    assert declared["tool"]["hatch"]["version"]["path"] == "app/__init__.py"
    assert main.main(["--version"]) == 0
    assert capsys.readouterr().out == f"Rapport {VERSION}\n"
    assert main.main(["--version", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": VERSION}
