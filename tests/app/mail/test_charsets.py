"""app.mail.charsets: bytes in the charset that is meant, whatever the label says."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import resources
from app.mail.charsets import UnknownCharsetError, decode

IS, HU, CS, EL = (
    "Þóra – „kveðja, ömmu“",
    "Őszi vásár – „Erdős Előd” űrlapja",
    "Příliš žluťoučký kůň – „ano“",
    "Άκυρο – “ναι” σε όλους",
)


@pytest.mark.parametrize("text", [IS, HU, CS, EL])
@pytest.mark.parametrize(
    "label", ["windows-1252", "iso-8859-2", "windows-1253", "us-ascii", "koi8-r", "nobody-knows", ""]
)
def test_utf_8_is_utf_8_whatever_the_label(text: str, label: str) -> None:
    assert decode(text.encode(), label) == text


@pytest.mark.parametrize(
    ("text", "page", "label"),
    [
        (CS, "cp1250", "iso-8859-2"), (HU, "cp1250", "iso-8859-2"), (EL, "cp1253", "iso-8859-7"),
        (IS, "cp1252", "iso-8859-15"), ("20 € – „takk“", "cp1252", "iso-8859-1"),
    ],
)  # fmt: skip
def test_quotation_marks_of_windows_tell_its_code_page(text: str, page: str, label: str) -> None:
    assert decode(text.encode(page), label) == text


@pytest.mark.parametrize(
    ("label", "page"),
    [
        ("cp-1250", "cp1250"), ("windows1250", "cp1250"), ("win-1250", "cp1250"), ("x-cp-1250", "cp1250"),
        ("cp-850", "cp850"), ("IBM-850", "cp850"), ("iso88592", "iso-8859-2"), ("ISO_8859-2:1987;x", "iso-8859-2"),
        ("latin-2", "iso-8859-2"), ("utf8", "utf-8"), ("UTF_8x", "utf-8"),
    ],
)  # fmt: skip
def test_misspelt_names_are_known(label: str, page: str) -> None:
    text = "Käse für José" if page == "cp850" else "Kovács Előd, Dvořák"
    assert decode(text.encode(page), label) == text


@pytest.mark.parametrize(("text", "page"), [(IS, "cp1252"), (HU, "cp1250"), (CS, "cp1250"), (EL, "cp1253")])
@pytest.mark.parametrize("label", ["foo", "utf-8", "x-unknown"])
def test_a_guess_stays_within_our_languages(text: str, page: str, label: str) -> None:
    assert decode(text.encode(page), label) == text


@pytest.mark.parametrize(
    ("language", "page"), [("is", "cp1252"), ("hu", "cp1250"), ("cs", "cp1250"), ("el", "cp1253"), ("en", "cp1252")]
)
def test_whatever_people_write_in_our_languages_is_guessed(language: str, page: str) -> None:
    talks = resources.table("demo", f"conversations_{language}.toml")["conversation"]
    written = [text for talk in talks for text in (talk["title"], *(said["text"] for said in talk["message"]))]
    tried = 0
    for text in written:
        with suppress(UnicodeEncodeError):  # an emoji, a name in another script
            assert decode(text.encode(page), "nobody-knows") == text
            tried += 1
    assert tried > 50


def test_a_word_alone_is_guessed_too() -> None:
    assert decode("Kveðja, Jón".encode("cp1252"), "foo") == "Kveðja, Jón"
    assert decode("kaffi með é".encode("cp1252"), "utf-8\ufffd") == "kaffi með é"


def test_a_true_label_is_kept() -> None:
    assert decode("Ã©".encode("cp1252"), "windows-1252") == "Ã©"  # one letter may be chance
    assert decode("привет".encode("koi8-r"), "koi8-r") == "привет"
    assert decode("日本語です".encode("iso-2022-jp"), "iso-2022-jp") == "日本語です"
    assert decode("日本語です".encode("shift_jis"), "shift_jis") == "日本語です"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnknownCharsetError):
        decode(b"\x00\xff\xfe\x00", "foo")


@given(st.binary(max_size=300), st.sampled_from(["utf-8", "iso-8859-2", "cp1253", "foo", "", "utf-16", "big5"]))
def test_whatever_comes_it_is_text_or_refused(octets: bytes, label: str) -> None:
    try:
        assert isinstance(decode(octets, label), str)
    except UnknownCharsetError:
        assert b"\0" in octets
