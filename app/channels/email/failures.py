"""What the network and the servers say when something is wrong, as one plain sentence each."""

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
from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.email.providers import NONE, Server

_SOON = re.compile(r"UNAVAILABLE|INUSE|LIMIT|SERVERBUG|temporar|try again|too many|timeout", re.IGNORECASE)
_CODE = re.compile(r"^\s*(?:\[[A-Z0-9 -]+\]\s*)?")
_GREYLIST, _HOUR = 300, 3600
# Limits on how much one may send, which some servers answer as if they were for ever (Gmail: 550 5.4.5)
_RATE = re.compile(
    r"\b5\.4\.5\b|\b(?:daily|hourly|sending|rate)\b.{0,30}\b(?:limit|quota)|\brate.?limit|\bat a rate that\b"
    r"|\blimit\b.{0,30}\bper (?:minute|hour|day)\b|\btoo many (?:messages|mails|e-?mails)\b",
    re.IGNORECASE,
)


def context(server: Server) -> ssl.SSLContext:
    """A TLS context that verifies name and certificate; Refused where the authorities' own file cannot be read."""
    if not server.ca_file:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=str(Path(server.ca_file).expanduser()))
    except (OSError, ValueError) as error:
        msg = f"The certificate file {server.ca_file} cannot be read: choose the authority's file in PEM form."
        raise Refused(msg) from error


def refuse_open(server: Server) -> None:
    """Refused where mail would travel unencrypted to another machine."""
    if server.security == NONE and not is_loopback(server.host):
        msg = (
            f"Without encryption only this laptop's own mail server may be used, and {server.host} is another machine."
        )
        raise Refused(msg)


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by name or number."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def said(answer: object) -> str:
    """A server's own words, short and on one line, to stand inside a sentence."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join(_CODE.sub("", text.strip("b'\" ")).split())[:160].rstrip(".")


@contextmanager
def plainly(server: Server, protocol: str) -> Iterator[None]:
    """Turns every failure of the network inside the block into TryLater or Refused with its sentence."""
    try:
        yield
    except UserError:
        raise
    except (OSError, imaplib.IMAP4.error, smtplib.SMTPException, EOFError, UnicodeError) as error:
        raise failure(error, server, protocol) from error


# The first kind that fits counts; {where} is host and port, {said} the error's own words.
_SENTENCES: tuple[tuple[type[Exception], type[TryLater | Refused], str], ...] = (
    (
        ssl.SSLCertVerificationError,
        Refused,
        "The certificate of {where} is not trusted ({said}). If the server is yours, choose its authority's file.",
    ),
    (ssl.SSLError, Refused, "{where} does not speak TLS as expected: check the port and the kind of encryption."),
    (socket.gaierror, TryLater, "There is no server named {host}, or this laptop is offline: check the name."),
    (UnicodeError, TryLater, "There is no server named {host}: check the name."),
    (ConnectionRefusedError, TryLater, "Nobody answers at {where}: check the server and the port, or try later."),
    (TimeoutError, TryLater, "{where} did not answer in time: check the port, or try later."),
    (imaplib.IMAP4.abort, TryLater, "{where} hung up; what was asked is tried again later."),
    (smtplib.SMTPServerDisconnected, TryLater, "{where} hung up; what was asked is tried again later."),
    (EOFError, TryLater, "{where} hung up; what was asked is tried again later."),
    (imaplib.IMAP4.error, Refused, "{where} does not speak {protocol} as expected: {said}. Check the port."),
    (smtplib.SMTPResponseException, Refused, "{where} does not speak {protocol} as expected: {said}. Check the port."),
    (OSError, TryLater, "The connection to {where} broke; what was asked is tried again later."),
)


def failure(error: Exception, server: Server, protocol: str) -> TryLater | Refused:
    """The error to raise for one of the network's own."""
    words = getattr(error, "verify_message", "") or getattr(error, "smtp_error", "") or error
    strange = isinstance(error, imaplib.IMAP4.abort) and "unexpected" in str(error)
    for kind, raised, sentence in () if strange else _SENTENCES:
        if isinstance(error, kind):
            return raised(sentence.format(where=server.where, host=server.host, protocol=protocol, said=said(words)))
    return Refused(f"{server.where} does not speak {protocol} as expected. Check the port.")


def login_failed(answer: object, server: Server, login: str, hint: str) -> AuthNeeded | TryLater:
    """The error for a login that the server did not take."""
    words = said(answer)
    if _SOON.search(str(answer)):
        return TryLater(f"{server.where} lets nobody in right now: {words}.", _GREYLIST)
    return AuthNeeded(f"{server.where} did not take the name {login} with this password. {hint}".strip())


def smtp_refusal(code: int, answer: object, server: Server, what: str) -> TryLater | Refused | AuthNeeded:
    """The error for an SMTP answer that is no yes; `what` says what was refused."""
    words = said(answer)
    if code in {530, 535, 538}:
        return AuthNeeded(f"{server.where} asks for the login again before it {what}: {words}.")
    if 400 <= code < 500:  # noqa: PLR2004  RFC 5321, 4.2.1: transient
        return TryLater(f"{server.where} cannot take the mail now: {words}.", _GREYLIST)
    if _RATE.search(words):
        return TryLater(f"{server.where} takes no more mail for now: {words}.", _HOUR)
    return Refused(f"{server.where} did not take the mail ({what}): {words}.")
