"""Map network, IMAP and SMTP errors to a channel's errors, with one plain sentence each."""

from __future__ import annotations

import imaplib
import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.email.providers import NONE, Server
from app.channels.masking import without_secrets

_TEMPORARY = re.compile(
    r"UNAVAILABLE|INUSE|LIMIT|SERVERBUG|THROTTLED|OVERQUOTA|temporar|try again|too many|timeout|backend"
    r"|internal (?:server )?error",
    re.IGNORECASE,
)
"""RFC 5530, 3, Gmail's [THROTTLED] and [OVERQUOTA], and what servers say whose own user database does not answer."""
_CODE = re.compile(r"^\s*(?:\[[A-Z0-9 -]+\]\s*)?")
_GREYLIST_SECONDS, _HOUR_SECONDS = 300, 3600
# Sending limits that some servers report with a permanent code (Gmail: 550 5.4.5)
_SENDING_LIMIT = re.compile(
    r"\b5\.4\.5\b|\b(?:daily|hourly|sending|rate)\b.{0,30}\b(?:limit|quota)|\brate.?limit|\bat a rate that\b"
    r"|\blimit\b.{0,30}\bper (?:minute|hour|day)\b|\btoo many (?:messages|mails|e-?mails)\b",
    re.IGNORECASE,
)


def context(server: Server) -> ssl.SSLContext:
    """Return a TLS context that verifies host name and certificate; raises Refused if `ca_file` cannot be loaded."""
    if not server.ca_file:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=str(Path(server.ca_file).expanduser()))
    except (OSError, ValueError) as error:
        msg = tr("Can't read the certificate file {file}. Choose the authority's file in PEM format.").format(
            file=server.ca_file
        )
        raise Refused(msg) from error


def refuse_open(server: Server) -> None:
    """Raise Refused if mail would travel unencrypted to another machine."""
    if server.security == NONE and not is_loopback(server.host):
        msg = tr(
            "Without encryption, you can only use a mail server on this computer, and {host} is another computer."
        ).format(host=server.host)
        raise Refused(msg)


def is_loopback(host: str) -> bool:
    """Whether the host is "localhost" or a loopback address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def reply_text(answer: object) -> str:
    """Return a server's text on one line, at most 160 characters, to quote in a sentence."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join(_CODE.sub("", without_secrets(text).strip("b'\" ")).split())[:160].rstrip(".")


@contextmanager
def plainly(server: Server, protocol: str) -> Iterator[None]:
    """Turn every network or protocol error inside the block into TryLater or Refused with a sentence."""
    try:
        yield
    except UserError:
        raise
    except (OSError, imaplib.IMAP4.error, smtplib.SMTPException, EOFError, UnicodeError) as error:
        raise failure(error, server, protocol) from error


_DATES_WRONG = {9, 10}  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED
_NOT_TODAY = N_(
    "The certificate of {where} isn't valid at this computer's date ({said}). If the date is wrong, set it; if it's "
    "right, tell whoever runs the server."
)
# The first matching class wins; {where} is host:port, {said} the error's own text.
_SENTENCES: tuple[tuple[type[Exception], type[TryLater | Refused], str], ...] = (
    (
        ssl.SSLCertVerificationError,
        Refused,
        (
            N_(
                "The certificate of {where} isn't trusted ({said}). If the server is yours, choose "
                "its certificate authority's file."
            )
        ),
    ),
    (ssl.SSLError, Refused, N_("{where} didn't use TLS as expected. Check the port and the encryption.")),
    (socket.gaierror, TryLater, N_("Can't reach {host}. Check the name and your connection.")),
    (UnicodeError, TryLater, N_("There's no server named {host}. Check the name.")),
    (
        ConnectionRefusedError,
        TryLater,
        N_("No response from {where}. Check the server and the port, or try again later."),
    ),
    (TimeoutError, TryLater, N_("{where} didn't respond in time. Check the port, or try again later.")),
    (imaplib.IMAP4.abort, TryLater, N_("{where} closed the connection.")),
    (smtplib.SMTPServerDisconnected, TryLater, N_("{where} closed the connection.")),
    (EOFError, TryLater, N_("{where} closed the connection.")),
    (imaplib.IMAP4.error, Refused, N_("{where} didn't use {protocol} as expected: {said}. Check the port.")),
    (smtplib.SMTPResponseException, Refused, N_("{where} didn't use {protocol} as expected: {said}. Check the port.")),
    (OSError, TryLater, N_("The connection to {where} broke.")),
)


