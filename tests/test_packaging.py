"""What is installed: one package that holds everything, and that runs with nothing of the checkout in reach."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import icons
import pytest

from app import VERSION
from app.channels.registry import assistable, connectable
from ui.look import icons as look

HOUSE = Path(__file__).parent.parent
HOLDS = ("app", "ui", "resources")
_NAME = re.compile(r"[a-z][a-z0-9-]+")
# In the installed program's Python: Lucide's package cannot be imported, as where only a wheel was installed.
_NO_LUCIDE = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name == "justmyresource_lucide":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
"""
_TOUR = """
import sys, time
import rapport
sys.path.insert(0, rapport.__path__[0])
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.base.paths import profile
from ui.frame.registry import pages
from ui.shell.application import Application
demo = Application(profile(sys.argv[1]), demo=True)
window = demo.start()
for entry in pages():
    window.go(entry.id)
    until = time.monotonic() + 0.2
    while time.monotonic() < until:
        QApplication.processEvents()
    window.grab()
demo.close()
from app.accounts import guide
words = guide.for_channel(guide.page(), None)
assert all((guide.folder() / name).is_file() for name in guide.pictures(words)), guide.folder()
print(len(pages()), Path(sys.modules["app"].__file__).parent.parent == Path(rapport.__path__[0]))
"""


def _asked(path: Path) -> Iterator[ast.expr]:
    """Where a file of the screen names an icon by what it calls: `icons.draw(painter, HERE, ...)`, `icon=HERE`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "icon":
            yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "icons":
                at = {"draw": 1, "icon": 0, "pixmap": 0, "source": 0}.get(node.func.attr)
                if at is not None:
                    yield node.args[at]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Icon" and node.args:
            yield node.args[0]


def _drawn() -> set[str]:
    """The icons that the screen names where it draws, and those of the channels' own signs."""
    asked = [one for path in (HOUSE / "ui").rglob("*.py") for one in _asked(path)]
    words = [part.value for one in asked for part in ast.walk(one) if isinstance(part, ast.Constant)]
    signs = [one.icon for one in [*connectable(), *assistable()]]
    return {word for word in [*words, *signs] if isinstance(word, str) and _NAME.fullmatch(word)}


@pytest.mark.slow
def test_every_icon_that_is_drawn_is_packed() -> None:
    with ZipFile(icons.archive()) as lucide:
        offered = {name.removesuffix(".svg") for name in lucide.namelist()}
    drawn = _drawn() - {"rapport"}
    assert len(drawn) > 40
    assert drawn - offered == set(), "Lucide has no icon of this name"
    assert drawn - icons.used(offered) == set()


@pytest.mark.slow
def test_no_name_of_an_icon_is_put_together() -> None:
    asked = [(path, one) for path in (HOUSE / "ui").rglob("*.py") for one in _asked(path)]
    put = [f"{path}:{one.lineno}" for path, one in asked if any(isinstance(x, ast.JoinedStr) for x in ast.walk(one))]
    assert not put, "packaging/icons.py packs names that are written out"


def test_an_icon_is_the_same_unpacked_as_out_of_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert icons.write(tmp_path / "icons") == len(list((tmp_path / "icons").glob("*.svg"))) > 80
    assert "Lucide Contributors" in (tmp_path / "icons" / "LICENSE").read_text("utf-8")
    monkeypatch.setattr("app.base.resources.ROOT", tmp_path)
    for name in ("gift", "chevron-down"):
        assert look.source.__wrapped__(name) == look._packaged(name)
    (tmp_path / "icons" / "gift.svg").write_text("<svg/>", "utf-8")
    assert look.source.__wrapped__("gift") == "<svg/>"
    (tmp_path / "icons" / "gift.svg").unlink()
    assert look.source.__wrapped__("gift") == look._packaged("gift")
    with pytest.raises(KeyError):
        look.source.__wrapped__("no such drawing")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as `python -m build` does, from the source archive and with no network."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(HOUSE))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel in it, which sees the packages of this one."""
    made = tmp_path_factory.mktemp("installed")
    venv.create(made, with_pip=False, symlinks=os.name == "posix")
    found = made / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", str(found / "python"), "install", "--quiet")
    _run(*pip, "--no-index", "--no-deps", "--disable-pip-version-check", str(wheel))
    packages = _packages(found)
    assert sorted(path.name for path in packages.iterdir()) == ["rapport", f"rapport-{VERSION}.dist-info"]
    (packages / "no_lucide.py").write_text(_NO_LUCIDE, "utf-8")
    (packages / "house.pth").write_text(f"{sysconfig.get_path('purelib')}\nimport no_lucide\n", "utf-8")
    return found


