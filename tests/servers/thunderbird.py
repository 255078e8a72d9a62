"""A real Thunderbird without a screen: another person's mail program, on the mailbox of tests/servers/mail.py.

It runs on a profile of its own in a folder that is thrown away, speaks to 127.0.0.1 alone, and is led through
Marionette, the automation that is built into it: JSON over a socket, each message with its length before it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.servers.mail import DOMAIN, PASSWORD, MailServer
from tests.waiting import wait_until

_HANDS = Path(__file__).with_suffix(".js")
_STARTED, _ANSWERED = 90, 120  # seconds
_NOWHERE = 9  # a port where nobody listens: what Thunderbird would fetch from the web ends there


class Shown(NamedTuple):
    """What stands on the screen while a letter is open; `text` is without the signature, which Thunderbird greys.

    `thread`: it stands below another one of its thread.
    """

    subject: str
    sender: str
    to: list[str]
    cc: list[str]
    text: str
    signature: str
    quotes: str
    files: list[str]
    thread: bool


class Begun(NamedTuple):
    """What Thunderbird had put into the window to write in before anybody typed."""

    subject: str
    to: list[str]
    cc: list[str]
    text: str


def _preferences(post: MailServer, login: str, name: str, *, html: bool) -> dict[str, str | int | bool]:
    identity, incoming, outgoing = "mail.identity.id1", "mail.server.server1", "mail.smtpserver.smtp1"
    account: dict[str, str | int | bool] = {
        "mail.accountmanager.accounts": "account1,account2", "mail.accountmanager.defaultaccount": "account1",
        "mail.accountmanager.localfoldersserver": "server2", "mail.account.account1.identities": "id1",
        "mail.account.account1.server": "server1", "mail.account.account2.server": "server2",
        f"{identity}.fullName": name, f"{identity}.useremail": f"{login}@{DOMAIN}", f"{identity}.smtpServer": "smtp1",
        f"{identity}.valid": True, f"{identity}.compose_html": html, f"{identity}.reply_on_top": int(html),
        f"{incoming}.type": "imap", f"{incoming}.hostname": "127.0.0.1", f"{incoming}.port": post.imap,
        f"{incoming}.socketType": 0, f"{incoming}.authMethod": 3, f"{incoming}.userName": login,
        f"{incoming}.name": login, f"{incoming}.login_at_startup": False,
        "mail.server.server2.type": "none", "mail.server.server2.hostname": "Local Folders",
        "mail.server.server2.name": "Local Folders", "mail.server.server2.userName": "nobody",
        "mail.smtpservers": "smtp1", "mail.smtp.defaultserver": "smtp1", f"{outgoing}.hostname": "127.0.0.1",
        f"{outgoing}.port": post.smtp, f"{outgoing}.try_ssl": 0, f"{outgoing}.authMethod": 3,
        f"{outgoing}.username": login, "mail.default_send_format": 3 if html else 1,
    }  # fmt: skip
    alone: dict[str, str | int | bool] = {
        "app.update.enabled": False, "extensions.update.enabled": False, "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1", "network.proxy.http_port": _NOWHERE, "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": _NOWHERE, "datareporting.policy.dataSubmissionEnabled": False,
        "toolkit.telemetry.enabled": False, "mailnews.start_page.enabled": False, "mail.rights.version": 1,
        "mail.provider.suppress_dialog_on_startup": True, "mail.shell.checkDefaultClient": False,
        "mail.winsearch.firstRunDone": True,
        "mail.showCondensedAddresses": False, "intl.locale.requested": "en-US", "marionette.port": 0,
    }  # fmt: skip
    return {**account, **alone}


class Thunderbird:
    """The program, running; each call comes back when the screen shows what it was about."""

    def __init__(self, port: int, login: str) -> None:
        self.address = f"{login}@{DOMAIN}"
        self._line = socket.create_connection(("127.0.0.1", port), _ANSWERED)
        self._count = 0
        self._receive()  # it says who it is
        about = self._ask("WebDriver:NewSession", capabilities={})["capabilities"]
        self.version = str(about["browserVersion"])
        self._ask("Marionette:SetContext", value="chrome")
        self._ask("WebDriver:SetTimeouts", script=_ANSWERED * 1000)

    def close(self) -> None:
        """Hang up; the program goes on."""
        self._line.close()

    def _exactly(self, size: int) -> bytes:
        read = b""
        while len(read) < size:
            part = self._line.recv(size - len(read))
            assert part, "Thunderbird hung up"
            read += part
        return read

    def _receive(self) -> Any:
        size = b""
        while (sign := self._exactly(1)) != b":":
            size += sign
        return json.loads(self._exactly(int(size)))

    def _ask(self, command: str, **words: object) -> Any:
        self._count += 1
        packet = json.dumps([0, self._count, command, words]).encode()
        self._line.sendall(b"%d:%b" % (len(packet), packet))
        _, _, error, answer = self._receive()
        assert error is None, json.dumps(error, ensure_ascii=False)[:2000]
        return answer

    def _do(self, name: str, *words: object) -> Any:
        """One of the hands in thunderbird.js."""
        script = (
            "const [words, done] = arguments;\n"
            f"(async () => {{\n{_HANDS.read_text('utf-8')}\nreturn hands.{name}(...words);\n}})()\n"
            ".then(value => done({ value }), error => done({ error: `${error}\\n${error.stack}` }));"
        )
        told = self._ask("WebDriver:ExecuteAsyncScript", script=script, args=[list(words)], sandbox="system")["value"]
        assert "error" not in told, told["error"]
        return told.get("value")

    def remember(self, login: str) -> None:
        """Keep the password, so that it is not asked for."""
        self._do("remember", login, PASSWORD)

    def write(self, to: str, subject: str, words: str) -> None:
        """Send a new letter."""
        self._do("write", to, subject, words)

    def read(self, message_id: str) -> Shown:
        """Open the letter with this Message-ID, once it is in the inbox."""
        return Shown(**self._do("read", message_id))

    def save(self, name: str, path: Path) -> None:
        """Save a file of the letter that is open."""
        self._do("save", name, str(path))

    def answer(self, words: str, *, everybody: bool = False) -> Begun:
        """Answer the letter that is open: its writer, or all whom it names."""
        return Begun(**self._do("answer", words, everybody))


def _literal(value: str | int | bool) -> str:  # noqa: FBT001  a value, not a switch
    return json.dumps(value, ensure_ascii=False)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End it with all its children."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(15)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


@contextlib.contextmanager
def running(post: MailServer, login: str, name: str, folder: Path, *, html: bool = False) -> Iterator[Thunderbird]:
    """Thunderbird on the mailbox of `login`, who is called `name`; it ends with the block.

    It writes plain text below what it quotes, or with `html` HTML above it.
    """
    profile, log = folder / "profile", folder / "thunderbird.log"
    profile.mkdir(parents=True)
    lines = [
        f"user_pref({_literal(key)}, {_literal(value)});\n"
        for key, value in _preferences(post, login, name, html=html).items()
    ]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = ["thunderbird", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
    around = {**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1", "LC_ALL": "C.UTF-8"}
    with log.open("wb") as out:
        child = subprocess.Popen(
            [*command, "--profile", str(profile)], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            env=around, start_new_session=True,
        )  # fmt: skip
    try:
        door = profile / "MarionetteActivePort"

        def is_open() -> bool:
            assert child.poll() is None, log.read_text("utf-8", "replace")[-3000:]
            return door.exists() and door.read_text("ascii").strip().isdecimal()

        wait_until(is_open, _STARTED, why="Thunderbird did not come up")
        reader = Thunderbird(int(door.read_text("ascii")), login)
        try:
            reader.remember(login)
            yield reader
        finally:
            reader.close()
    finally:
        _end(child)
