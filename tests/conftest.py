"""What holds for every test: nothing of this machine's owner is touched, and no error passes unseen."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from app.base import paths
from app.safety import log
from app.store import migrations
from app.store.connection import open_connection
from app.store.sqlite import Connection, scalar
from app.wordforms.forms import shapes_of
from tests.examples import QUICK
from tests.once import once, shared_folder

if TYPE_CHECKING:
    from tests.disks import Disk
    from tests.servers.domains import Domains
    from tests.servers.door import Door
    from tests.servers.identity import Identity
    from tests.servers.mail import MailServer
    from tests.servers.wordpress import WordPress

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["RAPPORT_DICTIONARIES"] = ""  # those of this machine are no part of a test
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

QUICK_EXAMPLES, QUICK_CASES = 10, 1
_SERVERS = frozenset({"post", "signing", "blog"})
"""The fixtures that start a real server for the whole run."""
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("house"), max_examples=QUICK_EXAMPLES)
settings.load_profile("house")

NOT_INSTALLED = "not installed here"
CI = os.environ.get("CI", "").lower() in {"1", "true"}


gc.disable()  # on a worker's thread it would take windows apart, and the process with them: see ui/shell/garbage.py


def pytest_runtest_teardown() -> None:
    """What a test leaves is looked for on the thread that made it."""
    gc.collect(1)


def has_program(name: str) -> bool:
    """Whether this program, or file, is on the machine; servers live in sbin, which is not on everybody's PATH."""
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
    return Path(name).exists() if name.startswith("/") else shutil.which(name, path=path) is not None


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--peers` lets the tests run that speak to slow real servers; `--quick` leaves out what is slow."""
    parser.addoption("--peers", action="store_true", help="run the tests that need real servers which start slowly")
    parser.addoption("--quick", action="store_true", help="leave out what is slow, try fewer examples of each property")


def pytest_configure(config: pytest.Config) -> None:
    """Under `--quick` properties are tried on fewer examples, and commands run within this process."""
    if config.getoption("--quick"):
        os.environ[QUICK] = "1"
        settings.load_profile("quick")


_crashed = False
"""Whether a worker crashed in this run."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what needs slow servers, unless `--peers` asks for it, and what is slow where `--quick` does.

    Of a test with many cases `--quick` runs one, another each time, for the order is random. Tests that speak to the
    same real server go to one process, so that it is started once.
    """
    for item in items:
        for name in sorted(_SERVERS.intersection(getattr(item, "fixturenames", ()))):
            item.add_marker(pytest.mark.xdist_group(name))
    if config.getoption("--quick"):
        for item in _further_cases(items):
            item.add_marker("slow")
    unwanted = set() if config.getoption("--peers") else {"peers"}
    unwanted |= {"slow"} if config.getoption("--quick") else set()
    left_out = [item for item in items if any(map(item.get_closest_marker, unwanted))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not any(map(item.get_closest_marker, unwanted))]
    ran = os.environ.get("RAPPORT_RAN")
    if ran:  # the rest of a run in which a worker crashed
        done = set(Path(ran).read_text(encoding="utf-8").splitlines())
        items[:] = [item for item in items if item.nodeid not in done]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """Notes that a worker crashed: what was left to it has not been run."""
    del node
    global _crashed  # noqa: PLW0603  the run's own
    _crashed = _crashed or bool(error)


def _further_cases(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Every case of a test but the first few; a test of the channels' contract has a case for each channel."""
    cases: Counter[tuple[str, str]] = Counter()
    for item in items:
        test = getattr(item, "function", None)
        name = (test.__module__, test.__qualname__) if test is not None else ("", item.nodeid)
        cases[name] += 1
        if cases[name] > QUICK_CASES:
            yield item


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Writes down what `--quick` leaves out, by folder, for `develop.py test`; of several workers the first does."""
    path = os.environ.get("RAPPORT_REPORT")
    left_out = [item for item in items if item.get_closest_marker("slow") and not item.get_closest_marker("peers")]
    if path and left_out and os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        folders = Counter(item.path.parent.relative_to(item.config.rootpath).as_posix() for item in left_out)
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(f"slow\t{count}\t{name}\n" for name, count in sorted(folders.items()))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that speaks to a real program is skipped where that is absent; under CI nothing may be absent."""
    for marker in item.iter_markers("servers"):
        absent = [name for name in marker.args if not has_program(name)]
        if absent and CI:
            pytest.fail(f"{', '.join(absent)} must be installed under CI", pytrace=False)
        if absent:
            command = "test --peers" if item.get_closest_marker("peers") else "test"
            words = f"`python3 packaging/develop.py {command}` as root installs it"
            pytest.skip(f"{', '.join(absent)} {NOT_INSTALLED}: {words}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Writes down which tests failed and how many were skipped, for `develop.py test`, which sums up at the end."""
    worker = hasattr(terminalreporter.config, "workerinput")
    path = None if worker else os.environ.get("RAPPORT_REPORT")
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())]
    wrong = {report.nodeid for key in ("failed", "error") for report in terminalreporter.stats.get(key, ())}
    if path and wrong:
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(f"failed\t{name}\n" for name in sorted(wrong))
    if path and _crashed:
        ran = [
            report.nodeid for every in terminalreporter.stats.values() for report in every if hasattr(report, "when")
        ]
        Path(f"{path}.ran").write_text("\n".join(dict.fromkeys([*ran, *wrong])), encoding="utf-8")
        with Path(path).open("a", encoding="utf-8") as file:
            file.write("crashed\t\n")
    if path and reasons:
        lacking = sum(NOT_INSTALLED in reason for reason in reasons)
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"skipped\t{len(reasons)}\t{lacking}\n")


class _Caught(logging.Handler):
    """Gathers, as text, what was logged as ERROR, what went to our log of mistakes, what ended in sys.excepthook."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(self.format(record))

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.seen.append("".join(traceback.format_exception(kind, error, trace)))

    def mistake(self, error: BaseException, during: str = "") -> str:
        self.hook(type(error), error, error.__traceback__)
        return _entry(error, during)


_entry = log.entry


@pytest.fixture(autouse=True)
def no_error_unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fails a test that logs an error or loses an exception in a Qt slot, unless it is marked `expects_errors`.

    Exceptions in threads and in `__del__` come as pytest's own warnings, and those are errors by pyproject.toml.
    """
    caught = _Caught()
    monkeypatch.setattr(sys, "excepthook", caught.hook)
    monkeypatch.setattr(log, "entry", caught.mistake)
    root = logging.getLogger()
    before = list(root.handlers)
    root.addHandler(caught)
    yield caught.seen
    for handler in [one for one in root.handlers if one not in before]:  # a window's log too: it tells of each error
        root.removeHandler(handler)
    if caught.seen and request.node.get_closest_marker("expects_errors") is None:
        pytest.fail("Errors that no test expected:\n\n" + "\n\n".join(caught.seen), pytrace=False)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's own folders are out of reach: every default place is an empty folder of this test."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("RAPPORT_PROFILE", str(home / "profile"))


@pytest.fixture(scope="session", autouse=True)
def languages_read() -> None:
    """The tables of words of all languages are read: else the first test with a draft in one sees no finding at once.

    What the window does until they are read is tested where `is_ready` says no.
    """
    for code in ("is", "hu", "cs", "el", "en"):
        shapes_of("sítróna", code)


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A community's file as the product makes it, every step of its schema run, made once in a run to copy from."""
    return once(shared_folder(tmp_path_factory, worker_id) / "laid_out", _lay_out) / "file"


def _lay_out(folder: Path) -> None:
    with closing(open_connection(folder / "file")) as conn:
        migrations.migrate(conn)


@pytest.fixture(autouse=True)
def copied_schema(laid_out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file takes its schema from `laid_out`: to run the steps takes 80 ms, and half of all tests want a file.

    A file that has a schema migrates as ever; so does all that runs in a process of its own, and all in tests/app/store
    and tests/profiles, which are about the steps.
    """

    def migrate(conn: Connection) -> None:
        if scalar(conn, "SELECT count(*) FROM sqlite_schema"):
            stepwise(conn)
            return
        with closing(open_connection(laid_out, writable=False)) as ready:
            ready.backup(conn)

    stepwise = migrations.migrate
    monkeypatch.setattr(migrations, "migrate", migrate)


@pytest.fixture
def profile(tmp_path: Path) -> paths.Profile:
    """A profile in a folder of this test alone; nothing is in it yet."""
    return paths.profile(tmp_path / "profile")


@pytest.fixture(scope="session")
def post() -> Iterator[MailServer]:
    """A real Dovecot and a real SMTP server; each test takes a name of its own there."""
    from tests.servers import mail  # noqa: PLC0415  it needs a Unix, and only those who ask for it do

    with mail.running() as running:
        yield running


@pytest.fixture(scope="session")
def signing() -> Iterator[tuple[Identity, MailServer]]:
    """An identity provider, played, and the two mail servers, which take its tokens; `begin` it before each test."""
    from tests.servers import mail  # noqa: PLC0415  as above
    from tests.servers.identity import Identity  # noqa: PLC0415  as above

    identity = Identity()
    with mail.running(identity.url) as running:
        yield identity, running
    identity.stop()


@pytest.fixture(scope="session")
def blog() -> Iterator[WordPress]:
    """A real WordPress; `desk("clear")` empties it."""
    from tests.servers import wordpress  # noqa: PLC0415  as above

    with wordpress.running() as running:
        yield running


@pytest.fixture
def domains() -> Iterator[Domains]:
    """The DNS and the web pages by which mail servers are found, played."""
    from tests.servers.domains import played  # noqa: PLC0415  as above

    with played() as made:
        yield made


@pytest.fixture
def door() -> Iterator[Door]:
    """The login of a Mastodon server, played."""
    from tests.servers.door import Door  # noqa: PLC0415  as above

    made = Door()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo community's folder, made once in a run: to copy from, or to read where nothing is written."""
    return once(shared_folder(tmp_path_factory, worker_id) / "planted", _plant)


def _plant(folder: Path) -> None:
    from app.demo import build  # noqa: PLC0415  half the tests need none

    build(paths.Profile(folder))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of eight megabytes, which can be filled; tests with it are skipped where nobody may mount one."""
    from tests.disks import small_disk  # noqa: PLC0415  few tests need one

    with small_disk(tmp_path / "disk", 8) as made:
        yield made


@pytest.fixture
def demo_profile(planted: Path, profile: paths.Profile) -> paths.Profile:
    """A profile of this test alone that holds the demo community."""
    shutil.copytree(planted, profile.folder, dirs_exist_ok=True)
    return profile
