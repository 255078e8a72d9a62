"""Pictures of letters: drawn within bounds by their content, and one sentence for each that is not."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from typing import cast

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage

from app.base.errors import ClosedFileError
from app.mail.pictures import in_page, kind_of
from app.workbench import Workbench
from tests.ui.settling import until
from ui.shared.pictures import Pictures, decode


def encoded(kind: str, width: int = 60, height: int = 30, *, clear: bool = False) -> bytes:
    """A real picture."""
    image = QImage(width, height, QImage.Format.Format_ARGB32 if clear else QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 0, 0) if clear else QColor("#f5cf3a"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]  # PySide takes it; its stubs do not know
    return bytes(buffer.data().data())


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 200_000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "bmp"])
def test_a_picture_is_drawn_as_small_as_asked(kind: str) -> None:
    made = decode(encoded(kind), 40)
    assert made.image is not None
    assert (made.image.width(), made.image.height()) == (40, 20)
    small = decode(encoded(kind, 8, 4), 40).image
    assert small is not None
    assert small.width() == 8


def test_what_shines_through_is_white() -> None:
    made = decode(encoded("png", clear=True), 40).image
    assert made is not None
    assert made.pixelColor(3, 3) == QColor("white")


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/x"/></svg>'


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (SVG, "An SVG file may contain a program"),
        (b"<svg width='9'/>", "An SVG file"),
        (b"MZ this is a program", "This isn't a picture"),
        (b"", "This isn't a picture"),
        (bomb(100_000, 2), "Too large to be shown here: 100,000 × 2 pixels."),
        (bomb(20_000, 20_000), "Too large to be shown here: 20,000 × 20,000 pixels."),
        (b"\x89PNG\r\n\x1a\n broken", "This picture is damaged"),
        (b"\xff\xd8\xff\xe0 broken", "This picture is damaged"),
        (b"GIF89a", "This picture is damaged"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "Pictures in HEIC format can't be shown here."),
        (b"II*\0\x08\0\0\0", "Pictures in TIFF format can't be shown here."),
    ],
)
def test_what_is_not_drawn_says_why_in_one_sentence(content: bytes, begins: str) -> None:
    made = decode(content, 800)
    assert made.image is None
    assert made.sentence.startswith(begins)


def test_a_picture_under_another_pictures_name_is_the_one_it_is() -> None:
    assert kind_of(encoded("jpeg")) == "jpeg"
    assert kind_of(b"GIF89a" + SVG) == "gif"


def test_pictures_in_a_page_are_taken_out_and_those_elsewhere_counted() -> None:
    dot = b64encode(encoded("png")).decode()
    page = (
        f'<p>Hæ</p><img alt="a>b" src="data:image/png;base64,{dot}"><IMG SRC=https://x.example/1.gif>'
        f'<img src="//x.example/2.gif"><img src="cid:x"><img src="data:text/html,<script>"><img>'
        f"<img src='data:image/svg+xml,%3Csvg%3E'>"
    )
    seen = in_page(page)
    assert [(picture.name, picture.type) for picture in seen.inside] == [
        ("picture-1.png", "image/png"), ("picture-2.svg", "image/svg+xml"),
    ]  # fmt: skip
    assert seen.remote == 2


class Failing:
    """As much of a workbench as pictures need: its file can't be read at first."""

    def __init__(self) -> None:
        self.attachments, self.asked = self, 0

    def here(self, number: int) -> bytes:
        self.asked += 1
        if self.asked == 1:
            raise ClosedFileError(str(number))
        return encoded("png")


def test_a_fault_does_not_end_the_decoding() -> None:
    bench = Failing()
    pictures = Pictures(cast("Workbench", bench))
    arrived: list[int] = []
    pictures.ready.connect(lambda number, _side: arrived.append(number))
    assert pictures.get(1, 40) is None
    until(lambda: bench.asked and not pictures.is_busy)
    assert pictures.get(2, 40) is None
    until(lambda: arrived)
    assert arrived == [2]
    made = pictures.get(2, 40)
    assert made is not None
    assert made.image is not None
