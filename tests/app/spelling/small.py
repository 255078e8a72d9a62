"""Small dictionaries, written by us for the tests: a few words of each language in Hunspell's two files."""

from __future__ import annotations

from pathlib import Path

WORDS = {
    "en_GB": "hello colour the lemonade is their thank you don't well known for and recipe",
    "en_US": "hello color the lemonade is their",
    "is_IS": "takk fyrir kæra þitt sítrónu límonaði bréf gott er",
    "hu_HU": "köszönjük az üzenetet szia limonádé süveg/C csomag/C ajándék/C",
    "cs_CZ": "děkujeme za zprávu dobrý den",
    "el_GR": "καλημέρα ευχαριστώ για το μήνυμα μου όνομα λόγος αυτό την και είναι",
}
_SUFFIXES = "SFX S Y 1\nSFX S 0 s .\n"
_AFFIXES = {
    "en_GB": f"SET UTF-8\nTRY esianrtolcdugmphbyfvkw\nWORDCHARS '\n{_SUFFIXES}",
    "hu_HU": "SET UTF-8\nTRY aeiou\nCOMPOUNDFLAG C\nCOMPOUNDMIN 3\n",
    "el_GR": "SET ISO8859-7\nTRY αειουηςλ\n",
}


def write(folder: Path, names: tuple[str, ...] = tuple(WORDS)) -> None:
    """Write these dictionaries into a folder, the Greek one in its old encoding, as Debian has it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        words = WORDS[name].split()
        affixes = _AFFIXES.get(name, "SET UTF-8\nTRY aeinorst\n")
        encoding = "iso8859-7" if "ISO8859-7" in affixes else "utf-8"
        (folder / f"{name}.aff").write_text(affixes, encoding)
        (folder / f"{name}.dic").write_text("\n".join([str(len(words)), *words, ""]), encoding)
