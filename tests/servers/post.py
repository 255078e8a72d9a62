"""The SMTP server of the tests, a child process: `python -m tests.servers.post BASE PASSWORD [IDENTITY]`.

It puts mail into the mailboxes under BASE, writes each envelope down in BASE/envelopes.jsonl, and fails as
BASE/fault.json says (see `mail.Fault`).
"""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
import sys
from functools import partial
from pathlib import Path
from typing import Any

import requests
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.mail import put


class Post:
    """Takes mail from whoever has logged in, unless a fault is set."""

    def __init__(self, base: Path, identity: str = "") -> None:
        self.base, self.identity = base, identity

    def _fault(self, at: str) -> dict[str, Any] | None:
        told = self.base / "fault.json"
        fault: dict[str, Any] | None = json.loads(told.read_text()) if told.exists() else None
        return fault if fault and fault["at"] == at else None

    async def _fail(self, at: str, server: SMTP) -> str | None:
        fault = self._fault(at)
        if fault is None:
            return None
        await asyncio.sleep(fault["wait"])
        if not fault["answer"]:
            assert server.transport is not None
            server.transport.close()
            return "421 gone"
        return str(fault["answer"])

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        failed = await self._fail("mail", server)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return failed or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        failed = await self._fail("rcpt", server)
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return failed or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault = self._fault("after")
        if fault is None or fault["keep"]:
            with (self.base / "envelopes.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos}) + "\n")
            for address in envelope.rcpt_tos:
                put(self.base, address.partition("@")[0], envelope.original_content or b"")
        return await self._fail("after", server) or "250 2.0.0 taken"


class PostByToken(Post):
    """The same, which takes access tokens as well."""

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        """Ask the identity provider whose token it is; nobody's is told of before the refusal, as Google does."""
        said = base64.b64decode(args[1]).decode().rstrip("\x01").split("\x01")
        login, token = said[0].removeprefix("user="), said[1].removeprefix("auth=Bearer ")
        asked = {"access_token": token}
        answer = await asyncio.to_thread(partial(requests.get, f"{self.identity}/tokeninfo", params=asked, timeout=10))
        if answer.ok and answer.json()["email"] == login:
            return AuthResult(success=True, handled=False)
        assert await server.challenge_auth(b'{"status":"401","schemes":"Bearer"}') == b""
        return AuthResult(success=False, handled=False)


async def serve(base: Path, password: str, identity: str) -> None:
    """Both ports, for ever: one with STARTTLS, one with TLS from the start."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(base / "tls" / "server.pem", base / "tls" / "server.key")
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda *_: None)  # connections that a fault has cut

    def authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object) -> AuthResult:
        return AuthResult(
            success=isinstance(given, LoginPassword) and given.password == password.encode(), handled=False
        )

    def handler() -> Post:
        return PostByToken(base, identity) if identity else Post(base)

    def make(offered: ssl.SSLContext | None) -> SMTP:
        return SMTP(
            handler(), hostname="localhost", authenticator=authenticate, auth_required=True,
            auth_require_tls=False, tls_context=offered, enable_SMTPUTF8=True, loop=loop,
        )  # fmt: skip

    plain = await loop.create_server(lambda: make(context), "127.0.0.1", 0)
    implicit = await loop.create_server(lambda: make(None), "127.0.0.1", 0, ssl=context)
    print(plain.sockets[0].getsockname()[1], implicit.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), *sys.argv[2:4]))
