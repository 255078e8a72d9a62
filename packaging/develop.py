"""From a bare system to the running workbench, and to passing tests, with one command each.

    python3 packaging/develop.py demo         opens the demo community
    python3 packaging/develop.py run ...      opens the workbench, or runs a command of it (import, list, export, ...)
    python3 packaging/develop.py test         checks everything: style, types, import rules, tests, figures
    python3 packaging/develop.py test --peers the channels against real servers that take minutes to install
    python3 packaging/develop.py fuzz         every reader on made inputs, two minutes each; `fuzz mail` one of them

Each first sees to the system libraries that Qt needs (installing them where it runs as root, naming the exact line
where it does not) and to `.venv` beside pyproject.toml with the pinned packages. Needs Python 3.11 and nothing else.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

OLDEST = (3, 11)
if sys.version_info < OLDEST:  # nothing above, and no syntax below, needs more than Python 3.6, so this is what is read
    msg = f"Rapport needs Python 3.11 or later; this is {sys.version.split()[0]}."
    raise SystemExit(msg)

from libraries import install_line, libraries, missing  # noqa: E402  an older Python could not read it

HOUSE = Path(__file__).resolve().parent.parent
VENV = HOUSE / ".venv"
STAMP = VENV / "pinned.sha256"
BYTECODE = VENV / "bytecode"
ICONS = HOUSE / "resources" / "icons"
RUNTIME = HOUSE / "packaging" / "requirements.txt"
EXTRAS = HOUSE / "packaging" / "requirements-extras.txt"
DEVELOPMENT = HOUSE / "packaging" / "requirements-dev.txt"
NOTHING_COLLECTED = 5
WORKERS = "3"
"""Processes for the tests: one more than the two cores that they are made for, since a third of the time is waiting."""
# Times that were missed are said in the report and no failure: they are those of the machine, and it may be a busy one.
# A size that was missed (bytes, memory, modules) has another status, and fails.
FIGURE_MISSED = 4
REPORT = "RAPPORT_REPORT"
RAN = "RAPPORT_RAN"
"""Names, in the environment of each step, the file in which it writes down what the end is to tell of."""

# Programs (or files) that some tests speak to, and the Debian package that holds each.
TEST_PROGRAMS = {
    "dovecot": "dovecot-imapd",
    "soffice": "libreoffice-calc-nogui",
    "gnome-keyring-daemon": "gnome-keyring",
    "dbus-daemon": "dbus",
    "dbus-send": "dbus",
    "openssl": "openssl",
    "mu": "maildir-utils",
    "sqlite3": "sqlite3",
    "php": "php-cli",
    "mariadbd": "mariadb-server-core",
    "mariadb-install-db": "mariadb-server-core",
    "/usr/share/wordpress/wp-settings.php": "wordpress",
    "gcc": "gcc",  # Isso wants a package that is compiled
    "python3-config": "python3-dev",
}
# What the real peers that start slowly want besides; the servers among them come from npm and the Python index.
PEER_PROGRAMS = {
    "npm": "npm",
    "make": "make",
    "g++": "g++",
    "redis-server": "redis-server",
    "pg_lsclusters": "postgresql",
    "thunderbird": "thunderbird",
    "apt-get": "apt",
    "dpkg": "dpkg",
    "curl": "curl",  # its library is what snac speaks with
}

UNSTEADY_MOST = 2
"""So many tests that failed among all the others are run once more, alone; see docs/decisions/0030."""
TESTS_FAILED = 1


class Step(NamedTuple):
    """One check of `test`: its name, its command, and the exit statuses besides 0 that are no failure.

    `alone` is the command for the tests that failed in it, named behind it; without one they have failed.
    """

    name: str
    command: tuple[str, ...]
    also_fine: tuple[int, ...] = ()
    alone: tuple[str, ...] = ()


class CannotGoOnError(Exception):
    """What the person has to do first; the text is the sentence to show."""


def platform(environ: Mapping[str, str], system: str) -> dict[str, str]:
    """What to add to the environment so that Qt finds a screen, or does without one; nothing where one is there."""
    seen = any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return {} if seen or system != "linux" else {"QT_QPA_PLATFORM": "offscreen"}


def fingerprint(lists: Iterable[bytes], version: Sequence[int]) -> str:
    """One line that changes with any pin or with the Python that the packages were installed for."""
    digest = hashlib.sha256(f"{version[0]}.{version[1]}".encode())
    for pins in lists:
        digest.update(pins)
    return digest.hexdigest()


def surroundings(environ: Mapping[str, str], report: Path) -> dict[str, str]:
    """The environment of each step of `test`: no screen, where to report to, and byte code that is kept in `.venv`.

    Compiling every module and test takes 8 s in each process of the tests, and many machines and containers that build
    say PYTHONDONTWRITEBYTECODE, so that nothing would be kept from one run to the next.
    """
    kept = {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(BYTECODE), REPORT: str(report)}


def steps(python: str, *, quick: bool, chosen: Sequence[str]) -> list[Step]:
    """The checks of `test` in their order; `chosen` goes to pytest, and then nothing else is run."""
    run = (python, "-m")
    # A worker that crashed is not replaced: pytest-xdist 3.8 then waits for ever for the tests that it had.
    pytest = (*run, "pytest", "-n", WORKERS, "--dist", "loadgroup", "--max-worker-restart", "0")
    if chosen:
        return [Step("tests", (*pytest, *chosen))]
    fast_steps = [
        Step("style", (*run, "ruff", "check", ".")),
        Step("format", (*run, "ruff", "format", "--check", ".")),
        Step("types", (*run, "mypy", "main.py", "app", "ui", "tests", "packaging")),
        Step("dependencies", (*run, "deptry", ".")),
        Step(
            "import rules", (python, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo")
        ),
    ]
    if quick:
        return [*fast_steps, Step("tests", (*pytest, "-m", "not bench", "--quick"))]
    alone = (*run, "pytest", "-n", "0", "-s", "-m", "bench")
    figures = (python, "tests/bench/run.py")
    return [
        *fast_steps,
        Step("figures", figures, also_fine=(FIGURE_MISSED,)),
        Step("figures that are tests", alone, also_fine=(NOTHING_COLLECTED,)),
        Step("made inputs", (*run, "tests.fuzz.run", "--seconds", "2", "--seed", "1")),
        Step("tests", (*pytest, "-m", "not bench"), alone=(*run, "pytest", "-n", "0", "-p", "no:randomly")),
    ]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _program(name: str) -> bool:
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
    return Path(name).exists() if name.startswith("/") else shutil.which(name, path=path) is not None


def _apt_install(packages: list[str]) -> None:
    print(f"Installing {' '.join(packages)} …", flush=True)
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *words], check=True, env=environ, stdout=subprocess.DEVNULL)


def see_to_system(*, tests: bool, peers: bool = False) -> None:
    """Installs the system's missing parts where that is allowed; else raises CannotGoOnError with the line to paste."""
    packages = missing(libraries(os.environ, sys.platform), _loads)
    if importlib.util.find_spec("ensurepip") is None:
        packages.append("python3-venv")
    root = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None
    if root and tests:
        packages += missing(TEST_PROGRAMS | (PEER_PROGRAMS if peers else {}), _program)
    if packages and root:
        _apt_install(packages)
    elif packages:
        line = install_line(packages)
        msg = f"This system lacks libraries that Rapport's window needs. Install them with:\n\n    {line}\n"
        raise CannotGoOnError(msg)


