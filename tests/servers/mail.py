"""A real Dovecot and a real SMTP server on free ports of 127.0.0.1, plain and with TLS.

Any name may log in with PASSWORD; every test takes a name of its own, so that tests do not meet. The SMTP server puts
mail into the same mailboxes and breaks down in the ways that a test asks for.
"""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers import certificates
from tests.servers.certificates import Certificates

PASSWORD = "app-pass-word-1"
DOMAIN = "lemonade.test"

_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {base}/run
state_dir = {base}/run
log_path = {base}/dovecot.log
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
login_trusted_networks =
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
default_process_limit = 50
first_valid_uid = 1
mail_location = maildir:{base}/mail/%u
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Archive {{
    auto = subscribe
    special_use = \\Archive
  }}
}}
service imap-login {{
  {no_chroot}
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  {no_chroot}
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  {no_chroot}
}}
"""


@dataclass(slots=True)
class Fault:
    """How the SMTP server is to fail: at `mail`, `rcpt`, `data`, or after the whole mail, with these words or none.

    `answer` empty: the connection is cut instead. `keep`: the mail is delivered all the same.
    """

    at: str
    answer: str = ""
    keep: bool = False
    wait: float = 0


@dataclass(slots=True)
class MailServer:
    """The two servers, running."""

    base: Path
    imap: int
    imaps: int
    smtp: int
    smtps: int
    tls: Certificates
    fault: Fault | None = None
    taken: list[bytes] = field(default_factory=list)

    def deliver(self, name: str, mail: bytes, folder: str = "") -> None:
        """Put a mail into somebody's Maildir, as a delivery agent does: tmp, then a rename."""
        root = self.base / "mail" / name / (f".{folder}" if folder else "")
        for part in ("tmp", "new", "cur"):
            (root / part).mkdir(parents=True, exist_ok=True, mode=0o700)
        label = f"{time.time_ns()}.P{os.getpid()}T{threading.get_ident()}.test"
        (root / "tmp" / label).write_bytes(mail)
        if os.getuid() == 0:
            self._own(self.base / "mail" / name)
        (root / "tmp" / label).rename(root / "new" / label)

    @staticmethod
    def _own(folder: Path) -> None:
        owner = pwd.getpwnam("mail")
        for path in (folder, *folder.rglob("*")):
            with contextlib.suppress(FileNotFoundError):
                os.chown(path, owner.pw_uid, owner.pw_gid)

    def mails(self, name: str, folder: str = "") -> list[bytes]:
        """The mails in somebody's folder, oldest first."""
        root = self.base / "mail" / name / (f".{folder}" if folder else "")
        paths = [path for part in ("new", "cur") for path in (root / part).glob("*")]
        return [path.read_bytes() for path in sorted(paths, key=lambda path: path.name)]

    def fields(self, name: str, security: str = "none", **more: str) -> dict[str, str]:
        """What the account form would ask for."""
        implicit = security == "tls"
        return {
            "address": f"{name}@{DOMAIN}",
            "login": name,
            "name": "Jana from Lemonade",
            "imap_host": "localhost" if security != "none" else "127.0.0.1",
            "imap_port": str(self.imaps if implicit else self.imap),
            "imap_security": security,
            "smtp_host": "localhost" if security != "none" else "127.0.0.1",
            "smtp_port": str(self.smtps if implicit else self.smtp),
            "smtp_security": security,
            "ca_file": str(self.tls.ca) if security != "none" else "",
            **more,
        }


class _Post:
    """The SMTP side: takes mail from whoever has logged in, unless a fault is set."""

    def __init__(self, house: MailServer) -> None:
        self.house = house

    async def _fail(self, at: str, server: SMTP) -> str | None:
        fault = self.house.fault
        if fault is None or fault.at != at:
            return None
        if fault.wait:
            await asyncio.sleep(fault.wait)
        if not fault.answer:
            server.transport.abort()  # type: ignore[union-attr]
            return "421 gone"
        return fault.answer

    async def handle_MAIL(self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        """Whether this sender is taken."""
        failed = await self._fail("mail", server)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return failed or "250 OK"

    async def handle_RCPT(self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        """Whether this receiver is taken: everybody whose name does not begin with `nobody`."""
        failed = await self._fail("rcpt", server)
        if failed:
            return failed
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The whole mail has come."""
        fault = self.house.fault
        failed = await self._fail("after", server)
        if failed is None or (fault is not None and fault.keep):
            content = envelope.original_content or b""
            self.house.taken.append(content)
            for address in envelope.rcpt_tos:
                self.house.deliver(address.partition("@")[0], content)
        return failed or "250 2.0.0 taken"


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:  # noqa: ANN401
    right = isinstance(given, LoginPassword) and given.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


async def _serve_post(house: MailServer, ready: threading.Event, stop: asyncio.Event) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(house.tls.certificate, house.tls.key)
    loop = asyncio.get_running_loop()

    def make(*, starttls: bool) -> SMTP:
        return SMTP(
            _Post(house), hostname="localhost", authenticator=_authenticate, auth_required=True,
            auth_require_tls=False, tls_context=context if starttls else None, enable_SMTPUTF8=True, loop=loop,
        )  # fmt: skip

    plain = await loop.create_server(lambda: make(starttls=True), "127.0.0.1", 0)
    implicit = await loop.create_server(lambda: make(starttls=False), "127.0.0.1", 0, ssl=context)
    house.smtp = plain.sockets[0].getsockname()[1]
    house.smtps = implicit.sockets[0].getsockname()[1]
    ready.set()
    await stop.wait()
    plain.close()
    implicit.close()


@contextlib.contextmanager
def _post(house: MailServer) -> Iterator[None]:
    loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    def run() -> None:
        loop.set_exception_handler(lambda *_: None)  # connections that a fault has cut
        loop.run_until_complete(_serve_post(house, ready, stop))
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, child: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert child.poll() is None, log.read_text() if log.exists() else "Dovecot ended at once"
        time.sleep(0.05)
    pytest.fail("Dovecot did not open its port")


@contextlib.contextmanager
def running() -> Iterator[MailServer]:
    """Both servers, in a folder that Dovecot's own accounts can enter; they end with the block."""
    base = Path(tempfile.mkdtemp(prefix="rapport-mail-"))
    base.chmod(0o755)
    tls = certificates.make(base / "tls")
    root = os.getuid() == 0
    me, group = getpass.getuser() if root else pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    house = MailServer(base, free_port(), free_port(), 0, 0, tls)
    (base / "mail").mkdir(mode=0o755)
    if root:
        shutil.chown(base / "mail", "mail", "mail")
    config = base / "dovecot.conf"
    config.write_text(
        _CONFIG.format(
            base=base, certificate=tls.certificate, key=tls.key, password=PASSWORD, imap=house.imap, imaps=house.imaps,
            internal="dovecot" if root else me, internal_group="dovecot" if root else group,
            login="dovenull" if root else me, owner="mail" if root else me, group="mail" if root else group,
            no_chroot="" if root else "chroot =",
        )
    )  # fmt: skip
    program = shutil.which("dovecot", path="/usr/sbin:/sbin:" + os.environ.get("PATH", os.defpath)) or "dovecot"
    child = subprocess.Popen([program, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(house.imap, child, base / "dovecot.log")
        with _post(house):
            yield house
    finally:
        child.terminate()
        child.wait(20)
        shutil.rmtree(base, ignore_errors=True)
