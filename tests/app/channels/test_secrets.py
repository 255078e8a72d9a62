"""No secret of any channel is ever in the file, the log, an export or a sentence, whatever goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import UserError
from app.base.paths import Profile
from app.safety import backup, log
from app.workbench import Workbench
from tests.app.channels.contract import Contract
from tests.servers.played import MOODS, Call, Played, Reply

SERVERS = {
    "bluesky": "Pds",
    "discord": "Discord",
    "discourse": "Forum",
    "ghost": "Blog",
    "github": "GitHub",
    "mastodon": "ClientApi",
    "matrix": "Homeserver",
    "slack": "Slack",
    "telegram": "BotApi",
    "youtube": "YouTube",
}
_SHORT = 6  # letters; below that a secret's words stand in other words


@pytest.fixture
def bench(profile: Profile) -> Iterator[Workbench]:
    made = Workbench(profile)
    log.install_handler(profile.log)
    yield made
    made.close()


def _echo(server: Played, secrets: set[str], status: int) -> None:
    """From now on the server answers with an error that repeats all that it was sent, and the secrets decoded first."""

    def serve(call: Call) -> Reply:
        told = f"{' '.join(sorted(secrets))} {call.method} {call.path} {call.query} {call.headers} {call.body!r}"
        body = {"ok": False, "error": told, "message": told, "description": told, "error_description": told}
        return Reply({**body, "errors": [{"message": told, "type": "FORBIDDEN", "context": told}]}, status)

    server.serve = serve  # type: ignore[method-assign]


def _secrets(peer: Any, given: dict[str, str]) -> set[str]:
    everything = {*peer.secrets.values(), *peer.wrong.values(), *given.values()}
    return {secret for secret in everything if len(secret) >= _SHORT}


@pytest.mark.slow
@pytest.mark.expects_errors
@pytest.mark.parametrize("kind", sorted(SERVERS))
def test_a_secret_is_nowhere(
    bench: Workbench, kind: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    module = import_module(f"tests.app.channels.test_{kind}")
    server = getattr(module, SERVERS[kind])()
    server.hang = 0.05
    peer = module.Peer(server)
    given = dict(peer.secrets)
    told: list[str] = []
    try:
        found = bench.accounts.try_out(peer.kind, peer.fields, given)
        account, sentence = bench.accounts.add(peer.kind, "There", peer.fields, given, found)
        told += [found.sentence, sentence]
        peer.say("anna", "A question")
        told.append(bench.sync.pull("There").error)
        talk = Contract.conversation(bench, "A question")
        for mood in MOODS:
            server.moods = [mood]
            with suppress(UserError):
                Contract.answer(bench, talk, f"An answer in the mood {mood}")
            told.append(bench.sync.send(account.id).error)
        server.moods = []
        for status in (418, 200, 400, 401, 403, 500):
            _echo(server, {*peer.secrets.values(), *given.values()}, status)
            told.append(bench.sync.pull("There").error)
            with suppress(UserError):
                Contract.answer(bench, talk, f"One more, answered by {status}")
            told.append(bench.sync.send(account.id).error)
            _echo(server, {*peer.secrets.values()}, status)  # a new login is sent nothing of the old one
            with pytest.raises(UserError) as caught:
                bench.accounts.try_out(peer.kind, peer.fields, dict(peer.secrets))
            told.append(str(caught.value))
        _echo(server, {*peer.wrong.values()}, 418)
        with pytest.raises(UserError) as caught:
            bench.accounts.try_out(peer.kind, peer.fields, dict(peer.wrong))
        told.append(str(caught.value))
        told += [entry.error for entry in bench.outbox.entries()]
    finally:
        server.stop()
    copy = backup.make(bench.store, bench.profile, tmp_path / "copy.rapport")
    searched = "\n".join([*told, caplog.text, *capfd.readouterr()]).encode()
    searched += b"".join(path.read_bytes() for path in bench.profile.folder.rglob("*") if path.is_file())
    searched += copy.file.read_bytes()
    assert b"A question" in searched, "nothing was searched"
    for secret in _secrets(peer, given):
        assert secret.encode() not in searched, f"a secret of {kind} was found"
