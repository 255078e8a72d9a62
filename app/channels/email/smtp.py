"""Send a mail by SMTP, tracking whether the server may already have accepted it."""

from __future__ import annotations

import base64
import re
import smtplib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import Refused, TryLater, UnknownOutcome
from app.channels.email.failures import (
    context,
    login_failed,
    plainly,
    refuse_open,
    reply_text,
    smtp_refusal,
    takes_no_token,
    token_refused,
)
from app.channels.email.login import Login, xoauth2
from app.channels.email.providers import STARTTLS, TLS, Server

if TYPE_CHECKING:
    from app.channels.email.oauth import Tokens

Connection = smtplib.SMTP
_OK, _START_MAIL_INPUT = 250, 354
_LOGGED_IN, _CHALLENGE = 235, 334  # RFC 4954, 4
_TRANSIENT, _PERMANENT = 400, 500
_LEADING_DOT = re.compile(rb"(?m)^\.")
_NOT_THE_SENDER = N_("{where} didn't accept {address} as the sender: {words}.")
_NOT_THE_RECIPIENT = N_("{where} doesn't accept mail for {address}: {words}.")
_NOT_THE_MAIL = N_("{where} didn't accept the mail: {words}.")
_TOO_LARGE = N_(
    "{where} didn't accept the mail because it's too large: {words}. Take out or shrink a file, then send it again."
)
_TOO_LARGE_CODES = {552, 554}  # RFC 1870, 6: 552; some servers answer 554 with the code 5.3.4 of RFC 3463
_SIZE_WORDS = re.compile(r"5\.3\.4|5\.2\.3|\bsize\b|too (?:large|big)", re.IGNORECASE)


def connect(server: Server, login: Login, timeout: float) -> smtplib.SMTP:
    """Connect and log in. Raises AuthNeeded, TryLater or Refused with one sentence."""
    refuse_open(server)
    with plainly(server, "SMTP"):
        smtp = _dial(server, timeout)
        try:
            if server.security == STARTTLS:
                smtp.starttls(context=context(server))
            _log_in(smtp, server, login)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _dial(server: Server, timeout: float) -> smtplib.SMTP:
    if server.security == TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context(server))
    return smtplib.SMTP(server.host, server.port, timeout=timeout)


def _log_in(smtp: smtplib.SMTP, server: Server, login: Login) -> None:
    smtp.ehlo_or_helo_if_needed()
    if login.tokens is not None:
        _log_in_by_token(smtp, server, login, login.tokens)
        return
    if not smtp.has_extn("auth"):
        return  # a relay that needs no login
    try:
        if "PLAIN" in smtp.esmtp_features.get("auth", "").upper().split():
            _log_in_plain(smtp, login.name, login.password)
        else:
            smtp.login(login.name, login.password)
    except smtplib.SMTPAuthenticationError as error:
        passing = _TRANSIENT <= error.smtp_code < _PERMANENT  # RFC 4954, 4.7.1 and 6: 432 and 454 may pass
        raise login_failed(error.smtp_error, server, login.name, login.hint, passing=passing) from error
    except UnicodeEncodeError as error:
        msg = tr("{where} only accepts passwords without accents or special letters. Use an app password.").format(
            where=server.where
        )
        raise Refused(msg) from error


def _log_in_by_token(smtp: smtplib.SMTP, server: Server, login: Login, tokens: Tokens) -> None:
    """Log in with an access token; one that is refused is replaced once: it may have ended early."""
    if "XOAUTH2" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise takes_no_token(server)
    for fresh in (False, True):
        said = base64.b64encode(xoauth2(login.name, tokens.access(fresh=fresh))).decode("ascii")
        code, answer = smtp.docmd("AUTH", f"XOAUTH2 {said}")
        if code == _CHALLENGE:  # it tells what is wrong, and wants an empty answer before it refuses
            code, answer = smtp.docmd("")
        if code == _LOGGED_IN:
            return
        if _TRANSIENT <= code < _PERMANENT:
            raise TryLater(
                tr("{where} isn't accepting logins right now: {words}.").format(
                    where=server.where, words=reply_text(answer)
                )
            )
    raise token_refused(tokens.name, server, login.name)


