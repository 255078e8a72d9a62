"""The one step of a build that pyproject.toml cannot say: the used icons go into the wheel, out of Lucide's package."""

from __future__ import annotations

import runpy
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

RECIPE = Path(__file__).with_name("icons.py")


class Icons(BuildHookInterface[Any]):
    """Unpacks the icons into a folder that is there while the wheel is written."""

    PLUGIN_NAME = "icons"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's own signature
        """Have the icons written to where the installed program looks for them."""
        self._scratch = tempfile.TemporaryDirectory(prefix="rapport-icons-")
        folder = Path(self._scratch.name, "icons")
        runpy.run_path(str(RECIPE))["write"](folder)
        build_data["force_include"][str(folder)] = "resources/icons"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  as above
        """Take the folder away."""
        self._scratch.cleanup()
