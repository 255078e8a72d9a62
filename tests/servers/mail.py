"""A real Dovecot and a real SMTP server on free ports of 127.0.0.1, plain and with TLS.

Any name may log in with PASSWORD; every test takes a name of its own, so that tests do not meet. The SMTP server puts
mail into the same mailboxes and breaks down in the ways that a test asks for.
"""

from __future__ import annotations

import contextlib
import dataclasses
import getpass
import grp
import itertools
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

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
auth_mechanisms = plain login{mechanisms}
auth_failure_delay = 0
{passdb}passdb {{
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
  mailbox Trash {{
    auto = create
    special_use = \\Trash
  }}
  mailbox Junk {{
    auto = create
    special_use = \\Junk
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


_count = itertools.count()


def put(base: Path, name: str, mail: bytes, folder: str = "") -> None:
    """Into a Maildir: tmp, then a rename."""
    root = base / "mail" / name / (f".{folder}" if folder else "")
    fresh = not (base / "mail" / name).exists()
    for part in ("tmp", "new", "cur"):
        (root / part).mkdir(parents=True, exist_ok=True, mode=0o700)
    label = f"{time.time_ns()}.P{os.getpid()}Q{next(_count)}.test"
    (root / "tmp" / label).write_bytes(mail)
    if os.getuid() == 0:
        hand_over(base / "mail" / name if fresh or folder else root / "tmp" / label)
    (root / "tmp" / label).rename(root / "new" / label)


def hand_over(path: Path) -> None:
    """Dovecot refuses mail that is root's."""
    owner = pwd.getpwnam("mail")
    for one in (path, *path.rglob("*")):
        with contextlib.suppress(FileNotFoundError):
            os.chown(one, owner.pw_uid, owner.pw_gid)


@dataclass(slots=True)
class MailServer:
    """The two servers, running."""

    base: Path
    imap: int
    imaps: int
    smtp: int
    smtps: int
    tls: Certificates

    def fail(self, fault: Fault | None) -> None:
        """From now on the SMTP server fails in this way; None: it works."""
        told = self.base / "fault.json"
        (self.base / "fault.new").write_text(json.dumps(dataclasses.asdict(fault) if fault else None))
        (self.base / "fault.new").rename(told)

    def deliver(self, name: str, mail: bytes, folder: str = "") -> None:
        """Put a mail into somebody's Maildir, as a delivery agent does."""
        put(self.base, name, mail, folder)

    def mails(self, name: str, folder: str = "") -> list[bytes]:
        """The mails in somebody's folder, oldest first."""
        root = self.base / "mail" / name / (f".{folder}" if folder else "")
        paths = [path for part in ("new", "cur") for path in (root / part).glob("*")]
        return [path.read_bytes() for path in sorted(paths, key=lambda path: path.name)]

    def envelopes(self, sender: str) -> list[list[str]]:
        """The receivers of each mail that was taken from that address, in order."""
        log = self.base / "envelopes.jsonl"
        told = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
        return [one["to"] for one in told if one["from"] == sender]

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


_BY_TOKEN = """passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {base}/oauth2.conf
}}
"""
_ASKING = """
tokeninfo_url = {identity}/tokeninfo?access_token=
username_attribute = email
username_format = %u
"""


@contextlib.contextmanager
def _post(house: MailServer, identity: str) -> Iterator[None]:
    """The SMTP server as a child process, so that its broken connections are nobody else's."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.servers.post", str(house.base), PASSWORD, identity]
    log = (house.base / "post.log").open("wb")
    child = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=log, text=True)
    assert child.stdout is not None
    try:
        house.smtp, house.smtps = map(int, child.stdout.readline().split())
        yield
    finally:
        child.kill()
        child.wait(10)
        child.stdout.close()
        log.close()


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
def running(identity: str = "") -> Iterator[MailServer]:
    """Both servers, in a folder that Dovecot's own accounts can enter; they end with the block.

    With the address of an `identity` provider they take its access tokens too (XOAUTH2), and ask it about each.
    """
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
            mechanisms=" xoauth2" if identity else "", passdb=_BY_TOKEN.format(base=base) if identity else "",
        )
    )  # fmt: skip
    (base / "oauth2.conf").write_text(_ASKING.format(identity=identity))
    program = shutil.which("dovecot", path="/usr/sbin:/sbin:" + os.environ.get("PATH", os.defpath)) or "dovecot"
    child = subprocess.Popen([program, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(house.imap, child, base / "dovecot.log")
        with _post(house, identity):
            yield house
    finally:
        child.terminate()
        child.wait(20)
        shutil.rmtree(base, ignore_errors=True)