def failure(error: Exception, server: Server, protocol: str) -> TryLater | Refused:
    """Return the channel error for a network or protocol error."""
    if getattr(error, "verify_code", 0) in _DATES_WRONG:
        return Refused(tr(_NOT_TODAY).format(where=server.where, said=reply_text(getattr(error, "verify_message", ""))))
    words = getattr(error, "verify_message", "") or getattr(error, "smtp_error", "") or error
    strange = isinstance(error, imaplib.IMAP4.abort) and "unexpected" in str(error)
    for kind, raised, sentence in () if strange else _SENTENCES:
        if isinstance(error, kind):
            return raised(
                tr(sentence).format(where=server.where, host=server.host, protocol=protocol, said=reply_text(words))
            )
    return Refused(
        tr("{where} didn't use {protocol} as expected. Check the port.").format(where=server.where, protocol=protocol)
    )


def is_temporary(answer: object) -> bool:
    """Whether the words of a rejected login say that it may work later."""
    return bool(_TEMPORARY.search(str(answer)))


def takes_no_token(server: Server) -> Refused:
    """Return the error for a server that knows no login by access token."""
    msg = tr("{where} doesn't take a sign-in with the browser. Choose a password under “How to log in”.")
    return Refused(msg.format(where=server.where))


def token_refused(name: str, server: Server, login: str) -> AuthNeeded:
    """Return the error for a fresh access token that is refused: of another account, or IMAP is off for this one."""
    return AuthNeeded(
        tr(
            "{where} didn't accept the sign-in with {name} for {login}. Sign in again as {login}. If you did, IMAP or "
            "SMTP is switched off for this mailbox: its owner or an administrator can switch it on."
        ).format(where=server.where, name=name, login=login)
    )


def login_failed(
    answer: object, server: Server, login: str, hint: str, *, passing: bool = False
) -> AuthNeeded | TryLater:
    """Return the error for a rejected login: TryLater if the server calls it temporary, else AuthNeeded.

    `passing`: its code says so, whatever the words.
    """
    words = reply_text(answer)
    if passing or is_temporary(answer):
        return TryLater(
            tr("{where} isn't accepting logins right now: {words}.").format(where=server.where, words=words),
            _GREYLIST_SECONDS,
        )
    refused = tr("{where} didn't accept the name {login} with this password.").format(where=server.where, login=login)
    return AuthNeeded(f"{refused} {hint}".strip())


def smtp_refusal(
    code: int, answer: object, server: Server, sentence: str, address: str = ""
) -> TryLater | Refused | AuthNeeded:
    """Return the error for an SMTP reply that is not 2xx; `sentence` names what was refused."""
    words = reply_text(answer)
    if code in {530, 535, 538}:
        return AuthNeeded(
            tr("{where} accepts no mail until you log in again: {words}.").format(where=server.where, words=words)
        )
    if 400 <= code < 500:  # noqa: PLR2004  RFC 5321, 4.2.1: transient
        return TryLater(
            tr("{where} can't accept the mail right now: {words}.").format(where=server.where, words=words),
            _GREYLIST_SECONDS,
        )
    if _SENDING_LIMIT.search(words):
        return TryLater(
            tr("{where} isn't accepting more mail for now: {words}.").format(where=server.where, words=words),
            _HOUR_SECONDS,
        )
    return Refused(tr(sentence).format(where=server.where, address=address, words=words))
