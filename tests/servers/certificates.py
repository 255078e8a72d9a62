"""A certificate authority of a test's own, and a certificate that it has signed for localhost."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificates:
    """Paths of PEM files."""

    ca: Path
    certificate: Path
    key: Path


def make(folder: Path) -> Certificates:
    """Make them with openssl; valid for two days."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    new = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    _run([
        *new, "-keyout", str(folder / "ca.key"), "-out", str(made.ca), "-subj", "/CN=Test authority",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",  # an authority without it is refused since Python 3.13
    ])  # fmt: skip
    _run([
        *new, "-keyout", str(made.key), "-out", str(made.certificate), "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE",
        "-CA", str(made.ca), "-CAkey", str(folder / "ca.key"),
    ])  # fmt: skip
    return made


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
