"""A channel is one folder: what is peculiar to it is written there, and nowhere else."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import channels
from app.accounts import assistable, connectable
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.channels import registry
from app.imports import mapping
from app.imports.mapping import Layout
from app.imports.rows import Reader
from app.inbox import ConversationRow
from app.intake import notices
from app.outbox import make_key
from app.workbench import Workbench
from ui.look import icons
from ui.pages.accounts.chooser import Chooser
from ui.pages.accounts.words import line
from ui.pages.inbox.conversation_model import account_name
from ui.shared import channel_names

HOUSE = Path(__file__).parents[2]
STAND = """
from app.channels.channel import Can, Channel, Field

CHANNEL = Channel(
    kind="lemonstand", title="Lemon Stand", fields=(Field("site", "Site"),), can=Can(), icon="citrus", short="Stand",
    line="What is called over the counter", by_address=True, private_by_default=True, message_ids=True, also=("booth",),
    own_export=("what i called",), members_export=("regular", "favourite"), notice_domains=("stand.example",),
    hosts=("stand.example",),
)
"""


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The kind of a channel that is one folder, and no line anywhere else."""
    folder = tmp_path / "lemonstand"
    folder.mkdir()
    (folder / "__init__.py").write_text(STAND, "utf-8")
    monkeypatch.setattr(channels, "__path__", [*channels.__path__, str(tmp_path)])
    _forget()
    yield "lemonstand"
    monkeypatch.undo()
    sys.modules.pop("app.channels.lemonstand", None)
    _forget()


def _forget() -> None:
    for kept in (registry.channel, mapping._kinds, notices._domains):
        kept.cache_clear()


@pytest.fixture
def row(stand: str, tmp_path: Path) -> Iterator[ConversationRow]:
    """A row of the inbox's list, of an account there that is called by its address."""
    bench = Workbench(Profile(tmp_path / "profile"))
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, created_at) VALUES (1, ?, 'hello@stand.example', 0)", (stand,)
        )
    taken = bench.intake.take(1, [Incoming("1", 1_760_000_000, "Two lemons", Author("anna@x.example", "Anna"))])
    yield bench.inbox.rows(list(taken.conversation_ids))[0]
    bench.close()


def test_what_a_channel_is_called_comes_from_its_folder(stand: str, row: ConversationRow) -> None:
    of = registry.channel(stand)
    assert of in connectable()
    assert (line(of), channel_names.short(stand), icons.for_channel(stand)) == (
        "What is called over the counter", "Stand", "citrus",
    )  # fmt: skip
    assert account_name(row) == "Stand"


def test_the_chooser_offers_it(stand: str) -> None:
    chooser = Chooser(connectable())
    row = next(row for row in chooser.rows if row.channel.kind == stand)
    assert (row.accessibleName(), row.accessibleDescription()) == ("Lemon Stand", "What is called over the counter")


def test_its_habits_are_asked_of_it(stand: str) -> None:
    assert make_key(stand, "", {"address": "hello@stand.example"}).endswith("@stand.example>")
    reader = Reader(Layout("messages", ("text", "at", "handle")), "iso", "Stand")
    said = reader.message(["Two lemons", "2026-05-01 10:00", "Anna@x.example"], stand)
    assert (said.author.key, said.public) == ("anna@x.example", False)
    assert reader.message(["Two", "2026-05-01 10:00", "Anna@x.example"], "wordpress").public


def test_tables_know_its_names(stand: str) -> None:
    assert mapping.kind_of("The booth") == mapping.kind_of("Lemonstand calls") == stand
    assert mapping.guess(["Name", "Booth"]).fields == ("name", f"on:{stand}")
    assert mapping.guess(["Name", "Regular", "Favourite"]).fields == ("name", f"on:{stand}", "")
    assert mapping.guess(["Text", "Date", "What I called"]).personal == stand


