"""A letter of 5 MB with 30 pictures, for the bench of the window."""

from __future__ import annotations

import random
from base64 import encodebytes

from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage

COUNT, WIDE, HIGH = 30, 2000, 1500
TITLE = "bench-pictures 0"


def letter() -> bytes:
    """The letter: every second picture is among its words, the others are attached."""
    shown = "".join(f'<img src="cid:{number}@x">' for number in range(0, COUNT, 2))
    words = f"Content-Type: text/html\r\n\r\n<p>{'Here they are. ' * 40}</p>{shown}"
    parts = [words, *(_part(number) for number in range(COUNT))]
    body = "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n"
    head = (
        f"From: Poppy Thorne <poppy@example.net>\r\nSubject: {TITLE}\r\nMessage-ID: <pictures@example.net>\r\n"
        'Date: Mon, 16 Nov 2026 10:00:00 +0000\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    )
    return (head + body).encode()


def _part(number: int) -> str:
    head = f"Content-Type: image/jpeg; name=photo-{number}.jpg\r\nContent-ID: <{number}@x>\r\n"
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n{encodebytes(_photograph(number)).decode()}"


def _photograph(number: int) -> bytes:
    """A picture of some 120 kB, the same each time."""
    dots = random.Random(number).randbytes(100 * 75 * 4)
    coarse = QImage(dots, 100, 75, QImage.Format.Format_RGB32)
    smooth = Qt.TransformationMode.SmoothTransformation
    image = coarse.scaled(WIDE, HIGH, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "jpeg", 20)  # type: ignore[call-overload]  # what PySide takes, its stubs do not know
    return bytes(buffer.data().data())
