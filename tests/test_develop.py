"""What packaging/develop.py decides: which Python will do, what is missing, what to say, what to install and to run."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import develop
import libraries
import pytest

from tests.bench import bench_data, community, run
from tests.bench.measure import Result

LINUX = "linux"
HOUSE = Path(develop.__file__).parent.parent


def test_without_a_screen_only_what_offscreen_needs_is_asked_for() -> None:
    assert set(libraries.libraries({}, LINUX)) == set(libraries.ALWAYS)


def test_a_screen_asks_for_its_own_libraries() -> None:
    assert "libxcb-cursor.so.0" in libraries.libraries({"DISPLAY": ":0"}, LINUX)
    assert "libwayland-client.so.0" in libraries.libraries({"WAYLAND_DISPLAY": "wayland-0"}, LINUX)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_bring_everything_along(system: str) -> None:
    assert libraries.libraries({"DISPLAY": ":0"}, system) == {}
    assert develop.platform({}, system) == {}


def test_missing_names_each_package_once() -> None:
    wanted = {"a.so": "one", "b.so": "one", "c.so": "two", "d.so": "three"}
    assert libraries.missing(wanted, lambda library: library == "c.so") == ["one", "three"]


def test_the_line_can_be_pasted() -> None:
    assert libraries.install_line(["libgl1", "libegl1"]) == "sudo apt-get install -y libgl1 libegl1"


def _older() -> list[str]:
    """The Pythons of this machine that are too old for Rapport, by their programs."""
    beside = [str(path) for path in Path.home().glob(".pyenv/versions/3.*/bin/python")]
    known = [shutil.which(f"python3.{minor}") for minor in range(6, 11)]
    by_name = [path for path in beside if int(Path(path).parts[-3].split(".")[1]) in range(6, 11)]
    return sorted({path for path in (*known, *by_name) if path and "shims" not in Path(path).parts})


@pytest.mark.skipif(not _older(), reason="every Python here is new enough")
def test_an_older_python_is_refused_in_one_sentence() -> None:
    for program in _older():
        command = [program, develop.__file__, "demo"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        said = r"Rapport needs Python 3\.11 or later; this is 3\.(6|7|8|9|10)\.\d+\.\n"
        assert re.fullmatch(said, done.stderr), (program, done.stderr)
        assert done.returncode == 1


def test_what_an_older_python_reads_asks_for_nothing_newer() -> None:
    head: list[ast.stmt] = []
    for statement in ast.parse(Path(develop.__file__).read_text(encoding="utf-8"), feature_version=(3, 7)).body:
        if isinstance(statement, ast.If):
            break
        head.append(statement)
    named = {one.module for one in head if isinstance(one, ast.ImportFrom)}
    assert named == {"collections.abc", "pathlib", "typing"}  # 3.6 has neither __future__ annotations nor dataclasses
    assert len(head) < 20


def test_offscreen_only_where_no_screen_is_named() -> None:
    assert develop.platform({}, LINUX) == {"QT_QPA_PLATFORM": "offscreen"}
    assert develop.platform({"DISPLAY": ":0"}, LINUX) == {}
    assert develop.platform({"WAYLAND_DISPLAY": "w"}, LINUX) == {}
    assert develop.platform({"QT_QPA_PLATFORM": "vnc"}, LINUX) == {}


@pytest.mark.skipif(sys.platform != LINUX, reason="only there a screen can be missing")
@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        ([], "There is no screen here"),
        (["--demo"], "There is no screen here"),
        (["--profile", "list"], "There is no screen here"),
        (["--profile=here"], "There is no screen here"),
        (["list", "--json"], ""),
        (["--profile", "here", "sync"], ""),
        (["--help"], ""),
    ],
)
def test_without_a_screen_only_a_window_is_noticed_and_never_on_standard_output(
    arguments: list[str], beginning: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "execve", lambda *_: None)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0))
    develop.run("python", arguments)
    written = capsys.readouterr()
    assert written.out == ""  # a script reads what a command prints there, JSON for one
    assert written.err[:23] == beginning


@pytest.mark.slow
def test_icons_are_unpacked_where_they_are_missing_and_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(develop, "ICONS", tmp_path / "icons")
    develop.see_to_icons(sys.executable, anew=False)
    gift = tmp_path / "icons" / "gift.svg"
    gift.unlink()
    develop.see_to_icons(sys.executable, anew=False)
    assert not gift.exists()
    develop.see_to_icons(sys.executable, anew=True)
    assert gift.exists()
    assert capfd.readouterr().err == ""
    (tmp_path / "file").touch()
    monkeypatch.setattr(develop, "ICONS", tmp_path / "file" / "icons")
    develop.see_to_icons(sys.executable, anew=False)
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("The icons were not unpacked")


def test_a_changed_pin_or_python_means_installing_again() -> None:
    was = develop.fingerprint([b"a==1", b"b==2"], (3, 11))
    assert was == develop.fingerprint([b"a==1", b"b==2"], (3, 11))
    assert was != develop.fingerprint([b"a==1", b"b==3"], (3, 11))
    assert was != develop.fingerprint([b"a==1", b"b==2"], (3, 12))


def test_everything_is_run_and_the_tests_close() -> None:
    steps = develop.steps("python", quick=False, chosen=[])
    assert [step.name for step in steps][:5] == ["style", "format", "types", "dependencies", "import rules"]
    assert steps[-1].name == "tests"
    made = [step.command[3:] for step in steps if "tests.fuzz.run" in step.command]
    assert made == [("--seconds", "2", "--seed", "1")]
    assert not steps[-1].also_fine


def test_a_size_that_is_missed_fails_and_a_time_does_not() -> None:
    figures = next(step for step in develop.steps("python", quick=False, chosen=[]) if step.name == "figures")
    assert figures.also_fine == (run.MISSED,)
    assert run.TOO_MUCH not in (0, *figures.also_fine)


SLOW, FEW = Result("slow", 3, "ms", at_most=2), Result("few", 3, "/s", at_least=9)
HEAVY, MODULES = Result("heavy", 801, "bytes", at_most=800), Result("modules", 1, "", at_most=0)
WELL = (Result("fast", 1, "ms", at_most=2), Result("plain", 9, "ms"), Result("light", 800, "bytes", at_most=800))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("figures", "status", "report"),
    [
        (WELL, 0, ""),
        ((*WELL, SLOW, FEW), run.MISSED, "time\tslow\ntime\tfew\n"),
        ((HEAVY,), run.TOO_MUCH, "size\theavy\n"),
        ((SLOW, MODULES, *WELL), run.TOO_MUCH, "time\tslow\nsize\tmodules\n"),
        ((Result("fat", 111, "MB", at_most=110),), run.TOO_MUCH, "size\tfat\n"),
    ],
)
def test_the_figures_say_by_their_status_what_was_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: tuple[Result, ...], status: int, report: str
) -> None:
    told = tmp_path / "report"
    monkeypatch.setenv(develop.REPORT, str(told))
    monkeypatch.setattr(run, "BENCHES", {"some": lambda *_: iter(figures)})
    assert run.main(["--size", "20"]) == status
    assert (told.read_text(encoding="utf-8") if told.exists() else "") == report


def test_a_message_weighs_what_was_decided(tmp_path: Path) -> None:
    with closing(community.bench(tmp_path, 20)) as bench:
        (small,), (large,) = bench_data.disk(bench, 20), bench_data.disk(bench, 100_000)
    assert (small.at_most, large.at_most, large.is_time) == (None, 800, False)


def test_the_last_line_tells_what_passed_and_how_many_times_were_missed() -> None:
    assert develop.summary([], [], ["php-cli"]) == ["", "All checks passed."]
    times = ["time\tsearch, p95", "time\tstart"]
    assert develop.summary([], times, [])[-1] == (
        "All checks passed; 2 figures of time were missed on this machine: search, p95; start."
    )
    assert (
        develop.summary([], times[1:], [])[-1]
        == "All checks passed; 1 figure of time was missed on this machine: start."
    )
    lines = develop.summary(["types", "figures"], [*times[1:], "size\tdisk a message"], [])
    assert lines == [
        "",
        "Larger than allowed: disk a message.",
        "Failed: types, figures; 1 figure of time was missed on this machine: start.",
    ]


_FAILS = """
import pathlib
def test_{name}():
    seen = pathlib.Path(__file__).with_suffix(".{name}")
    before = len(seen.read_text()) if seen.is_file() else 0
    seen.write_text("x" * (before + 1))
    assert before >= {passes_after}
