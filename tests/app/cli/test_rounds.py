"""`sync --due`, `sync --every` and the timer."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.accounts.reading import left_in_words
from app.base import locks
from app.base.locks import FileLock
from app.cli import rounds, timer
from app.sync import Pulled, Round
from app.workbench import Workbench
from tests.app.cli.shell import HOUSE, Shell
from tests.servers.telegram import BotApi


@pytest.fixture
def server() -> Iterator[BotApi]:
    made = BotApi()
    yield made
    made.stop()


def connect(shell: Shell, server: BotApi) -> None:
    fields = ("account", "add", "telegram", "Group", f"--set=server={server.url}", "--secret-from-stdin")
    shell.told(*fields, given=server.token)


@pytest.mark.parametrize(
    ("typed", "seconds"), [("10m", 600), ("10", 600), ("1h", 3600), ("90s", 90), (" 10 M ", 600), ("24h", 86_400)]
)
def test_an_interval_is_read(typed: str, seconds: int) -> None:
    assert rounds.interval(typed) == seconds


@pytest.mark.parametrize("typed", ["", "0", "59s", "25h", "soon", "-5m", "10m30s", "१०m"])
def test_what_is_no_interval_is_refused(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="such as 10m or 1h"):
        rounds.interval(typed)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (Round(), "no account is due yet"),
        (Round(left_to=locks.WINDOW), "Left to the window that has the file open."),
        (Round(left_to=locks.ROUND), "Left to another sync that is under way."),
        (Round((Pulled("A"), Pulled("B"))), "nothing new"),
        (Round((Pulled("A", new=2, sent=1), Pulled("B", new=1))), "3 new, 1 sent"),
        (
            Round((Pulled("A", new=2), Pulled("B", error="It refused\nthe token."), Pulled("C", left=7))),
            f"2 new, {left_in_words(7)}; B: It refused the token.",
        ),
    ],
)
def test_a_round_is_one_line(done: Round, words: str) -> None:
    assert rounds.sentence(done) == words


class Enough(Exception):
    """The test has seen enough rounds."""


@pytest.mark.parametrize("as_json", [False, True])
def test_it_goes_on_and_tells_each_round(
    bench: Workbench, server: BotApi, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    bench.accounts.add("telegram", "Group", {"server": server.url}, {"token": server.token})
    server.say("anna", "Hello")
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise Enough

    with pytest.raises(Enough):
        rounds.go_on(bench, [], 600, as_json=as_json, pause=pause)
    assert all(500 < seconds <= 600 for seconds in pauses)
    first, second = capsys.readouterr().out.splitlines()
    if as_json:
        assert json.loads(first)["accounts"][0]["new"] == 1
        assert json.loads(second) == {"at": json.loads(second)["at"], "left_to": None, "accounts": []}
    else:
        assert first.endswith("  1 new")
        assert second.endswith("  no account is due yet")


@pytest.mark.slow
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_when_it_is_told_to(demo: Shell, number: int, status: int) -> None:
    command: list[str | Path] = [
        sys.executable,
        HOUSE / "main.py",
        "--profile",
        demo.folder,
        "sync",
        "--every",
        "10m",
        "--json",
    ]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["left_to"] is None  # told at once, though it is a pipe
        running.send_signal(number)
        assert running.wait(30) == status
    finally:
        running.kill()
        running.communicate()


@pytest.mark.slow
def test_one_round_says_what_it_left_to_a_window(demo: Shell) -> None:
    assert demo.run("sync", "--due").out == "no account is due yet\n"
    window = FileLock(demo.folder / locks.WINDOW)
    assert window.take()
    assert demo.told("sync", "--due")["left_to"] == "window"
    window.free()


@pytest.mark.slow
def test_a_failing_account_fails_the_round(empty: Shell, server: BotApi) -> None:
    connect(empty, server)
    server.stop()
    told = empty.told("sync", "--due", status=1)
    assert told["accounts"][0]["error"]


@pytest.mark.slow
def test_the_timer_says_what_it_wrote_and_how_to_start_it(demo: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(demo.folder.parent / "config"))
    told = demo.told("sync", "--timer", "--every", "15m")
    service, clock = map(Path, told["files"])
    assert service.parent == demo.folder.parent / "config" / "systemd" / "user"
    assert f'"--profile" "{demo.folder}" "sync" "--due"' in service.read_text("utf-8")
    assert "OnUnitActiveSec=900s" in clock.read_text("utf-8")
    assert told["on"] == f"systemctl --user enable --now {clock.name}"
    said = demo.run("sync", "--timer").out
    assert "Nothing runs yet." in said
    assert str(service) in said
    assert told["off"] in said


def test_a_folder_that_cannot_be_written_is_said(demo: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    (demo.folder.parent / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(demo.folder.parent / "file"))
    said = demo.run("sync", "--timer")
    assert said.status == 1
    assert "can't be written" in said.err


def test_the_usual_profile_has_the_plain_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert (tmp_path / "systemd/user/rapport-sync.timer").exists() is False
    timer.write(tmp_path / "rapport", 600)
    timer.write(tmp_path / "other", 600)
    names = {file.name for file in (tmp_path / "systemd/user").iterdir()}
    assert {"rapport-sync.timer", "rapport-sync.service"} < names
    assert len(names) == 4


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_what_is_written(tmp_path: Path) -> None:
    odd = tmp_path / 'a "b" 50% $HOME \\ é'
    texts = timer.units([sys.executable, str(HOUSE / "main.py"), "--profile", str(odd), "sync", "--due"], 600)
    for kind, text in texts.items():
        (tmp_path / f"rapport-sync.{kind}").write_text(text, "utf-8")
    files = [str(tmp_path / f"rapport-sync.{kind}") for kind in texts]
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *files], capture_output=True, encoding="utf-8", check=False, env=environ
    )
    assert "rapport-sync" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stderr