def _log_in_plain(smtp: smtplib.SMTP, login: str, password: str) -> None:
    """Send AUTH PLAIN ourselves, because smtplib cannot encode passwords with non-ASCII characters."""
    token = base64.b64encode(f"\0{login}\0{password}".encode()).decode()
    code, answer = smtp.docmd("AUTH", f"PLAIN {token}")
    if code not in {_LOGGED_IN, 503}:
        raise smtplib.SMTPAuthenticationError(code, answer)


def hand_over(smtp: smtplib.SMTP, server: Server, sender: str, to: Sequence[str], mail: bytes) -> None:
    """Transmit a mail to all of these addresses; returns once the server has accepted it.

    Where it refuses one of them, nothing is sent to anybody: half a letter cannot be sent again.

    An error before the final dot means that it was not accepted; one after the dot raises UnknownOutcome (RFC 5321,
    6.1: with its reply to the dot the server takes responsibility for the mail).
    """
    with plainly(server, "SMTP"):
        options = [f"size={len(mail)}"] if smtp.has_extn("size") else []
        _refuse_size(smtp, server, len(mail))
        _expect(smtp.mail(sender, options), _OK, server, _NOT_THE_SENDER, sender)
        for address in to:
            _expect(smtp.rcpt(address), _OK, server, _NOT_THE_RECIPIENT, address)
        _expect(smtp.docmd("DATA"), _START_MAIL_INPUT, server, _NOT_THE_MAIL)
        body = _LEADING_DOT.sub(b"..", mail if mail.endswith(b"\r\n") else mail + b"\r\n")
        smtp.send(body)
    _finish(smtp, server)


def _refuse_size(smtp: smtplib.SMTP, server: Server, size: int) -> None:
    """Raise Refused if the mail is larger than the server says that it takes (RFC 1870): it would be sent in vain."""
    most = str(smtp.esmtp_features.get("size", "")).strip()
    if most.isdecimal() and 0 < int(most) < size:
        msg = tr(
            "{where} accepts mails of up to {most} MB, and with its files this one has {size} MB. "
            "Take out or shrink a file, then send it again."
        ).format(where=server.where, most=_megabytes(int(most)), size=_megabytes(size))
        raise Refused(msg)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0")


def _refusal(code: int, answer: object, server: Server, sentence: str, address: str = "") -> UserError:
    """The error for an SMTP reply that is not 2xx; one that is about the mail's size says so."""
    if code in _TOO_LARGE_CODES and _SIZE_WORDS.search(reply_text(answer)):
        sentence = _TOO_LARGE
    return smtp_refusal(code, answer, server, sentence, address)


def _finish(smtp: smtplib.SMTP, server: Server) -> None:
    try:
        smtp.send(b".\r\n")
        code, answer = smtp.getreply()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        msg = tr("The connection to {where} broke just after the mail was sent. It may have been accepted.").format(
            where=server.where
        )
        raise UnknownOutcome(msg) from error
    if code < 200 or code >= 600:  # noqa: PLR2004  not a valid SMTP reply
        msg = tr("{where} sent an unreadable response after the mail was sent. It may have been accepted.").format(
            where=server.where
        )
        raise UnknownOutcome(msg)
    if code >= 300:  # noqa: PLR2004  RFC 5321, 4.2.1: only 2xx means success
        raise _refusal(code, answer, server, _NOT_THE_MAIL)


def _expect(answer: tuple[int, bytes], code: int, server: Server, sentence: str, address: str = "") -> None:
    given, text = answer
    if given == 421:  # noqa: PLR2004  RFC 5321: closing down
        msg = tr("{where} is shutting down. The mail will be sent later.").format(where=server.where)
        raise TryLater(msg)
    if given != code and not (code == _OK and given in {250, 251, 252}):
        raise _refusal(given, text, server, sentence, address)
