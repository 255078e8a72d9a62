"""Backups in the second place, locked with a passphrase: a zip of what the tool age opens as well.

`key.age` in it is a key pair that the passphrase opens, `community.age` the backup, which that key opens. So each file
holds all that is needed besides the passphrase, and a backup can be written without asking for it. Backups beside the
file are not encrypted: the file that they are copies of isn't either.
"""

from __future__ import annotations

import json
import os
import unicodedata
import zipfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, NamedTuple

from app.base.errors import UserError
from app.base.words import counted, tr
from app.settings import delete_value, store_value
from app.store.manifest import sha256, write_manifest
from app.store.private import create_private
from app.store.sqlite import Connection

ENDING = ".zip"
LEAST = 10
"""Characters of a passphrase."""
_KEY, _BACKUP = "key.age", "community.age"
_SETTING = "second_place_key"
"""The setting that holds the `Key`, as JSON. The passphrase itself is kept nowhere."""
_CHUNK = 1 << 20
_MOST_KEY = 1 << 14


class Key(NamedTuple):
    """What is needed to encrypt: the public half of the pair, and the secret half, locked with the passphrase."""

    public: str
    locked: str


def is_available() -> bool:
    """Whether the package that encrypts is installed; there is no wheel of it for Windows on ARM."""
    return find_spec("pyrage") is not None


def refuse_unavailable() -> None:
    """Raise UserError if the package that encrypts is missing."""
    if not is_available():
        msg = tr("Backups can't be encrypted or decrypted here, because the package pyrage isn't installed.")
        raise UserError(msg)


def new_key(passphrase: str) -> Key:
    """A key pair locked with a passphrase; takes about a second, so that guessing does. Raises UserError if too short.

    Raises UserError too where the package that encrypts is missing.
    """
    refuse_unavailable()
    if len(_typed(passphrase)) < LEAST:
        msg = counted(
            LEAST, "A passphrase has at least {count} character. A few words that you remember are good.",
            "A passphrase has at least {count} characters. A few words that you remember are good.",
        )  # fmt: skip
        raise UserError(msg)
    import pyrage  # noqa: PLC0415  only where backups are encrypted

    pair = pyrage.x25519.Identity.generate()
    locked = pyrage.passphrase.encrypt(f"{pair}\n".encode(), _typed(passphrase), armored=True)
    return Key(str(pair.to_public()), locked.decode("ascii"))


def keep_key(conn: Connection, key: Key | None) -> None:
    """Keep a key for the backups to come, in the open transaction; with None they are not encrypted any more."""
    if key is None:
        delete_value(conn, _SETTING)
    else:
        store_value(conn, _SETTING, json.dumps(key._asdict()))


def key_of(conn: Connection) -> Key | None:
    """The key that is kept; None if backups are not encrypted."""
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (_SETTING,)).fetchone()
    if row is None:
        return None
    held = json.loads(row[0])
    return Key(held["public"], held["locked"])


def encrypt(file: Path, target: Path, key: Key) -> str:
    """Write a backup to `target`, encrypted; returns the SHA-256 of what was written. Raises OSError.

    Whoever reads it later has to know the passphrase, so it can't be opened to be checked: what is read back is
    compared with what was written.
    """
    if not is_available():
        raise OSError(str(target))
    import pyrage  # noqa: PLC0415  as above

    create_private(target)
    recipient = pyrage.x25519.Recipient.from_str(key.public)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(_KEY, key.locked)
        with file.open("rb") as plain, packed.open(_BACKUP, "w", force_zip64=True) as locked:
            pyrage.encrypt_io(plain, locked, [recipient])
    with target.open("rb") as written:
        os.fsync(written.fileno())
    with zipfile.ZipFile(target) as packed:
        if packed.testzip() is not None:
            raise OSError(str(target))
    return sha256(target)


def is_encrypted(file: Path) -> bool:
    """Whether a file is such a backup, by what is in it."""
    if file.suffix != ENDING:
        return False
    try:
        with zipfile.ZipFile(file) as packed:
            return {_KEY, _BACKUP} <= set(packed.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def decrypt(file: Path, passphrase: str, backups: Path) -> Path:
    """Write an encrypted backup into the folder of `backups` as an ordinary one, and return that file.

    Raises UserError if the passphrase is wrong, the file damaged, or the folder can't be written.
    """
    refuse_unavailable()
    import pyrage  # noqa: PLC0415  as above

    target = _free(backups / (file.name.removesuffix(ENDING) if ".rapport" in file.name else f"{file.stem}.rapport"))
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(file) as packed:
            pair = pyrage.x25519.Identity.from_str(_opened(packed, passphrase))
            part.unlink(missing_ok=True)
            create_private(part)
            with packed.open(_BACKUP) as locked, part.open("wb") as plain:
                pyrage.decrypt_io(locked, plain, [pair])
                plain.flush()
                os.fsync(plain.fileno())
        part.replace(target)
        write_manifest(target, sha256(target))
    except (zipfile.BadZipFile, KeyError, EOFError, pyrage.IdentityError, pyrage.DecryptError) as why:
        raise _damaged(file) from why
    except OSError as why:
        if why.errno is None:  # what pyrage raises where the bytes don't fit the key
            raise _damaged(file) from why
        msg = tr("{file} couldn't be decrypted into {folder}: {why}").format(
            file=file.name, folder=backups, why=why.strerror or why
        )
        raise UserError(msg) from why
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _damaged(file: Path) -> UserError:
    return UserError(tr("{file} is damaged, so it can't be decrypted.").format(file=file))


def _typed(passphrase: str) -> str:
    """A passphrase in one spelling, whichever way the keyboard composes its letters."""
    return unicodedata.normalize("NFC", passphrase.strip())


def _opened(packed: zipfile.ZipFile, passphrase: str) -> str:
    """The secret half of the key. Raises UserError if the passphrase is wrong."""
    import pyrage  # noqa: PLC0415  as above

    with packed.open(_KEY) as held:
        locked = _read(held)
    try:
        pair: bytes = pyrage.passphrase.decrypt(locked, _typed(passphrase))
    except pyrage.DecryptError as why:
        msg = tr("That isn't the passphrase of this backup.")
        raise UserError(msg) from why
    return pair.decode("ascii").strip()


def _read(held: IO[bytes]) -> bytes:
    found = held.read(_MOST_KEY + 1)
    if len(found) > _MOST_KEY:
        raise EOFError
    return found


def _free(target: Path) -> Path:
    """The path itself, or with a number where there is such a file."""
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return free


__all__ = [
    "ENDING", "LEAST", "Key", "decrypt", "encrypt", "is_available", "is_encrypted", "keep_key", "key_of",
    "new_key", "refuse_unavailable",
]  # fmt: skip
