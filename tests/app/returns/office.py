"""LibreOffice as a teammate uses it: a file is opened, cells are typed into, and it is saved, in their locale.

What is typed goes into the file that LibreOffice saved, as text, and LibreOffice opens it once more: so it
understands a typed date as it does in that locale. A spreadsheet is typed into with openpyxl, and saved by LibreOffice.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

LOCALES = {"en-US": 1033, "cs-CZ": 1029, "hu-HU": 1038, "el-GR": 1032, "is-IS": 1039}
DAY = date(2026, 11, 25)
DATES = {
    "en-US": "11/25/2026", "cs-CZ": "25.11.2026", "hu-HU": "2026. 11. 25.", "el-GR": "25/11/2026",
    "is-IS": "25.11.2026",
}  # fmt: skip
"""That day as it is typed there."""
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item></oor:items>"""
Type = Callable[[int], dict[str, str | date]]
"""What is typed into a row (its number as a spreadsheet shows it): by column; a day is typed as a date."""


class Office:
    """LibreOffice in a locale, with a profile of its own."""

    def __init__(self, folder: Path, locale: str) -> None:
        self._folder, self._locale = folder, locale
        self._profile = folder / f"profile-{locale}"
        (self._profile / "user").mkdir(parents=True)
        settings = self._profile / "user" / "registrymodifications.xcu"
        settings.write_text(_SETTINGS.format(locale=locale), encoding="utf-8")

    def save(self, source: Path, target: str) -> Path:
        """Open a file and save it as another kind: csv, xlsx, ods, fods."""
        out = self._folder / "saved"
        options = [f"--infilter=CSV:44,34,76,1,,{LOCALES[self._locale]},false,true"] if source.suffix == ".csv" else []
        subprocess.run(
            [
                "soffice", f"-env:UserInstallation={self._profile.as_uri()}", "--headless", *options,
                "--convert-to", _CSV if target == "csv" else target, "--outdir", str(out), str(source),
            ],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
        return out / f"{source.stem}.{target}"

    def formulas(self, source: Path) -> int:
        """How many formulas there are once it is open."""
        return self.save(source, "fods").read_text("utf-8").count("table:formula=")

    def typed(self, source: Path, type_into: Type) -> Path:
        """The file with what is typed into its rows, ready to be saved by LibreOffice."""
        path = self._folder / f"typed-{source.name}"
        if source.suffix == ".csv":
            with self.save(source, "csv").open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            for number, row in enumerate(rows, 2):
                for column, said in type_into(number).items():
                    row[header.index(column)] = DATES[self._locale] if isinstance(said, date) else said
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header, *rows])
            return path
        book = load_workbook(source)
        sheet = book.worksheets[0]
        titles = [cell.value for cell in sheet[1]]
        for line in range(2, sheet.max_row + 1):
            for cell in sheet[line]:
                if cell.value is not None:
                    cell.data_type = "s"  # what is text stays text, also where it begins with =
            for column, said in type_into(line).items():
                place = sheet.cell(line, titles.index(column) + 1)
                place.value = said
                place.number_format = "dd/mm/yyyy" if isinstance(said, date) else "@"
        book.save(path)
        return path
