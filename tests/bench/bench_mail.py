"""A first import of mail, against `mu index` on the same mails in the same run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from app.imports import Options
from app.imports.desk import Imports
from app.intake import Intake
from app.store.store import Store
from tests.bench.community import OWN
from tests.bench.mails import write_maildir, write_mbox
from tests.bench.measure import Result, seconds

_MOST = 20_000  # mails; more only takes longer


def run(folder: Path, size: int) -> Iterator[Result]:
    """Messages a second of an mbox, and how mu does on a Maildir of the same mails."""
    count = min(size, _MOST)
    mbox, store = folder / "bench.mbox", Store(folder / "mbox" / "community.rapport")
    write_mbox(mbox, count)
    imports = Imports(store, Intake(store))
    taken = []
    ours = count / seconds(lambda: taken.append(imports.run(mbox, Options(own=(OWN,)))))
    again = count / seconds(lambda: taken.append(imports.run(mbox, Options(own=(OWN,)))))
    store.close()
    note = "" if taken[0].new == count and taken[1].known == count else f"COUNTS ARE WRONG: {taken}"
    mu = _mu(folder, count)
    yield Result("mbox, messages a second (bare: mu index)", ours, "/s", mu, at_least=mu or 2_570, note=note)
    yield Result("the same mbox again", again, "/s")


def _mu(folder: Path, count: int) -> float | None:
    """Messages a second that mu indexes; None where it is not installed."""
    program = shutil.which("mu")
    if program is None:
        return None
    maildir, home = folder / "Maildir", folder / "mu"
    write_maildir(maildir, count)
    settings = {**os.environ, "XDG_CACHE_HOME": str(home)}
    subprocess.run(
        [program, "init", f"--maildir={maildir}", f"--my-address={OWN}", "--quiet"],
        env=settings,
        check=True,
        capture_output=True,
    )
    index = [program, "index", "--quiet"]
    return count / seconds(lambda: subprocess.run(index, env=settings, check=True, capture_output=True))
