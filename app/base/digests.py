"""Digests of contents, by which the same file or letter is known again.

`hashlib` loads OpenSSL, some 4 MB of memory: it is imported by the first digest, not by a window at rest.
"""

from __future__ import annotations


def sha256(content: bytes) -> bytes:
    """The 32 bytes of the content's SHA-256."""
    import hashlib  # noqa: PLC0415  see above

    return hashlib.sha256(content).digest()


def blake2b(content: bytes, size: int) -> bytes:
    """The content's BLAKE2b in so many bytes, 1 to 64."""
    import hashlib  # noqa: PLC0415  see above

    return hashlib.blake2b(content, digest_size=size).digest()
