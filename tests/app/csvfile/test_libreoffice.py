"""LibreOffice opens the file with no formula in it, and gives every cell back as it was, in five locales."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.csvfile import clean, inspect_table, rows, write
from tests.app.csvfile.hostile import HOSTILE

LOCALES = {"en-US": 1033, "cs": 1029, "hu": 1038, "el": 1032, "is": 1039}


def convert(folder: Path, source: Path, target: str, *options: str) -> Path:
    """The file as LibreOffice saves it; a profile of its own, so that tests side by side do not meet."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    out = folder / "out"
    subprocess.run(
        ["soffice", profile, "--headless", *options, "--convert-to", target, "--outdir", str(out), str(source)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return out / f"{source.stem}.{target.partition(':')[0]}"


@pytest.mark.slow
@pytest.mark.servers("soffice")
@pytest.mark.parametrize("locale", LOCALES)
def test_hostile_cells_neither_run_nor_change(tmp_path: Path, locale: str) -> None:
    assert len(set(HOSTILE)) >= 90
    path = tmp_path / "hostile.csv"
    write(path, ["n", "text", "end"], [(f"n{number}", text, "x") for number, text in enumerate(HOSTILE)])
    infilter = (
        f"--infilter=CSV:44,34,76,1,,{LOCALES[locale]},false,true"  # it looks for special numbers, as a person may set
    )
    opened = convert(tmp_path, path, "fods", infilter)
    assert opened.read_text("utf-8").count("table:formula=") == 0
    saved = convert(tmp_path, path, "csv:Text - txt - csv (StarCalc):44,34,76,1", infilter)
    back = {row.cells[0]: row.cells[1] for row in rows(inspect_table(saved))}
    assert {text: back[f"n{number}"] for number, text in enumerate(HOSTILE)} == {text: clean(text) for text in HOSTILE}