"""


@pytest.mark.parametrize(
    ("passes_after", "count", "fails"),
    [(1, 1, False), (1, develop.UNSTEADY_MOST, False), (2, 1, True), (1, develop.UNSTEADY_MOST + 1, True)],
)
def test_a_few_tests_that_fail_are_run_once_more_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], passes_after: int, count: int,
    *, fails: bool,
) -> None:  # fmt: skip
    shutil.copy(HOUSE / "tests" / "conftest.py", tmp_path / "conftest.py")
    tests = "".join(_FAILS.format(name=f"n{number}", passes_after=passes_after) for number in range(count))
    (tmp_path / "test_them.py").write_text(f"{tests}\ndef test_well(): pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow\n  bench\n  servers\n  peers\n", encoding="utf-8")
    run = (sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider")
    step = develop.Step("tests", (*run, str(tmp_path)), alone=run)
    monkeypatch.setattr(develop, "steps", lambda *_given, **_named: [step])
    monkeypatch.setattr(develop, "HOUSE", tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(HOUSE))
    assert develop.test(sys.executable, quick=False, chosen=[]) == int(fails)
    unsteady = [line for line in capfd.readouterr().out.splitlines() if line.startswith("Unsteady: ")]
    assert len(unsteady) == (0 if fails else count)
    assert fails or unsteady[0] == "Unsteady: test_them.py::test_n0 failed among the others, and passed alone."


_CRASHES = """
import os, pathlib, pytest, signal
@pytest.mark.parametrize("number", range(30))
def test_many(number):
    ran = pathlib.Path(__file__).with_name("ran")
    with ran.open("a") as file:
        file.write(f"{number}\\n")
    once = pathlib.Path(__file__).with_name("once")
    if number == 11 and (not once.exists() or once.read_text() == "always"):
        once.exists() or once.write_text("seen")
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.parametrize("again", [False, True])
def test_what_a_crashed_process_left_is_run_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *, again: bool
) -> None:
    shutil.copy(HOUSE / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_them.py").write_text(_CRASHES, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow\n  bench\n  servers\n  peers\n", encoding="utf-8")
    if again:
        (tmp_path / "once").write_text("always", encoding="utf-8")
    run = (sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider")
    many = (*run, "-n", "2", "--max-worker-restart", "0", str(tmp_path))
    monkeypatch.setattr(develop, "steps", lambda *_given, **_named: [develop.Step("tests", many, alone=run)])
    monkeypatch.setattr(develop, "HOUSE", tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(HOUSE))
    assert develop.test(sys.executable, quick=False, chosen=[]) == int(again)
    said = capfd.readouterr().out
    assert "a process of them crashed; those that it left" in said
    ran = set((tmp_path / "ran").read_text().split())
    assert again or ran == {str(number) for number in range(30)}
    assert again or "Unsteady: test_them.py::test_many[11] failed among the others, and passed alone." in said


def test_only_the_whole_of_the_tests_forgives() -> None:
    assert [step.name for step in develop.steps("python", quick=False, chosen=[]) if step.alone] == ["tests"]
    assert not [step for step in develop.steps("python", quick=True, chosen=[]) if step.alone]
    assert not [step for step in develop.steps("python", quick=False, chosen=["tests/app"]) if step.alone]


def test_what_was_skipped_is_counted_and_how_to_run_it_is_said() -> None:
    lines = develop.summary([], ["skipped\t43\t40", "skipped\t2\t0"], ["dovecot-imapd", "php-cli"])
    assert lines[1] == "45 tests were skipped; 40 of them for programs that are not installed here."
    assert "    sudo apt-get install -y dovecot-imapd php-cli\n" in lines[2]
    assert lines[-1] == "All checks passed."
    assert develop.summary([], ["skipped\t1\t0"], ["php-cli"]) == ["", "1 test was skipped.", "All checks passed."]


def test_byte_code_is_kept_where_the_machine_asks_for_none(tmp_path: Path) -> None:
    environ = develop.surroundings({**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, tmp_path / "report")
    program = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environ)
    assert run.stdout.split() == ["False", str(develop.BYTECODE)]
    assert (environ[develop.REPORT], environ["QT_QPA_PLATFORM"]) == (str(tmp_path / "report"), "offscreen")


def test_quick_leaves_out_what_takes_long() -> None:
    steps = develop.steps("python", quick=True, chosen=[])
    assert steps[-1].command[-3:] == ("-m", "not bench", "--quick")
    assert not [step for step in steps if "figures" in step.name]


def test_what_quick_leaves_out_is_named_with_the_way_to_it() -> None:
    lines = develop.summary([], ["slow\t12\ttests/kill", "slow\t1\ttests/stories"], [])
    assert lines[1].startswith("Left out by --quick: 12 of tests/kill, 1 of tests/stories; the figures,")
    assert lines[2] == "`python3 packaging/develop.py test` runs all of them."
    assert lines[-1] == "All checks passed."


def test_chosen_tests_run_alone() -> None:
    (step,) = develop.steps("python", quick=False, chosen=["tests/app", "-k", "fold"])
    assert step.command[-3:] == ("tests/app", "-k", "fold")


@pytest.mark.parametrize("pins", [develop.RUNTIME, develop.EXTRAS, develop.DEVELOPMENT])
def test_every_pin_has_hashes_and_no_index_is_named(pins: Path) -> None:
    text = pins.read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index-url" not in text


def test_the_readme_names_the_line_that_a_bare_system_needs() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.strip().startswith("sudo apt-get install"))
    assert set(libraries.ALWAYS.values()) <= set(line.split())


def test_the_notices_name_every_package_that_is_shipped() -> None:
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==", develop.RUNTIME.read_text(encoding="utf-8"), re.MULTILINE)
    notices = (HOUSE / "packaging" / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8")
    assert pinned == re.findall(r"^\| ([a-z0-9][a-z0-9._-]*) \|", notices, re.MULTILINE)[1:]


def test_every_program_that_a_test_asks_for_gets_installed() -> None:
    marks = [
        re.findall(r"mark\.servers\(([^)]*)\)", path.read_text("utf-8")) for path in (HOUSE / "tests").rglob("*.py")
    ]
    asked = {name for found in marks for words in found for name in re.findall(r"\"([^\"]+)\"", words)}
    assert asked <= set(develop.TEST_PROGRAMS | develop.PEER_PROGRAMS)
