"""Where dictionaries are looked for, and how to get one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.spelling import places
from app.spelling.advice import how_to_get
from tests.app.spelling.small import write


def test_names_of_files_tell_languages(tmp_path: Path) -> None:
    for name in ("is.dic", "en_GB.dic", "en-US.dic", "hyph_is.dic", "th_cs.dat", "sr_Latn_RS.dic", "README.dic",
                 "el_GR.aff", "de_DE_frami.dic", "en_GB-large.dic"):  # fmt: skip
        (tmp_path / name).write_text("", "utf-8")
    found = places.find_dictionaries([("system", str(tmp_path))], bundled=False)
    assert [one.tag for one in found] == ["de-DE", "en-US", "en-GB", "en-GB", "is", "sr"]


def test_a_link_to_another_is_no_second_one(tmp_path: Path) -> None:
    write(tmp_path / "hunspell", ("cs_CZ",))
    (tmp_path / "dicts").mkdir()
    for part in ("aff", "dic"):
        (tmp_path / "dicts" / f"cs_CZ.{part}").symlink_to(tmp_path / "hunspell" / f"cs_CZ.{part}")
    folders = [("system", str(tmp_path / name)) for name in ("hunspell", "dicts", "not there")]
    assert [one.dic for one in places.find_dictionaries(folders, bundled=False)] == [
        str(tmp_path / "hunspell" / "cs_CZ.dic")
    ]


LAID = {
    "linux": (
        ".local/share/hunspell/is_IS.dic",
        ".config/libreoffice/4/user/uno_packages/cache/uno_packages/lu1.tmp_/cs.oxt/cs_CZ.dic",
        ".thunderbird/abc.default/extensions/hu@dictionaries.addons.mozilla.org.xpi",
        "snap/firefox/common/.mozilla/firefox/x.default/extensions/el@dictionaries.xpi",
    ),
    "darwin": (
        "Library/Spelling/is_IS.dic",
        "Library/Application Support/LibreOffice/4/user/uno_packages/cache/uno_packages/lu1.tmp_/cs.oxt/cs_CZ.dic",
        "Library/Thunderbird/Profiles/abc.default/extensions/hu@dictionaries.addons.mozilla.org.xpi",
        "Library/Application Support/Firefox/Profiles/x.default/extensions/el@dictionaries.xpi",
    ),
    "win32": (
        "Programs/LibreOffice/share/extensions/dict-is/is_IS.dic",
        "Roaming/LibreOffice/4/user/uno_packages/cache/uno_packages/lu1.tmp_/cs.oxt/cs_CZ.dic",
        "Roaming/Thunderbird/Profiles/abc.default/extensions/hu@dictionaries.addons.mozilla.org.xpi",
        "Roaming/Mozilla/Firefox/Profiles/x.default/extensions/el@dictionaries.xpi",
    ),
}


@pytest.mark.parametrize("platform", LAID)
def test_each_system_has_its_places(platform: str, tmp_path: Path) -> None:
    for name in LAID[platform]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".xpi":
            with zipfile.ZipFile(path, "w") as packed:
                packed.writestr(f"dictionaries/{path.name[:2]}.dic", "1\nx\n")
        else:
            path.write_text("1\nx\n", "utf-8")
    environ = {
        "PROGRAMFILES": str(tmp_path / "Programs"),
        "APPDATA": str(tmp_path / "Roaming"),
        "XDG_DATA_DIRS": "/none",
    }
    folders = places.system_folders(platform, environ, tmp_path)
    found = places.find_dictionaries([one for one in folders if one[1].startswith(str(tmp_path))], bundled=False)
    assert sorted(one.language for one in found) == ["cs", "el", "hu", "is"]


def test_folders_that_the_environment_names(tmp_path: Path) -> None:
    assert ("own", "/a") in places.system_folders("linux", {"DICPATH": "/a:/b"}, tmp_path)
    assert places.system_folders("linux", {"RAPPORT_DICTIONARIES": "/a"}, tmp_path) == [("own", "/a")]
    assert places.system_folders("linux", {"RAPPORT_DICTIONARIES": ""}, tmp_path) == []


@pytest.mark.parametrize(
    ("tag", "program", "said"),
    [
        (
            "el",
            "/usr/bin/apt-get",
            "Greek dictionary here, so spelling isn't checked. To get it: sudo apt install hunspell-el",
        ),
        ("en-GB", "/usr/bin/apt-get", "hunspell-en-gb"),
        ("en-GB", "/usr/bin/dnf", "hunspell-en-GB"),
        ("is", "/usr/bin/zypper", "myspell-is"),
        ("hu", "/usr/bin/pacman", "hunspell-hu"),
        ("is", "/usr/bin/pacman", "add the language to one of them"),
        ("xx", "/usr/bin/apt-get", "no “xx” dictionary"),
        ("xx", "/usr/bin/apt-get", "add the language to one of them"),
        ("el", "", "LibreOffice"),
    ],
)
def test_how_a_dictionary_is_got(tag: str, program: str, said: str) -> None:
    assert said in how_to_get(tag, "linux", program.__eq__)


def test_how_a_dictionary_is_got_elsewhere() -> None:
    for system in ("win32", "darwin"):
        assert "LibreOffice" in how_to_get("el", system, "/usr/bin/apt-get".__eq__)
