"""What packaging/develop.py decides: what is missing, what to say, when to install again, what to run."""

from __future__ import annotations

import re
from pathlib import Path

import develop
import pytest

LINUX = "linux"
HOUSE = Path(develop.__file__).parent.parent


def test_without_a_screen_only_what_offscreen_needs_is_asked_for() -> None:
    assert set(develop.libraries({}, LINUX)) == set(develop.ALWAYS)


def test_a_screen_asks_for_its_own_libraries() -> None:
    assert "libxcb-cursor.so.0" in develop.libraries({"DISPLAY": ":0"}, LINUX)
    assert "libwayland-client.so.0" in develop.libraries({"WAYLAND_DISPLAY": "wayland-0"}, LINUX)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_bring_everything_along(system: str) -> None:
    assert develop.libraries({"DISPLAY": ":0"}, system) == {}
    assert develop.platform({}, system) == {}


def test_missing_names_each_package_once() -> None:
    wanted = {"a.so": "one", "b.so": "one", "c.so": "two", "d.so": "three"}
    assert develop.missing(wanted, lambda library: library == "c.so") == ["one", "three"]


def test_the_line_can_be_pasted() -> None:
    assert develop.install_line(["libgl1", "libegl1"]) == "sudo apt-get install -y libgl1 libegl1"


def test_offscreen_only_where_no_screen_is_named() -> None:
    assert develop.platform({}, LINUX) == {"QT_QPA_PLATFORM": "offscreen"}
    assert develop.platform({"DISPLAY": ":0"}, LINUX) == {}
    assert develop.platform({"WAYLAND_DISPLAY": "w"}, LINUX) == {}
    assert develop.platform({"QT_QPA_PLATFORM": "vnc"}, LINUX) == {}


def test_a_changed_pin_or_python_means_installing_again() -> None:
    was = develop.fingerprint([b"a==1", b"b==2"], (3, 11))
    assert was == develop.fingerprint([b"a==1", b"b==2"], (3, 11))
    assert was != develop.fingerprint([b"a==1", b"b==3"], (3, 11))
    assert was != develop.fingerprint([b"a==1", b"b==2"], (3, 12))


def test_everything_is_run_and_the_tests_close() -> None:
    steps = develop.steps("python", quick=False, chosen=[])
    assert [step.name for step in steps][:4] == ["style", "format", "types", "import rules"]
    assert steps[-1].name == "tests"
    assert [step.command[-2:] for step in steps if "tests.fuzz.run" in step.command] == [("--seconds", "5")]
    assert not steps[-1].also_fine


def test_quick_leaves_out_what_takes_long() -> None:
    steps = develop.steps("python", quick=True, chosen=[])
    assert "not bench and not slow" in steps[-1].command
    assert not [step for step in steps if "figures" in step.name]


def test_chosen_tests_run_alone() -> None:
    (step,) = develop.steps("python", quick=False, chosen=["tests/app", "-k", "fold"])
    assert step.command[-3:] == ("tests/app", "-k", "fold")


@pytest.mark.parametrize("pins", [develop.RUNTIME, develop.DEVELOPMENT])
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
    assert set(develop.ALWAYS.values()) <= set(line.split())


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
