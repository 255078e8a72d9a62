"""Where to get a dictionary: one sentence for each language and system."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from app.base.words import N_, tr

NAMES = {
    "en-GB": N_("English (UK)"), "en-US": N_("English (US)"), "is": N_("Icelandic"), "hu": N_("Hungarian"),
    "cs": N_("Czech"), "el": N_("Greek"),
}  # fmt: skip
"""The English names of the languages in sentences about their dictionaries."""
_DEBIAN = {"en-GB": "hunspell-en-gb", "en-US": "hunspell-en-us"}
_FEDORA = {"en-GB": "hunspell-en-GB", "en-US": "hunspell-en-US"}
_SUSE = {"en-GB": "myspell-en_GB", "en-US": "myspell-en_US", "el": "myspell-el_GR", "hu": "myspell-hu_HU",
         "cs": "myspell-cs_CZ", "is": "myspell-is"}  # fmt: skip
_ARCH = {"en-GB": "hunspell-en_gb", "en-US": "hunspell-en_us", "el": "hunspell-el", "hu": "hunspell-hu"}


def how_to_get(tag: str, platform: str = sys.platform, is_file: Callable[[str], bool] | None = None) -> str:
    """One sentence: that there is no dictionary for this language ("el", "en-GB"), and how it is installed here."""
    there = is_file or (lambda path: Path(path).exists())
    name = tr(NAMES[tag]) if tag in NAMES else f"“{tag}”"
    command = _command(tag, there) if tag in NAMES and platform not in ("win32", "darwin") else ""
    if command:
        return tr("There's no {language} dictionary here, so spelling isn't checked. To get it: {command}").format(
            language=name, command=command
        )
    return tr(
        "There's no {language} dictionary here, so spelling isn't checked. Rapport uses those of LibreOffice,"
        " Thunderbird and Firefox: add the language to one of them."
    ).format(language=name)


def _command(tag: str, there: Callable[[str], bool]) -> str:
    language = tag.partition("-")[0]
    if there("/usr/bin/apt-get"):
        return f"sudo apt install {_DEBIAN.get(tag, f'hunspell-{language}')}"
    if there("/usr/bin/dnf"):
        return f"sudo dnf install {_FEDORA.get(tag, f'hunspell-{language}')}"
    if there("/usr/bin/zypper"):
        return f"sudo zypper install {_SUSE.get(tag, f'myspell-{language}')}"
    if there("/usr/bin/pacman") and tag in _ARCH:
        return f"sudo pacman -S {_ARCH[tag]}"
    return ""