def see_to_packages(*, development: bool) -> str:
    """The path of the Python in `.venv`, after creating it and installing the pinned packages where that is due."""
    python = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    lists = [RUNTIME, DEVELOPMENT] if development else [RUNTIME]
    pins = [path.read_bytes() for path in (RUNTIME, EXTRAS, DEVELOPMENT)]
    everything = fingerprint(pins, sys.version_info[:2])
    wanted = everything if development else fingerprint(pins[:2], sys.version_info[:2])
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") in (wanted, everything) and _runs(python):
        return str(python)
    if not _runs(python):
        print("Creating .venv …", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
    print("Installing the pinned packages into .venv (once; about 150 MB) …", flush=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    for path in lists:
        install += ["--requirement", str(path)]
    if subprocess.run(install, check=False).returncode:
        msg = "The packages could not be installed: pip's words above say why. Check the network and run this again."
        raise CannotGoOnError(msg)
    if not development:
        _see_to_extras(str(python))
    STAMP.write_text(wanted, encoding="ascii")
    return str(python)


def _see_to_extras(python: str) -> None:
    """Install what Rapport can do without (spelling, spreadsheets); where this system has no such file, that is said.

    The tests' packages have them already.
    """
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    install += ["--only-binary", ":all:", "--requirement", str(EXTRAS)]
    if subprocess.run(install, check=False, capture_output=True).returncode:
        print("Spelling and .xlsx files are left out: there is no package of them for this system.", flush=True)


def see_to_icons(python: str, *, anew: bool) -> None:
    """Has the icons unpacked into `resources/icons`, where they are not or `anew` asks for it: 7 ms less at each start.

    Where the folder cannot be written to, that is said, and each start reads the package of the icons.
    """
    if anew or not ICONS.is_dir():
        subprocess.run([python, str(HOUSE / "packaging" / "icons.py"), str(ICONS)], check=False)


def _runs(python: Path) -> bool:
    if not python.exists():
        return False
    program = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return subprocess.run([python, "-c", program], check=False, capture_output=True).returncode == 0


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether main.py opens a window for these arguments; anything but --demo and --profile DIR is for the shell."""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--profile" and rest:
            rest.pop(0)
        elif word != "--demo" and not word.startswith("--profile="):
            return False
    return True


def run(python: str, arguments: Sequence[str]) -> int:
    """Becomes `main.py` with these arguments; a window without a screen opens offscreen, and a notice says so."""
    added = platform(os.environ, sys.platform)
    if added and opens_window(arguments):
        sys.stderr.write(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): the window opens offscreen.\n"
            "It runs, but nobody sees it; Ctrl+C closes it. Pictures of every page, after the tests' packages are in:\n"
            "    .venv/bin/python -m tests.ui.gallery FOLDER\n"
        )
    command = [python, str(HOUSE / "main.py"), *arguments]
    if os.name == "posix":
        os.execve(python, command, os.environ | added)  # noqa: S606  Ctrl+C and kill then reach the workbench itself
    return subprocess.run(command, check=False).returncode


def test(python: str, *, quick: bool, chosen: Sequence[str]) -> int:
    """Runs every check, the later ones too where an earlier one failed; 0 when all passed."""
    with tempfile.TemporaryDirectory(prefix="rapport-test-") as folder:
        report = Path(folder) / "report"
        failed = _failed(python, report, quick=quick, chosen=chosen)
        lines = report.read_text(encoding="utf-8").splitlines() if report.is_file() else []
    absent = missing(TEST_PROGRAMS, _program) if sys.platform == "linux" else []
    for line in summary(failed, lines, absent):
        print(line)
    return 1 if failed else 0


def _failed(python: str, report: Path, *, quick: bool, chosen: Sequence[str]) -> list[str]:
    """Runs every check; the names of those that failed."""
    environ = surroundings(os.environ, report)
    failed = []
    for step in steps(python, quick=quick, chosen=chosen):
        print(f"\n== {step.name}", flush=True)
        began = time.monotonic()
        status = subprocess.run(step.command, check=False, cwd=HOUSE, env=environ).returncode
        print(f"== {step.name}: {time.monotonic() - began:.0f} s", flush=True)
        if status not in (0, *step.also_fine) and not (status == TESTS_FAILED and _pass_alone(step, environ, report)):
            failed.append(step.name)
    return failed


def _pass_alone(step: Step, environ: Mapping[str, str], report: Path) -> bool:
    """Whether the few tests that failed in a step pass, when they are run once more by themselves.

    Where a worker crashed, what it left is run first. Then the report names those that failed as unsteady. Tests that
    fail again, or more than a few, have failed.
    """
    if not step.alone or not _rest_is_run(step, environ, report):
        return False
    names = list(dict.fromkeys(_noted(report, "failed")))
    if not 0 < len(names) <= UNSTEADY_MOST:
        return False
    print(f"\n== {step.name}: {' and '.join(names)}, once more and alone", flush=True)
    without = {name: value for name, value in environ.items() if name != REPORT}
    if subprocess.run((*step.alone, *names), check=False, cwd=HOUSE, env=without).returncode:
        return False
    with report.open("a", encoding="utf-8") as file:
        file.writelines(f"unsteady\t{name}\n" for name in names)
    return True


def _rest_is_run(step: Step, environ: Mapping[str, str], report: Path) -> bool:
    """Run what a worker left that crashed; False if that crashes too, or can't be run."""
    if not _noted(report, "crashed"):
        return True
    print(f"\n== {step.name}: a process of them crashed; those that it left", flush=True)
    more = {**environ, RAN: f"{report}.ran"}
    status = subprocess.run(step.command, check=False, cwd=HOUSE, env=more).returncode
    return status in (0, TESTS_FAILED) and len(_noted(report, "crashed")) == 1


def _noted(report: Path, what: str) -> list[str]:
    """What the report says of this, in order."""
    lines = report.read_text(encoding="utf-8").splitlines() if report.is_file() else []
    return [line.partition("\t")[2] for line in lines if line.startswith(f"{what}\t")]


def summary(failed: Sequence[str], report_lines: Iterable[str], absent: Sequence[str]) -> list[str]:
    """The last lines of `test`: what was skipped and how to have it run, the sizes that are too large, the verdict.

    `report_lines` say: `time` or `size` and a figure that was missed; `skipped`, how many tests, and how many of them
    for a program that is not installed; `slow`, how many were left out by `--quick`, and of what; `failed`, a test,
    `unsteady`, one of those, when it passed alone, and `crashed` that a process of the tests did.
    `absent` are the packages of those programs.
    """
    slow: list[tuple[str, str]] = []
    named: dict[str, list[str]] = {"time": [], "size": [], "unsteady": [], "failed": [], "crashed": []}
    skipped = lacking = 0
    for line in report_lines:
        kind, *facts = line.split("\t")
        if kind == "slow":
            count, name = facts
            slow.append((count, name))
        elif kind == "skipped":
            all_of_them, for_programs = facts
            skipped += int(all_of_them)
            lacking += int(for_programs)
        else:
            named[kind] += facts
    times, sizes = named["time"], named["size"]
    lines = [""]
    if slow:
        what = ", ".join(f"{count} of {name}" for count, name in slow)
        lines.append(
            f"Left out by --quick: {what}; the figures, the made inputs, and most examples of each Hypothesis test."
        )
        lines.append("`python3 packaging/develop.py test` runs all of them.")
    if skipped:
        rest = f"; {lacking} of them for programs that are not installed here" if lacking else ""
        lines.append(f"{_counted(skipped, 'test was', 'tests were')} skipped{rest}.")
    if lacking and absent:
        lines.append(f"To have those run, install the programs and run this again:\n\n    {install_line(absent)}\n")
    lines += [f"Unsteady: {name} failed among the others, and passed alone." for name in named["unsteady"]]
    if sizes:
        lines.append(f"Larger than allowed: {'; '.join(sizes)}.")
    missed = f"{_counted(len(times), 'figure', 'figures')} of time {'was' if len(times) == 1 else 'were'} missed"
    more = f"; {missed} on this machine: {'; '.join(times)}." if times else "."
    return [*lines, f"Failed: {', '.join(failed)}{more}" if failed else f"All checks passed{more}"]


def _counted(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def fuzz(python: str, words: Sequence[str]) -> int:
    """Runs the readers on made inputs, as `tests/fuzz/run.py` is asked to by these words; its exit status."""
    return subprocess.run([python, "-m", "tests.fuzz.run", *words], check=False, cwd=HOUSE).returncode


def _asked(words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    verbs = ask.add_subparsers(dest="verb", required=True)
    verbs.add_parser("demo", help="open the demo community")
    verbs.add_parser("run", help="open the workbench, or run one of its commands", add_help=False)
    checks = verbs.add_parser("test", help="check everything; further words go to pytest")
    checks.add_argument("--quick", action="store_true", help="leave out what takes long")
    checks.add_argument("--peers", action="store_true", help="only what speaks to real servers that start slowly")
    verbs.add_parser("fuzz", help="try every reader on made inputs, two minutes each", add_help=False)
    return ask.parse_known_args(words)


def main(words: Sequence[str]) -> int:
    """Does what the words ask; returns the exit status."""
    asked, rest = _asked(words)
    try:
        see_to_system(tests=asked.verb == "test", peers=getattr(asked, "peers", False))
        python = see_to_packages(development=asked.verb in ("test", "fuzz"))
        see_to_icons(python, anew=asked.verb == "test")
    except CannotGoOnError as error:
        print(error, file=sys.stderr)
        return 1
    if asked.verb == "test":
        peers = ["tests/app/channels", "tests/stories", "--peers", "-m", "peers", "-n", "0"] if asked.peers else []
        return test(python, quick=asked.quick, chosen=[*peers, *rest])
    if asked.verb == "fuzz":
        return fuzz(python, rest)
    return run(python, ["--demo", *rest] if asked.verb == "demo" else rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
