"""An empty framed Qt window, shown and painted: what a start of ours is compared with. Run as a program of its own.

It imports and does as little as PySide6 lets a program with a window do. One line of JSON comes out once it is idle.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Empty(QWidget):
    """Nothing but a title and its ground."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The first paint is what the clock waits for."""
        super().paintEvent(event)
        Empty.painted = True


def idle() -> None:
    """The loop has nothing left to do: tell the time, once the window has been painted, and end."""
    if Empty.painted:
        status = Path("/proc/self/status").read_text("utf-8")
        resident = int(status.split("VmRSS:")[1].split()[0]) / 1000
        sys.stdout.write(json.dumps({"at": time.monotonic(), "cpu": time.process_time(), "resident": resident}))
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = Empty()
    window.setWindowTitle("Empty")
    window.resize(1280, 800)
    window.show()
    QAbstractEventDispatcher.instance().aboutToBlock.connect(idle)
    app.exec()