def test_its_notices_are_known_by_their_sender(stand: str) -> None:
    assert notices.kind("shout@mail.stand.example", {}) == stand
    called = "Anna called: “Two lemons!”\n\nhttps://blog.example/1\n\nhttps://stand.example/2"
    mail = Incoming("1", 1_760_000_000, called, Author("shout@stand.example", ""), title="Anna said something")
    assert [one.url for one in notices.read(mail, stand)] == ["https://stand.example/2"]


def test_an_icon_that_there_is_not_is_a_speech_balloon(stand: str, monkeypatch: pytest.MonkeyPatch) -> None:
    of = registry.channel(stand)._replace(icon="no such icon")
    monkeypatch.setattr(icons, "channel", lambda _kind: of)
    assert icons.for_channel(stand) == "message-square"


# Where a kind may be written all the same, and why.
NAMED = {
    "app/base/desktop.py": "a kind of message on D-Bus is called a signal",
    "app/channels/assisted.py": "places that are nothing but words are one file",
    "app/demo": "the demo's accounts are of these kinds",
    "app/imports/places.py": "a mailbox file is e-mail",
    "app/imports/exports": "each file there reads what one service hands out, whether or not it is a channel",
}
# Kinds that are common words: columns, modes and keys are called so as well. Only where it is a kind do they count.
COMMON = {"email", "feed", "threads", "x", "other", "demo"}
_IN_SQL = re.compile(r"\bkind\b\s*(?:=|<>|!=|(?:NOT )?IN)\s*\(?\s*'(\w+)'", re.IGNORECASE)


def _kinds() -> set[str]:
    return {of.kind for of in (*registry._folders(), *assistable())}


def _written(source: str) -> list[tuple[int, str]]:
    """(line, kind) of the kinds that a source text names: rare words anywhere, common ones where a kind is meant."""
    kinds, found = _kinds(), []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = [*{node.value} - COMMON, *_IN_SQL.findall(node.value)]
        elif isinstance(node, ast.Compare) and ast.unparse(node.left).endswith("kind"):
            words = _words(*node.comparators)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("channel", "offered")):
            words = _words(*node.args)
        else:
            continue
        found += [(node.lineno, word) for word in words if word in kinds]
    return found


def _words(*nodes: ast.expr) -> list[str]:
    return [
        one.value
        for node in nodes
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def _elsewhere() -> list[Path]:
    """Every file of the product that belongs to no channel."""
    every = [HOUSE / "main.py", *HOUSE.glob("app/**/*.py"), *HOUSE.glob("ui/**/*.py")]
    folders = [HOUSE / "app" / "channels" / kind for kind in _kinds()]
    return [path for path in every if not any(path.is_relative_to(folder) for folder in folders)]


def _found() -> dict[str, list[str]]:
    """What each file that belongs to no channel names, by the file."""
    named = ((path.relative_to(HOUSE).as_posix(), _written(path.read_text("utf-8"))) for path in _elsewhere())
    return {name: [f"{number}: {kind}" for number, kind in found] for name, found in named if found}


def _is_under(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}/")


@pytest.mark.slow
def test_no_file_beside_its_folder_names_a_channel() -> None:
    assert len(_elsewhere()) > 300
    found = {name: kinds for name, kinds in _found().items() if not any(_is_under(name, place) for place in NAMED)}
    assert not found, "ask a property of the channel, or write down the reason in NAMED"


@pytest.mark.slow
def test_every_exception_is_needed() -> None:
    assert not [place for place in NAMED if not any(_is_under(name, place) for name in _found())]


@pytest.mark.parametrize(
    "code",
    [
        'if kind == "email":\n    pass',
        "SQL = \"SELECT 1 FROM account WHERE kind = 'email'\"",
        "SQL = \"DELETE FROM identity WHERE kind IN ('mastodon', 'bluesky')\"",
        'a = row.kind in ("x", "y")',
        'A = {"mastodon": 1}',
        'a = channel("feed")',
    ],
)
def test_a_kind_that_is_written_is_seen(code: str) -> None:
    assert _written(code)


def test_a_column_of_the_same_name_is_none() -> None:
    assert not _written('columns = ("email", "other"); mode == "demo"; icon = "x"')
