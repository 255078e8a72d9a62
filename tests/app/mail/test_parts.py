"""What a letter wraps is read: letters in letters, signed ones, what Outlook packs, texts with a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import smime, tnef
from app.mail.parse import parse
from app.mail.parts import part
from app.mail.put_in import is_wordless
from tests.app.mail import packing
from tests.app.mail.packing import base64, letter, multi

PLAIN, PAGE = "Content-Type: text/plain; charset=utf-8\r\n\r\n", "Content-Type: text/html; charset=utf-8\r\n\r\n"
MEETING = "Við hittumst á Kjarvalsstöðum klukkan sex."


@pytest.mark.parametrize(
    "plain",
    [
        "This mail needs an HTML viewer.", "\u200b\ufeff", "--\r\n", "Tento e-mail vyžaduje prohlížeč HTML.", "",
        "View this in your browser: https://example.org/n/17", "\xa0", "***", "Δεν φαίνεται; Ανοίξτε το.",
        "Ha nem látja a levelet, kattintson ide: https://example.org/n/17", "[image: logo]", "[cid:image001.png@01DC]",
        "Your e-mail program shows plain text only. Please switch HTML on, or use another program to read this.",
    ],
)  # fmt: skip
def test_a_plain_part_that_says_nothing_gives_way(plain: str) -> None:
    mail = parse(multi("alternative", PLAIN + plain, f"{PAGE}<p>{MEETING}</p>"))
    assert mail.text == MEETING


@pytest.mark.parametrize(
    ("plain", "page"),
    [
        ("Takk!", "<p>Takk!</p>"),
        (MEETING, f"<p>{MEETING}</p><p>og svo kaffi</p>"),
        ("Sjáumst á föstudag, ef veður leyfir.", "<img src=cid:x>"),
        ("👍", "<p>👍</p>"),
        ("Please look at the HTML of our start page.", "<p>Please look at the HTML of our start page.</p>"),
    ],
)
def test_a_plain_part_with_the_words_stays(plain: str, page: str) -> None:
    assert parse(multi("alternative", PLAIN + plain, PAGE + page)).text == plain


def test_a_letter_inside_is_named_shown_and_its_files_can_be_reached() -> None:
    inside = (
        "From: Carla <carla@example.net>\r\nSubject: The gate\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n"
        f"--i\r\n{PLAIN}It is shut.\r\n--i\r\nContent-Type: image/png; name=gate.png\r\n\r\nPNG\r\n--i--"
    )
    head = "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n"
    mail = parse(multi("mixed", f"{PLAIN}See below", head + inside))
    assert mail.text == (
        "See below\n\n[Attached letter: The gate]\nFrom: Carla <carla@example.net>\nSubject: The gate\n\nIt is shut."
    )
    assert [(file.name, file.section) for file in mail.attached] == [("The gate.eml", "2"), ("gate.png", "2.2")]


def test_letters_in_letters_end_somewhere() -> None:
    raw = letter("deepest")
    for _ in range(60):
        raw = letter(raw, Content_Type="message/rfc822")
    assert parse(raw).kind == "said"
    digest = multi("digest", *(f"\r\nSubject: number {number}\r\n\r\nwords {number}" for number in range(3)))
    assert [word in parse(digest).text for word in ("number 0", "words 2", "Subject: number 1")] == [True] * 3


@pytest.mark.parametrize("how", ["", "inline"])
def test_a_text_with_a_name_is_the_letter(how: str) -> None:
    head = f"Content-Type: text/plain; charset=utf-8; name=message.txt\r\nContent-Disposition: {how}"
    assert parse(multi("mixed", f"{head}\r\n\r\nÞetta er bréfið.")).text == "Þetta er bréfið."
    second = parse(multi("mixed", f"{PLAIN}Bréf", "Content-Type: text/plain; name=notes.txt\r\n\r\nminnispunktar"))
    assert (second.text, [file.name for file in second.attached]) == ("Bréf", ["notes.txt"])


def test_a_letter_of_nothing_but_a_text_file_shows_it_and_keeps_the_file() -> None:
    head = "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\n"
    mail = parse(multi("mixed", f"{head}Erdős"))
    assert (mail.text, [file.name for file in mail.attached]) == ("Erdős", ["list.txt"])


# --- signed and encrypted

SAID = f"{PLAIN}Lykillinn er undir steininum.\r\n".encode()
OBJECT = {"Content_Type": 'application/pkcs7-mime; name="smime.p7m"', "Content_Transfer_Encoding": "base64"}


@pytest.mark.parametrize(("open_ended", "piece"), [(False, 0), (True, 0), (True, 7), (False, 1000)])
def test_the_words_of_a_signed_object_are_read(open_ended: bool, piece: int) -> None:  # noqa: FBT001
    content = packing.signed(SAID, open_ended=open_ended, piece=piece)
    mail = parse(letter(base64(content).partition("\r\n\r\n")[2], **OBJECT))
    assert (mail.text, mail.protection, mail.attached) == ("Lykillinn er undir steininum.", "signed smime", ())


def test_a_file_in_a_signed_object_can_be_asked_for_alone() -> None:
    picture = "--i\r\nContent-Type: image/png\r\n\r\nPNG\r\n--i--"
    inside = f"Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n{PLAIN}Hæ\r\n{picture}"
    content = packing.signed(inside.encode())
    (file,) = parse(letter(base64(content).partition("\r\n\r\n")[2], **OBJECT)).attached
    assert (file.name, file.section) == ("1.png", "1/2")
    head = {"content-type": "application/pkcs7-mime"}
    assert part(head, content, file.section) == b"PNG"
    assert part(head, content, "1/9") is None
    assert part({"content-transfer-encoding": "base64"}, b"UE5H", "2.1") == b"PNG"


def test_a_compressed_letter_is_read_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert smime.read(packing.compressed(SAID)) == smime.Inside("compressed", SAID)
    monkeypatch.setattr(smime, "INSIDE_MAX", 1000)
    assert smime.read(packing.compressed(b"\0" * 100_000)) == smime.Inside("compressed", b"")


@pytest.mark.parametrize("kind", [packing.ENVELOPED, packing.AUTHENTICATED])
def test_an_encrypted_object_says_so_and_stays_a_file(kind: str) -> None:
    mail = parse(letter(base64(packing.cms(kind, b"\x30\0")).partition("\r\n\r\n")[2], **OBJECT))
    assert mail.text == "[This letter is encrypted with S/MIME. Open it in the mail program that has your certificate.]"
    assert (mail.protection, [file.name for file in mail.attached]) == ("encrypted smime", ["smime.p7m"])
    assert is_wordless(mail.text)


def test_an_encrypted_object_that_stayed_at_the_server_says_so() -> None:
    head = "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\n"
    mail = parse(multi("mixed", head), left={"1": 20_000_000})
    assert (mail.protection, mail.flaws, mail.source) == ("encrypted smime", ("encrypted",), None)
    assert [(file.name, file.left) for file in mail.attached] == [("smime.p7m", 20_000_000)]


def test_openpgp_in_parts() -> None:
    version = "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    data = "Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n"
    for kind, more in (
        ("encrypted", "; protocol=application/pgp-encrypted"),
        ("mixed", ""),
    ):  # Exchange makes this of it
        mail = parse(multi(kind, version, data, more=more))
        assert mail.protection == "encrypted openpgp"
        assert mail.text.startswith("[This letter is encrypted with OpenPGP.")
        assert [file.name for file in mail.attached] == ["encrypted.asc"]
    for kind, how in (("pgp-signature", "openpgp"), ("pkcs7-signature", "smime"), ("x-pkcs7-signature", "smime")):
        signature = f"Content-Type: application/{kind}; name=signature.asc\r\n\r\nxx"
        mail = parse(multi("signed", f"{PLAIN}Hæ", signature, more=f"; protocol=application/{kind}"))
        assert (mail.text, mail.protection, mail.attached) == ("Hæ", f"signed {how}", ())


def test_what_is_damaged_or_wrongly_typed_is_read_as_far_as_it_goes() -> None:
    broken = parse(letter("garbage", **OBJECT))
    assert broken.text == "[A signed part of this letter is damaged and can't be read. Ask for it again, or save it.]"
    assert [file.name for file in broken.attached] == ["smime.p7m"]
    enveloped = OBJECT | {"Content_Type": "application/x-pkcs7-mime; smime-type=enveloped-data"}
    assert parse(letter("garbage", **enveloped)).protection == "encrypted smime"
    signature = "Content-Type: application/octet-stream; name=smime.p7s\r\n\r\nx"
    signed = parse(multi("signed", f"{PLAIN}Hæ", signature, more="; protocol=application/pkcs7-signature"))
    assert (signed.text, signed.attached, signed.protection) == ("Hæ", (), "signed smime")
    named = "Content-Type: application/octet-stream; name=gate.eml\r\n\r\nSubject: Gate\r\n\r\nIt is shut."
    assert parse(multi("mixed", f"{PLAIN}Hæ", named)).text.endswith(
        "[Attached letter: Gate]\nSubject: Gate\n\nIt is shut."
    )
    page = "Content-Type: text/html\r\nContent-Disposition: attachment; filename=a.html\r\n\r\n<p>Bréf</p>"
    assert parse(multi("mixed", page)).text == "Bréf"


def test_a_signature_of_a_file_is_a_file() -> None:
    head = "Content-Type: application/pgp-signature\r\nContent-Disposition: attachment; filename=plan.pdf.sig\r\n\r\nx"
    mail = parse(multi("mixed", f"{PLAIN}Hæ", head))
    assert [file.name for file in mail.attached] == ["plan.pdf.sig"]


def test_an_encrypted_text_in_both_forms_is_one_file() -> None:
    block = "-----BEGIN PGP MESSAGE-----\r\n\r\nabcd\r\n-----END PGP MESSAGE-----"
    page = f"{PAGE}<style>{'p{margin:0}' * 60}</style><pre>{block}</pre>"
    mail = parse(multi("alternative", PLAIN + block, page))
    assert [file.name for file in mail.attached] == ["message.asc"]
    assert mail.protection == "encrypted openpgp"
    assert mail.formerly == block.replace("\r", "")


BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----\n"
KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ\n-----END PGP PUBLIC KEY BLOCK-----"
SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----"


@pytest.mark.parametrize(
    ("text", "shown", "protection", "names"),
    [
        (f"{BEGIN}Hash: SHA256\n\nHæ\n- -- \n{SIGNATURE}\n", "Hæ\n--", "signed openpgp", []),
        (f"Fyrst\n{BEGIN}\nHæ\n{SIGNATURE}\nSíðast", "Fyrst\nHæ\nSíðast", "signed openpgp", []),
        ("Hæ\n-----BEGIN PGP MESSAGE-----\n\nwV4D\n-----END PGP MESSAGE-----\n",
         "Hæ\n[This letter is encrypted with OpenPGP. Open it in the mail program that has your key.]",
         "encrypted openpgp", ["message.asc"]),
        ("-----BEGIN PGP MESSAGE-----\n\ncut off",
         "[This letter is encrypted with OpenPGP. Open it in the mail program that has your key.]",
         "encrypted openpgp", ["message.asc"]),
        (f"Lykill:\n{KEY}", "Lykill:", "", ["key.asc"]),
        ("> -----BEGIN PGP SIGNED MESSAGE-----\n> Hæ", "> -----BEGIN PGP SIGNED MESSAGE-----\n> Hæ", "", []),
        ("- ekki\n- listi", "- ekki\n- listi", "", []),
    ],
)  # fmt: skip
def test_openpgp_among_the_words(text: str, shown: str, protection: str, names: list[str]) -> None:
    mail = parse(letter(text, Content_Type="text/plain; charset=utf-8"))
    assert (mail.text, mail.protection, [file.name for file in mail.attached]) == (shown, protection, names)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(content: bytes) -> None:
    smime.read(content)
    whole = packing.signed(b"Subject: x\r\n\r\ny", open_ended=True, piece=3)
    smime.read(whole[: len(content)] + content)
    tnef.read(packing.tnef() + content)
    tnef.read(packing.tnef(packing.attribute(packing.PROPERTIES, content), packing.attribute(packing.BEGINS_FILE, b"")))
    tnef.unpacked(packing.plain_rtf(b"")[:16] + content)


# --- Outlook's package


def winmail(*attributes: bytes) -> bytes:
    head = "Content-Type: application/ms-tnef; name=winmail.dat\r\n"
    return multi("mixed", f"{PLAIN}Itt a lista.", head + base64(packing.tnef(*attributes)))


def test_the_files_of_outlook_come_out() -> None:
    picture = (0x1E, 0x370E, b"image/png\0"), (0x1E, 0x3712, b"<p@x>\0")
    mail = parse(winmail(packing.file_in_tnef("névsor.csv", b"a;b"), packing.file_in_tnef("p.png", b"PNG", *picture)))
    assert mail.text == "Itt a lista."
    assert [(file.name, file.type, file.content, file.section) for file in mail.attached] == [
        ("névsor.csv", "application/octet-stream", b"a;b", "2/1"), ("p.png", "image/png", b"PNG", "2/2"),
    ]  # fmt: skip


def test_a_damaged_package_gives_what_it_has_and_stays_a_file() -> None:
    whole = packing.tnef(packing.file_in_tnef("a.txt", b"first"), packing.file_in_tnef("b.txt", b"second"))
    head = "Content-Type: application/ms-tnef; name=winmail.dat\r\n"
    mail = parse(multi("mixed", f"{PLAIN}Hæ", head + base64(whole[:-20])))
    assert [file.name for file in mail.attached] == ["a.txt", "2", "winmail.dat"]
    assert mail.text.startswith("Hæ\n\n[Outlook packed this letter's files into winmail.dat, which is damaged.")


@pytest.mark.parametrize(
    ("attribute", "text"),
    [
        (packing.attribute(packing.BODY, "Hæ öll\0".encode("cp1252")), "Hæ öll"),
        (packing.attribute(packing.TEXT_CODEPAGE, b"\xe2\4\0\0\0\0\0\0")
         + packing.attribute(packing.BODY, b"Erd\xf5s\0"),
         "Erdős"),
        (packing.attribute(packing.PROPERTIES, packing.properties((0x1F, 0x1000, "Γεια σου\0".encode("utf-16-le")))),
         "Γεια σου"),
        (packing.attribute(packing.PROPERTIES, packing.properties(
            (3, 0x3FDE, b"\xe9\xfd\0\0"), (0x102, 0x1013, "<p>Erdős</p>".encode()))), "Erdős"),
        (packing.attribute(packing.PROPERTIES, packing.properties(
            (0x102, 0x1009, packing.plain_rtf(
                rb"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0 Arial;}}Erd\'f5s \u8212?ok\par n\'ed}")))),
         "Erdős —ok\nní"),
        (packing.attribute(packing.PROPERTIES, packing.properties(
            (0x102, 0x1009, packing.plain_rtf(
                rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf x\htmlrtf0 "
                rb"Hall\'f3 \u-10179?\u-8703?{\*\htmltag72 </p>}}")))),
         "Halló 😁"),
    ],
)  # fmt: skip
def test_the_words_of_outlook_are_read_where_the_letter_has_none(attribute: bytes, text: str) -> None:
    head = "Content-Type: application/ms-tnef; name=winmail.dat\r\n"
    assert parse(multi("mixed", head + base64(packing.tnef(attribute)))).text == text


def test_compressed_rtf_copies_from_what_it_has_said() -> None:
    # The example of MS-OXRTFCP, 4.1.1: a reference to the dictionary among plain bytes.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af8 20776f6c64 20 6c000ef0".replace(" ", "")
    )
    assert tnef.unpacked(packed)[:20] == rb"{\rtf1\ansi\ansicpg1"
    raw = b"{\\rtf1 uncompressed}"
    plain = (len(raw) + 12).to_bytes(4, "little") + len(raw).to_bytes(4, "little") + b"MELA\0\0\0\0" + raw
    assert tnef.unpacked(plain) == raw


# --- invitations


def invitation(method: str = "REQUEST") -> str:
    return (
        f"Content-Type: text/calendar; charset=utf-8; method={method}\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
        "SUMMARY:Fundur í garðinum\r\nDTSTART:20261205T180000Z\r\nLOCATION:Kjarvalsstaðir\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def test_an_invitation_alone_is_words_and_a_file() -> None:
    mail = parse(multi("mixed", invitation()))
    first, _, where = mail.text.split("\n")
    assert (first, where) == ("Invitation: Fundur í garðinum", "Where: Kjarvalsstaðir")
    assert [(file.name, file.type) for file in mail.attached] == [("Fundur í garðinum.ics", "text/calendar")]


def test_an_invitation_that_comes_twice_is_shown_once_below_the_words() -> None:
    alternative = (
        f"Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n{PLAIN}Kemur þú?\r\n--a\r\n{invitation()}--a--"
    )
    mail = parse(multi("mixed", alternative, invitation().replace("text/calendar", "application/ics; name=invite.ics")))
    assert mail.text.startswith("Kemur þú?\n\nInvitation: Fundur í garðinum\n")
    assert mail.text.count("Fundur") == 1
    assert len(mail.attached) == 1
