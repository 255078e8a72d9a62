"""Digests: what they say, by published values, and that OpenSSL waits for the first of them."""

from __future__ import annotations

import subprocess
import sys

from app.base.digests import blake2b, sha256


def test_sha256_is_that_of_fips_180_4() -> None:
    """FIPS 180-4, the example of one block."""
    assert sha256(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_blake2b_is_that_of_rfc_7693() -> None:
    """RFC 7693, appendix A; a shorter digest is another one, and not the beginning of the long."""
    assert blake2b(b"abc", 64).hex().startswith("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1")
    assert len(blake2b(b"abc", 16)) == 16
    assert blake2b(b"abc", 16) != blake2b(b"abc", 64)[:16]


def test_openssl_is_not_loaded_before_the_first_digest() -> None:
    """It takes 4 MB; taking in and the outbox import the digests at the start."""
    code = "import sys, app.intake, app.outbox; print('_hashlib' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "False"