def _packages(programs: Path) -> Path:
    home = str(programs.parent)
    return Path(sysconfig.get_path("purelib", "venv", {"base": home, "platbase": home}))


def _run(*command: str, folder: Path | None = None) -> str:
    """What the command prints; it has to succeed."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environ.pop("PYTHONPATH", None)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environ, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_holds_everything_in_one_package(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        names = set(opened.namelist())
        offered = {name.removesuffix(".svg") for name in ZipFile(icons.archive()).namelist()}
    assert {name.partition("/")[0] for name in names} == {"rapport", f"rapport-{VERSION}.dist-info"}
    files = [path for part in HOLDS for path in (HOUSE / part).rglob("*") if path.is_file()]
    own = {path.relative_to(HOUSE).as_posix() for path in files if "__pycache__" not in path.parts}
    own = {name for name in own if not name.startswith("resources/icons/")}
    assert any(name.endswith(".sql") for name in own)
    assert {f"rapport/{name}" for name in (*own, "main.py", "packaging/libraries.py")} <= names
    assert {f"rapport/resources/icons/{name}.svg" for name in icons.used(offered)} <= names
    assert "rapport/resources/icons/LICENSE" in names
    documents = {name.removeprefix("rapport/") for name in names if name.startswith("rapport/docs/")}
    page = (HOUSE / "docs" / "connecting.md").read_text("utf-8")
    shown = {f"docs/{name}" for name in re.findall(r"\]\(([^)]+\.png)\)", page)}
    assert {"docs/connecting.md", *shown} <= documents
    assert all((HOUSE / name).is_file() for name in documents)
    licences = {name.rpartition("/")[2] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "THIRD-PARTY-NOTICES.md"}


@pytest.mark.slow
def test_the_installed_command_does_what_main_does(programs: Path, tmp_path: Path) -> None:
    command, folder = str(programs / "rapport"), str(tmp_path / "community")
    assert _run(command, "--version", folder=tmp_path) == f"Rapport {VERSION}\n"
    assert _run(str(programs / "python"), "-m", "rapport", "--version", folder=tmp_path) == f"Rapport {VERSION}\n"
    _run(command, "demo", folder, folder=tmp_path)
    assert len(json.loads(_run(command, "--profile", folder, "list", "--json", folder=tmp_path))) > 10
    assert json.loads(_run(command, "--profile", folder, "check", "--json", folder=tmp_path))["sound"]


@pytest.mark.slow
def test_the_installed_window_shows_every_page_without_the_package_of_the_icons(programs: Path, tmp_path: Path) -> None:
    shown, inside = _run(str(programs / "python"), "-c", _TOUR, str(tmp_path / "own"), folder=tmp_path).split()
    assert (int(shown) > 6, inside) == (True, "True")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals to other processes")
def test_the_installed_demo_opens(programs: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)}
    command = [str(programs / "rapport"), "--demo"]
    child = subprocess.Popen(command, env=environ, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert child.stderr is not None
    assert "The workbench is open" in child.stderr.readline()
    child.send_signal(signal.SIGTERM)
    _, err = child.communicate(timeout=60)
    assert "Traceback" not in err
