"""How a command gets secrets: from standard input, typed without echo, or through a browser. Never as arguments."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from app.base.errors import UserError
from app.base.words import tr
from app.cli.telling import tell

if TYPE_CHECKING:
    from app.channels.base import Channel, Field

_MAX_STDIN_CHARS = 65_536


def from_stdin_help() -> str:
    """The help of `--secret-from-stdin`."""
    return tr("read the password from standard input; several secrets as key=value, one per line")


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Parse KEY=VALUE texts. Raises UserError if one has no `=`."""
    values: dict[str, str] = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign:
            msg = tr("“{text}” doesn't set anything. Write KEY=VALUE.").format(text=text)
            raise UserError(msg)
        values[key.strip()] = value
    return values


def _fields(of: Channel, answers: Mapping[str, str]) -> list[Field]:
    return [field for field in of.fields if field.secret and field.concerns(answers)]


def from_stdin(of: Channel, answers: Mapping[str, str]) -> dict[str, str]:
    """Read an account's secrets from standard input: the bare secret if there is one, else lines of `key=value`.

    `answers` are its plain fields.

    Raises UserError if the channel has no secrets, standard input is empty, or a line names none of them.
    """
    fields = _fields(of, answers)
    if not fields:
        msg = tr("{title} doesn't need a secret.").format(title=of.title)
        raise UserError(msg)
    stream: TextIO | None = sys.stdin  # None if the shell closed it
    text = "" if stream is None else stream.read(_MAX_STDIN_CHARS).rstrip("\r\n")
    if not text:
        msg = tr("Standard input was empty: the password should come from there.")
        raise UserError(msg)
    keys = {field.key for field in fields}
    if len(fields) == 1:
        return {fields[0].key: text.removeprefix(f"{fields[0].key}=")}
    lines = text.splitlines()
    if any(line.partition("=")[0].strip() not in keys for line in lines):
        msg = tr("{title} has several secrets. Write them as key=value, one per line, with the keys {keys}.").format(
            title=tr(of.title), keys=", ".join(sorted(keys))
        )
        raise UserError(msg)
    return pairs(lines)


def asked_for(of: Channel, answers: Mapping[str, str], *, piped: bool, browser: bool) -> dict[str, str]:
    """Get the secrets of a new account from standard input or a prompt; `answers` are its plain fields.

    With `browser` only required ones are prompted for: signing in there yields the others. Raises UserError if a
    required one can be neither piped nor typed.
    """
    if piped:
        return from_stdin(of, answers)
    fields = [field for field in _fields(of, answers) if field.required or not browser]
    required = [field for field in fields if field.required]
    stream: TextIO | None = sys.stdin
    if stream is None or not stream.isatty():
        if required:
            msg = tr("“{label}” is missing. Pipe it in and use --secret-from-stdin.").format(
                label=tr(required[0].label)
            )
            raise UserError(msg)
        return {}
    typed = {field.key: getpass.getpass(_prompt(field)) for field in fields}
    return {key: secret for key, secret in typed.items() if secret}


def passphrase(*, piped: bool, again: bool) -> str:
    """Read a passphrase from standard input or a prompt; `again` asks for it twice.

    Raises UserError if there is none, or the two differ.
    """
    stream: TextIO | None = sys.stdin
    if piped:
        typed = "" if stream is None else stream.read(_MAX_STDIN_CHARS).rstrip("\r\n")
        if not typed:
            msg = tr("Standard input was empty: the passphrase should come from there.")
            raise UserError(msg)
        return typed
    if stream is None or not stream.isatty():
        needed = tr("A passphrase is needed. Pipe it in and use --secret-from-stdin.")
        raise UserError(needed)
    first, other = tr("Passphrase"), tr("The same again")
    typed = getpass.getpass(f"{first}: ")
    if again and typed != getpass.getpass(f"{other}: "):
        differ = tr("The two passphrases differ. Nothing was changed.")
        raise UserError(differ)
    return typed


def _prompt(field: Field) -> str:
    label = tr(field.label) if field.required else tr("{label} (optional)").format(label=tr(field.label))
    return f"{label}: "


def by_browser(kind: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Sign in with a browser and return the secrets; the address to open is printed on standard error."""
    from app.channels.signin import Loopback, sign_in  # noqa: PLC0415  only needed to sign in with a browser

    with Loopback() as listening:
        return sign_in(kind, answers, _show, listening)


def _show(url: str) -> None:
    tell(
        tr("Open this address in a browser on this computer, sign in, and allow Rapport there:\n{url}").format(url=url)
    )
