"""E-mail: IMAP in, SMTP out, with certificates verified."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import Can, Channel, Field, Files, Manners

if TYPE_CHECKING:
    from app.channels.base import Session, SignIn, Suggested

_SECURITY = ("tls", "starttls", "none")
_MAX_BYTES = 18_000_000
"""Of files with one letter. Common providers take 25 MB (Gmail, support.google.com/mail/answer/6584), counted as the
letter is transferred: in Base64, which makes 4 bytes of 3 and adds line ends (RFC 2045)."""
_MAX_FILES = 50

CHANNEL = Channel(
    kind="email",
    title=N_("E-mail"),
    fields=(
        Field("address", N_("E-mail address"), help=N_("The address members write to.")),
        Field(
            "password",
            N_("Password"),
            secret=True,
            unless="sign_in",
            help=N_("Many providers require an app password, created just for this program."),
        ),
        Field(
            "name",
            N_("Name on your e-mails"),
            required=False,
            help=N_("As members see it, such as Jana from Lemonade."),
        ),
        Field("sign_in", N_("How to log in"), required=False, choices=("", "google", "microsoft")),
        Field("folders", N_("Folders to read"), default="INBOX", help=N_("Separated by commas.")),
        Field(
            "aliases",
            N_("Your other addresses"),
            required=False,
            help=N_("Separated by commas; you can send from each. With a name of its own: Jana <jana@example.org>."),
        ),
        Field("login", N_("Login name"), required=False, help=N_("Only if it isn't your address.")),
        Field("imap_host", N_("Incoming server (IMAP)"), required=False, help=N_("If empty, found from your address.")),
        Field("imap_port", N_("Incoming port"), required=False, help=N_("If empty, the usual one.")),
        Field("imap_security", N_("Incoming encryption"), default="tls", required=False, choices=_SECURITY),
        Field("smtp_host", N_("Outgoing server (SMTP)"), required=False, help=N_("If empty, found from your address.")),
        Field("smtp_port", N_("Outgoing port"), required=False, help=N_("If empty, the usual one.")),
        Field("smtp_security", N_("Outgoing encryption"), required=False, choices=("", *_SECURITY)),
        Field(
            "client_id",
            N_("OAuth client ID"),
            required=False,
            only="sign_in",
            help=N_("Of an app that is registered with the provider; docs/connecting.md says how to get one."),
        ),
        Field(
            "client_secret",
            N_("Client secret"),
            secret=True,
            required=False,
            only="sign_in",
            help=N_("Google shows one next to the client ID. Microsoft needs none."),
        ),
        Field(
            "sign_in_server",
            N_("Sign-in server"),
            required=False,
            only="sign_in",
            help=N_(
                "Only for a Microsoft app of a single organisation: https://login.microsoftonline.com/ and its ID."
            ),
        ),
        Field(
            "ca_file",
            N_("Own certificate authority"),
            required=False,
            help=N_("A PEM file, if you run your own server."),
        ),
    ),
    can=Can(
        reply=True,
        private=True,
        addressed=True,
        begin=True,
        titles=True,
        files=Files(_MAX_BYTES, _MAX_BYTES, _MAX_FILES),
    ),
    icon="mail",
    reply_words=N_("Reply by e-mail"),
    browser=True,
    browser_by="sign_in",
    kept=("refresh",),
    first=("address",),
    finds=(
        "imap_host",
        "imap_port",
        "imap_security",
        "smtp_host",
        "smtp_port",
        "smtp_security",
        "login",
        "sign_in",
    ),
    proof="real",
    peer="Dovecot, an SMTP server of Python's, and Thunderbird on the other side",
    extra={"own": "address aliases"},
    line=N_("A mailbox that members write to"),
    by_address=True,
    edits=False,
    private_by_default=True,
    message_ids=True,
    carries_notices=True,
    shared=True,
    watches=True,
    also=("e mail", "mail"),
    handles=False,
    manners=Manners(
        custom=N_(
            "A greeting, your name at the end, and one letter that answers all that was asked. Keep the subject."
        ),
        privacy=N_(
            "Both mailboxes keep it, and whoever gets it can forward it. Everyone sees who is in To and Cc; nobody "
            "sees who got a blind copy."
        ),
        changes=N_("A letter can't be corrected or taken back once it's sent."),
        pace=N_("Most providers take a few hundred letters a day from one address."),
    ),
    unseen=(
        N_(
            "Only the folders in the account and that of sent mail are read: not drafts, and not the spam folder "
            "unless you add it."
        ),
        N_("Encrypted letters can't be read here. Use your mail program for them."),
        N_("Large attachments stay in the mailbox and are fetched when you open them."),
        N_("A mailbox without IMAP can't be connected, such as one with POP only."),
        N_("Nobody tells whether a letter was read. One that could not be delivered comes back as a letter."),
    ),
)


def find(fields: Mapping[str, str]) -> Suggested:
    """Look up the mail servers of the form's `address`; see `app.channels.email.finding`."""
    from app.channels.email import finding  # noqa: PLC0415  the form needs no network

    return finding.find(fields)


def sign_in(fields: Mapping[str, str], redirect: str) -> SignIn:
    """Start a browser login; `fields` are the form's values, including the client secret."""
    from app.channels.email.oauth import MailSignIn  # noqa: PLC0415  the form needs no network

    return MailSignIn(fields, redirect)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.email.session import EmailSession  # noqa: PLC0415  the form needs no network

    return EmailSession(fields, secrets)
