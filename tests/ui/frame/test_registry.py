"""The pages as they are known before they are loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ui.frame.registry import Entry, page_class, pages


@pytest.mark.parametrize("entry", pages(), ids=lambda entry: entry.id)
def test_a_page_is_found_by_its_folder(entry: Entry) -> None:
    assert page_class(entry).id == entry.id


@pytest.mark.slow
def test_counting_the_pages_loads_none_of_them(tmp_path: Path) -> None:
    counted = (
        "import sys; from pathlib import Path; from app.base.paths import Profile; from app.workbench import Workbench;"
        " from ui.frame.registry import pages; bench = Workbench(Profile(Path(sys.argv[1])));"
        " print([entry.counter(bench) for entry in pages() if entry.counter]);"
        " print([name for name in sys.modules if name.startswith('ui.pages.') and name.endswith('.page')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", counted, str(tmp_path / "new")], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [str([0] * 7), "[]"]
