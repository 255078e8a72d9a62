"""How commands end: cleanly, with the status and the one sentence that fit."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli import arguments, conversations, running
from app.store.store import Store
from tests.app.cli.shell import HOUSE, Shell
from tests.waiting import wait_until

SECRET = "a member wrote this"


def test_wrong_usage_names_the_command_and_what_is_wrong(demo: Shell) -> None:
    said = demo.run("list", "--sate", "done")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("usage: rapport list")
    assert "--sate" in said.err


def test_abbreviations_are_not_guessed_at(demo: Shell) -> None:
    assert demo.run("list", "--lim", "3").status == 2
    assert demo.run("--prof", str(demo.folder), "list", profile=False).status == 2


@pytest.mark.parametrize(
    "words", [["done"], ["gift", "set"], ["reply", "C-1"], ["export", "gifts"], ["backup", "x", "y"]]
)
def test_what_is_missing_or_too_much_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert running.run(words) == running.USAGE
    said = capsys.readouterr().err
    assert said.startswith("usage: rapport " + words[0])
    assert "required" in said or "unrecognized" in said


def test_a_refusal_is_one_sentence_and_with_json_a_document_too(demo: Shell) -> None:
    said = demo.run("show", "C-99999", "--json")
    assert said.status == 1
    assert said.err == "There's no conversation C-99999.\n"
    assert json.loads(said.out) == {"error": "There's no conversation C-99999."}


def test_a_mistyped_id_is_caught(demo: Shell) -> None:
    gift = demo.told("gift", "list")[0]["id"]
    wrong = gift[:-1] + ("A" if gift[-1] != "A" else "B")
    assert "isn't a Rapport id" in demo.told("show", wrong, status=1)["error"]


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_failure(demo: Shell) -> None:
    command = f"'{sys.executable}' '{HOUSE / 'main.py'}' --profile '{demo.folder}' list --state all --limit 0"
    script = f"set -o pipefail; {command} | head -n 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_texts_in_any_script_pass_whatever_the_locale(demo: Shell) -> None:
    shell = Shell(demo.folder, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert "Žofie Dvořáková" in shell.run("member", "list", "zofie").out
    assert shell.told("member", "list", "zofie")[0]["name"] == "Žofie Dvořáková"


def test_words_that_are_no_text_are_refused(demo: Shell) -> None:
    command: list[str | bytes | Path] = [sys.executable, HOUSE / "main.py", "--profile", demo.folder]
    command += ["member", "note", "Žofie", b"caf\xe9"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"readable text" in done.stderr


@pytest.mark.expects_errors
def test_a_mistake_of_ours_ends_with_3_and_its_log_holds_no_words(
    demo: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(conversations, "_rows", break_down)
    assert running.run(["--profile", str(demo.folder), "list", "--json"]) == running.BUG
    said = capsys.readouterr()
    log = demo.folder / "rapport.log"
    assert str(log) in json.loads(said.out)["error"]
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert SECRET not in log.read_text("utf-8") + said.out + said.err
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_profile_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    said = Shell(tmp_path / "file").run("list")
    assert (said.status, said.out, len(said.err.splitlines())) == (1, "", 1)


def test_a_file_that_is_no_database_is_one_sentence(empty: Shell) -> None:
    empty.folder.mkdir()
    (empty.folder / "community.rapport").write_bytes(b"this is not a database at all" * 100)
    said = empty.run("list")
    assert (said.status, len(said.err.splitlines())) == (1, 1)
    assert "backup" in said.err


def test_a_file_of_a_newer_rapport_is_left_alone(empty: Shell) -> None:
    store = Store(empty.folder / "community.rapport")
    with store.write() as conn:
        conn.execute("PRAGMA user_version = 99")
    store.close()
    before = (empty.folder / "community.rapport").read_bytes()
    assert "newer Rapport" in empty.told("list", status=1)["error"]
    assert (empty.folder / "community.rapport").read_bytes() == before


def test_ctrl_c_says_so_and_nothing_more(
    demo: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(conversations, "_rows", interrupted)
    assert running.run(["--profile", str(demo.folder), "list", "--json"]) == running.STOPPED
    assert capsys.readouterr() == ("", "Stopped.\n")


@pytest.mark.slow
def test_ctrl_c_ends_an_import_whole(empty: Shell, tmp_path: Path) -> None:
    rows = "".join(f"ann{n % 50},2024-01-0{n % 9 + 1} 10:00,words {n} of the table\n" for n in range(120_000))
    (tmp_path / "many.csv").write_text("author,date,text\n" + rows, encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        HOUSE / "main.py",
        "--profile",
        empty.folder,
        "import",
        tmp_path / "many.csv",
    ]
    child = subprocess.Popen(
        [*command, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    wait_until(lambda: any(empty.folder.glob("*-wal")))
    time.sleep(0.7)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert "Traceback" not in err
    if child.returncode == 1:
        (told,) = json.loads(out)
        assert told["stopped"]
        assert told["new"] == len(empty.told("search", "words", "--limit", "200000"))
    else:
        assert child.returncode in (0, running.STOPPED)
    assert empty.told("check")["sound"]


def commands() -> list[list[str]]:
    """Every command that there is, by its words."""
    found = []
    for action in arguments.parser()._actions:
        for name, made in (action.choices or {}).items() if isinstance(action.choices, dict) else ():
            inner = [sub.choices for sub in made._actions if isinstance(sub.choices, dict)]
            found += [[name, below] for below in inner[0]] if inner else [[name]]
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_explains_itself_and_takes_json(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert running.run([*words, "--help"]) == 0
    said = capsys.readouterr().out
    assert "--json" in said
    assert said.startswith("usage: rapport " + " ".join(words))


def test_the_commands_of_the_design_are_there() -> None:
    wanted = """
    demo|import|account add|account list|account check|account remove|sync|list|search|show|reply|outbox list|
    outbox retry|outbox discard|outbox confirm|done|snooze|label|undo|member show|member list|member merge|
    member note|member edit|gift log|gift list|gift set|gift budget|handoff add|handoff list|teammate add|
    teammate list|export|template list|template show|template add|template check|voice check|backup|backups|restore|
    check"""
    there = {" ".join(words) for words in commands()}
    assert {name.strip() for name in wanted.split("|")} <= there


@pytest.mark.slow
def test_no_command_loads_qt_or_what_only_some_need(demo: Shell) -> None:
    script = (
        "import sys; sys.argv[1:] = sys.argv[1:]; import main\n"
        "status = main.main(sys.argv[1:])\n"
        "heavy = ('PySide6', 'ui', 'requests', 'sqlite_utils', 'keyring', 'feedparser', 'pycld2')\n"
        "sys.stderr.write(repr([name for name in heavy if name in sys.modules]))\n"
    )
    for words in (["list"], ["search", "lemon"], ["gift", "list"], ["template", "list"], ["check"]):
        command = [sys.executable, "-c", script, "--profile", str(demo.folder), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOUSE)
        assert done.stderr == "[]", words


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_stopped_leaves_no_half_community(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "demo"
    command = [sys.executable, str(HOUSE / "main.py"), "demo", str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until(folder.exists, step=0.002)
    child.send_signal(number)
    _, err = child.communicate(timeout=60)
    assert "Traceback" not in err
    if child.returncode == 0:  # it was whole before the signal came
        assert (folder / "community.rapport").exists()
    else:
        assert child.returncode == (130 if number == signal.SIGINT else 143)
        assert not folder.exists()
