"""The one package that an installed Rapport is: it holds `app`, `ui`, `resources` and `main.py` as the repository does.

Its own folder goes first on Python's path, so that `import app` and `import ui` mean the same here as in a checkout and
nothing of ours but `rapport` lies in site-packages: docs/decisions/0012.
"""

from __future__ import annotations

import sys
from pathlib import Path


def start() -> int:
    """Do what the words of the command line ask, as `main.py` does in a checkout; the exit status."""
    here = str(Path(__file__).parent)
    if here not in sys.path:
        sys.path.insert(0, here)
    import main  # noqa: PLC0415  it is on the path only now

    return main.start()
