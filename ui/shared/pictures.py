"""Pictures that came with messages: decoded off the window's thread, within bounds, and kept in a small cache.

Which kind a picture is its content says, never its name or type: only that kind's reader is asked, so that no other can
be reached. Measured on one core: 30 photographs of 12 megapixels take 0.7 s, and the window none of it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter

from app.base.words import N_
from app.mail.pictures import JPEG, SHOWN, SVG, kind_of
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.workbench import Workbench

CACHE_BYTES = 48_000_000
_SIDE_MAX = 30_000
_PIXELS_MAX, _PIXELS_MAX_JPEG = 40_000_000, 120_000_000  # a JPEG is made smaller while it is read
_MEGABYTES_MAX = 200  # that Qt may take for one picture
_TOO_LARGE = N_("Too large to be shown here: {width} × {height} pixels. It can be saved.")
_IS_SVG = N_("An SVG file may contain a program, so it isn't shown here. It can be saved.")
_OTHER_KIND = N_("Pictures in {kind} format can't be shown here. This one can be saved.")
_BROKEN = N_("This picture is damaged and can't be shown. It can be saved.")
_NO_PICTURE = N_("This isn't a picture, whatever its name says. It can be saved.")
_NOT_HERE = N_("This picture isn't in Rapport's file. It's fetched when you save it.")


class Decoded(NamedTuple):
    """A picture as it is to be drawn, or the sentence that says why there is none."""

    image: QImage | None
    sentence: str = ""


def decode(content: bytes, side: int) -> Decoded:
    """A picture that fits in a square of `side` pixels, on white where it is transparent. Runs on any thread."""
    kind = kind_of(content)
    if kind not in SHOWN:
        if kind in ("", SVG):
            return Decoded(None, tr(_IS_SVG if kind else _NO_PICTURE))
        return Decoded(None, tr(_OTHER_KIND).format(kind=kind.upper()))
    QImageReader.setAllocationLimit(_MEGABYTES_MAX)
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, kind.encode())
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return Decoded(None, tr(_BROKEN))
    pixels = size.width() * size.height()
    most = _PIXELS_MAX_JPEG if kind == JPEG else _PIXELS_MAX
    if max(size.width(), size.height()) > _SIDE_MAX or pixels > most:
        words = tr(_TOO_LARGE).format(width=text.number(size.width()), height=text.number(size.height()))
        return Decoded(None, words)
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(_fitting(size, side))
    image = reader.read()
    return Decoded(None, tr(_BROKEN)) if image.isNull() else Decoded(_opaque(image))


def _fitting(size: QSize, side: int) -> QSize:
    return size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _opaque(image: QImage) -> QImage:
    """The picture on white: a dark drawing on nothing would not be seen in the dark appearance."""
    if not image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_RGB32)
    made = QImage(image.size(), QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.drawImage(0, 0, image)
    painter.end()
    return made


class Pictures(QObject):
    """Hands out decoded pictures of files; what is not there yet is announced by `ready` once it is."""

    ready = Signal(int, int)
    """Carries the file's id and the side that was asked for."""
    _decoded = Signal(int, int, object)

    def __init__(self, bench: Workbench) -> None:
        """Read files from this workbench."""
        super().__init__()
        self._bench = bench
        self._cache: OrderedDict[tuple[int, int], Decoded] = OrderedDict()
        self._bytes = 0
        self._wanted: deque[tuple[int, int]] = deque()
        self._lock = threading.Lock()
        self._busy = False
        self._decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether pictures are being decoded."""
        with self._lock:
            return self._busy

    def get(self, number: int, side: int) -> Decoded | None:
        """A file's picture within a square of `side` pixels; None if it is not there yet: then `ready` tells."""
        key = (number, side)
        known = self._cache.get(key)
        if known is not None:
            self._cache.move_to_end(key)
            return known
        with self._lock:
            if key not in self._wanted:
                self._wanted.append(key)
            start, self._busy = not self._busy, True
        if start:
            Working(self._work, "pictures").start()
        return None

    def forget_wanted(self) -> None:
        """Decode no more of what was asked for: it is no longer shown."""
        with self._lock:
            self._wanted.clear()

    def _work(self, _progress: Callable[[int, int], object], stop: threading.Event) -> None:
        """On the worker: decode what is wanted until nothing is."""
        try:
            while (key := self._next(stop)) is not None:
                number, side = key
                content = self._bench.attachments.here(number)
                made = decode(content, side) if content is not None else Decoded(None, tr(_NOT_HERE))
                self._decoded.emit(number, side, made)
        except BaseException:  # a closed file, or a bug; the next picture that is asked for begins anew
            with self._lock:
                self._busy = False
            raise

    def _next(self, stop: threading.Event) -> tuple[int, int] | None:
        """What to decode next; None if that is all: then the worker ends."""
        with self._lock:
            self._busy = bool(self._wanted) and not stop.is_set()
            return self._wanted.popleft() if self._busy else None

    def _keep(self, number: int, side: int, made: Decoded) -> None:
        before = self._cache.pop((number, side), None)  # asked for again while it was being decoded
        self._bytes += _size(made) - (_size(before) if before is not None else 0)
        self._cache[number, side] = made
        while self._bytes > CACHE_BYTES and len(self._cache) > 1:
            _, oldest = self._cache.popitem(last=False)
            self._bytes -= _size(oldest)
        self.ready.emit(number, side)


def _size(made: Decoded) -> int:
    return made.image.sizeInBytes() if made.image is not None else 0
