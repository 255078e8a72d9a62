"""What pyproject.toml cannot say of a build: which icons and which documents with their pictures go into the wheel."""

from __future__ import annotations

import re
import runpy
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

RECIPE = Path(__file__).with_name("icons.py")
GUIDE = "docs/connecting.md"


def shown(house: Path) -> list[str]:
    """The documents that the window shows: how to connect, and the pictures that it names, their dark twins too."""
    page = house / GUIDE
    named = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text("utf-8"))
    twins = [name.replace("_light.", "_dark.") for name in named]
    wanted = sorted({page, *(page.parent / name for name in [*named, *twins])})
    return [path.relative_to(house).as_posix() for path in wanted]


class Contents(BuildHookInterface[Any]):
    """Unpacks the icons into a folder that is there while the wheel is written, and names the documents."""

    PLUGIN_NAME = "contents"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's own signature
        """Have icons and documents written to where the installed program looks for them."""
        self._scratch = tempfile.TemporaryDirectory(prefix="rapport-icons-")
        folder = Path(self._scratch.name, "icons")
        runpy.run_path(str(RECIPE))["write"](folder)
        build_data["force_include"][str(folder)] = "resources/icons"
        house = Path(self.root)
        build_data["force_include"].update({str(house / name): name for name in shown(house)})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  as above
        """Take the folder away."""
        self._scratch.cleanup()
