"""Mail read into messages: what a mail says, however it is packed; and that nothing in a mail can hurt."""

from __future__ import annotations

import email
import email.policy
import time
from email.message import EmailMessage
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.clock import now
from app.mail.parse import EARLIEST, parse


def letter(body: bytes = b"Hello", **headers: str) -> bytes:
    """A mail with these headers (underscores stand for hyphens), and a few usual ones where they are not given."""
    given = {
        "From": "Ada <ada@x.is>",
        "Subject": "A thing",
        "Date": "Mon, 6 Jan 2025 10:11:12 +0100",
        "Message-ID": "<1@x>",
    }
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in given.items() if value).encode() + b"\r\n" + body


def html(text: str) -> str:
    return parse(letter(text.encode(), Content_Type="text/html; charset=utf-8")).text


def test_a_plain_mail() -> None:
    mail = parse(
        letter(
            "Hæ!\r\nTvær línur.\r\n".encode(),
            From='"Þór, Guðrún" <Gudrun@X.is>',
            Content_Type="text/plain; charset=utf-8",
        )
    )
    assert (mail.remote_id, mail.author.key, mail.author.handle, mail.author.name) == (
        "1@x",
        "gudrun@x.is",
        "Gudrun@X.is",
        "Þór, Guðrún",
    )
    assert (mail.text, mail.title, mail.at, mail.out, mail.public, mail.kind) == (
        "Hæ!\nTvær línur.",
        "A thing",
        1_736_154_672,
        False,
        False,
        "said",
    )


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: RE: Fwd: Hello", "Hello"),
        ("SV: Frábær límonaði", "Frábær límonaði"),
        ("Vá: Re[2]: Kérdés", "Kérdés"),
        ("Odp: Re: Dotaz", "Dotaz"),
        ("Απ: ΑΠ: Πρθ: Ερώτηση", "Ερώτηση"),
        ("AW: Antw: WG: Frage", "Frage"),
        ("Regarding: this", "Regarding: this"),
        ("Revenue: up", "Revenue: up"),
        ("=?utf-8?B?UmU6IEZyw6Fiw6Zy?=", "Frábær"),
        ("=?UTF-8?Q?=CE=91=CF=80=3A_=CE=93?= =?UTF-8?Q?=CE=B5=CE=B9=CE=AC?=", "Γειά"),
        ("=?utf-8?Q?split_=CE?= =?utf-8?Q?=93_letter?=", "split Γ letter"),
        ("=?iso-8859-2?Q?=E8e=B9tina?= and plain", "čeština and plain"),
        ("=?x-unknown-one?Q?abc?=", "abc"),
        ("Re:", ""),
        ("", ""),
    ],
)
def test_titles(subject: str, title: str) -> None:
    assert parse(letter(Subject=subject)).title == title


@pytest.mark.parametrize(
    ("charset", "word"),
    [("iso-8859-2", "žluťoučký"), ("cp1250", "„Őrült”"), ("iso-8859-7", "Καλημέρα"), ("windows-1253", "Γειά"),
     ("utf-8", "þjóð"),
     ("iso-8859-1", "Ísland"), ("utf-7", "Hæ"), ("koi8-r", "Привет"), ("gb2312", "你好")],
)  # fmt: skip
def test_charsets(charset: str, word: str) -> None:
    assert parse(letter(word.encode(charset), Content_Type=f'text/plain; charset="{charset}"')).text == word


def test_a_wrong_claim_is_read_as_it_was_meant() -> None:
    assert parse(letter("Þetta er".encode(), Content_Type="text/plain; charset=us-ascii")).text == "Þetta er"
    assert (
        parse(letter("naïve “quotes”".encode("cp1252"), Content_Type="text/plain; charset=utf-8")).text
        == "naïve “quotes”"
    )
    assert parse(letter("Þetta er".encode(), Content_Type="text/plain; charset=x-klingon")).text == "Þetta er"


@pytest.mark.parametrize(
    "charset", ["rot13", "base64", "zlib", "unicode_escape", "punycode", "idna", "undefined", "a\0b", "x" * 500]
)
def test_codecs_that_are_no_charsets_do_nothing(charset: str) -> None:
    mail = parse(letter(b"\\u0041 \xff\xfe\xfa" * 3, Content_Type=f'text/plain; charset="{charset}"'))
    assert "A \xff" not in mail.text


def test_transfer_encodings() -> None:
    assert (
        parse(
            letter(
                b"caf=C3=A9 =\r\nau lait",
                Content_Type="text/plain; charset=utf-8",
                Content_Transfer_Encoding="Quoted-Printable",
            )
        ).text
        == "café au lait"
    )
    assert (
        parse(letter(b"Y2Fmw6k=", Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="base64")).text
        == "café"
    )
    assert (
        parse(
            letter(b"Y2Fmw6k\r\n!!", Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="base64")
        ).text
        == "café"
    )


def test_flowed_lines_are_put_together() -> None:
    body = b"One long \r\nline here.\r\n\r\n> quoted \r\n> too\r\n-- \r\nAda"
    assert (
        parse(letter(body, Content_Type="text/plain; format=flowed")).text
        == "One long line here.\n\n> quoted too\n--\nAda"
    )


def multi(kind: str, *parts: str, boundary: str = "=_b") -> bytes:
    joined = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return letter(
        f"preamble\r\n{joined}--{boundary}--\r\nepilogue".encode(),
        Content_Type=f'multipart/{kind}; boundary="{boundary}"',
    )


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nPlain words"
HTML = 'Content-Type: text/html; charset=utf-8\r\n\r\n<p>Rich <a href="https://x.is/a">words</a></p>'
FILE = (
    'Content-Type: application/pdf; name="a.pdf"\r\n'
    'Content-Disposition: attachment; filename="=?utf-8?B?w6EucGRm?="\r\n'
    "Content-Transfer-Encoding: base64\r\n\r\nUERG"
)


def test_alternatives_and_attachments() -> None:
    assert parse(multi("alternative", PLAIN, HTML)).text == "Plain words"
    assert (
        parse(multi("alternative", "Content-Type: text/plain\r\n\r\n \r\n", HTML)).text == "Rich words <https://x.is/a>"
    )
    assert parse(multi("alternative", HTML, PLAIN)).text == "Plain words"
    mail = parse(multi("mixed", PLAIN, FILE))
    assert mail.text == "Plain words"
    assert [(one.name, one.type, one.content) for one in mail.attached] == [("á.pdf", "application/pdf", b"PDF")]
    inner = multi("alternative", PLAIN, HTML, boundary="=_b2").split(b"\r\n\r\n", 1)[1].decode()
    nested = f'Content-Type: multipart/alternative; boundary="=_b2"\r\n\r\n{inner}'
    both = parse(multi("mixed", nested, FILE))
    assert (both.text, len(both.attached)) == ("Plain words", 1)


def test_a_mail_of_nothing_but_a_file_says_so() -> None:
    assert parse(multi("mixed", FILE)).text == "[Attachments only.]"
    assert parse(letter(b"")).text == "[No text.]"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\evil.exe", "evil.exe"),
        ("a\u202egpj.exe", "a_gpj.exe"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ("..", "1"),
        ("con\nfig", "con_fig"),
    ],
)
def test_names_of_files_are_made_safe(said: str, kept: str) -> None:
    coded = "".join(f"%{byte:02X}" for byte in said.encode())
    part = (
        f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=utf-8''{coded}\r\n\r\nx"
    )
    (one,) = parse(multi("mixed", part)).attached
    assert one.name == kept


def test_long_names_in_pieces() -> None:
    part = (
        "Content-Type: text/csv\r\nContent-Disposition: attachment;\r\n"
        " filename*0*=utf-8''%C3%A1;\r\n filename*1=bc;\r\n filename*2=.csv\r\n\r\nx"
    )
    assert parse(multi("mixed", part)).attached[0].name == "ábc.csv"


def test_references_are_the_chain_with_the_nearest_last() -> None:
    mail = parse(letter(References="<a@x>\r\n <b@x>", In_Reply_To="<c@x>"))
    assert (mail.refs, mail.parent) == (("a@x", "b@x", "c@x"), "c@x")
    many = parse(letter(References=" ".join(f"<{n}@x>" for n in range(500))))
    assert (len(many.refs), many.refs[0], many.refs[-1]) == (60, "0@x", "499@x")


def test_ours_and_forms() -> None:
    assert parse(letter(), {"ada@x.is"}).out
    form = parse(letter(From="Site <wordpress@shop.is>", Reply_To="Jón <jon@x.is>"))
    assert (form.author.key, form.author.name, form.out) == ("jon@x.is", "Jón", False)
    through_us = parse(letter(From="us@shop.is", Reply_To="jon@x.is"), {"us@shop.is"})
    assert (through_us.author.key, through_us.out) == ("jon@x.is", False)
    person = parse(letter(From="Ada <ada@x.is>", Reply_To="list@x.is"))
    assert person.author.key == "ada@x.is"


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "Mon, 1 Jan 1970 00:00:00 +0000",
        "Mon, 1 Jan 2094 00:00:00 +0000",
        "Mon, 99 Foo 20250 99:99",
        "1" * 5000,
    ],
)
def test_absurd_dates_give_way_to_the_time_of_arrival(date: str) -> None:
    assert parse(letter(Date=date), received=1_700_000_000).at == 1_700_000_000
    stamped = parse(letter(Date=date, Received="from a by b; Tue, 14 Nov 2023 22:13:20 +0000"))
    assert stamped.at == 1_700_000_000
    assert EARLIEST <= parse(letter(Date=date)).at <= now()


def test_a_mail_without_an_id_gets_the_same_one_however_it_came() -> None:
    raw = letter(b"One\r\ntwo\r\n", Message_ID="")
    assert (
        parse(raw).remote_id
        == parse(raw.replace(b"\r\n", b"\n")).remote_id
        == parse(b"From ada Mon Jan  6\n" + raw).remote_id
    )
    assert parse(raw).remote_id != parse(letter(b"Other", Message_ID="")).remote_id


def test_a_letter_is_kept_in_the_order_in_which_it_came_with_all_that_it_quotes() -> None:
    said = (
        "Takk!\r\n\r\nOn Mon, 6 Jan 2025 at 10:00, Jana <j@x.cz> wrote:\r\n"
        "> Hello\r\n> there\r\n>\r\n> > older\r\n>> older still\r\n"
    )
    text = parse(letter(said.encode(), In_Reply_To="<p@x>")).text
    assert text == said.replace("\r\n", "\n").strip()
    below = "Dne 6. 1. 2025 v 10:00 Jana napsal(a):\r\n> Hello\r\n\r\nMy answer is below.\r\n"
    assert parse(letter(below.encode(), In_Reply_To="<p@x>")).text == below.replace("\r\n", "\n").strip()


def test_html_becomes_plain_text() -> None:
    assert (
        html(
            '<style>p{}</style><script>x()</script><p>Hi&nbsp;&amp; <b>hello</b></p><p>See <a href="https://x.is/?a=1&amp;b=2">this</a></p>'
        )
        == "Hi & hello\n\nSee this <https://x.is/?a=1&b=2>"
    )
    assert (
        html(
            '<a href="https://x.is/">https://x.is</a> <a href="javascript:x()">no</a> '
            '<a href="mailto:a@x.is?subject=1">us</a>'
        )
        == "https://x.is no us <a@x.is>"
    )
    assert (
        html("<ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>")
        == "- one\n- two\n\na b\nc"
    )
    assert html("Mine<blockquote>theirs<br>two</blockquote>") == "Mine\n\n> theirs\n> two"
    assert html("<pre>a\n  b</pre>") == "a\n  b"
    assert (
        html('seen<div style="display: none">not</div><span hidden>nor</span><p style="DISPLAY:NONE">nor</p>!')
        == "seen\n\n!"
    )
    assert html("1 < 2 and <3") == "1 < 2 and <3"
    assert html("<p>x<!-- <p>hidden --> y<![if !mso]>z<![endif]>") == "x yz"
    text = "<title>no</title>A<img alt='Mynd af glasi' src='http://x/y.png'><img src=1>"
    assert html(text) == "A[Picture: Mynd af glasi]"


BOMBS = {
    "tables": "<table><tr><td>" * 60_000,
    "divs": "<div>" * 200_000,
    "links": "<a href='http://x.is'>y" * 40_000,
    "open tags": "<a " * 300_000,
    "quotes": '<a href="' * 100_000,
    "comments": "<!--" * 250_000,
    "less": "<" * 1_000_000,
    "number": "&#" + "9" * 500_000 + ";",
    "entities": "&amp" * 250_000,
    "hidden": '<div style="display:none">' * 40_000,
    "hidden pairs": "<p hidden>a</p>" * 60_000,
    "svg": "<svg>" * 200_000,
    "scripts": "<script>" * 120_000,
    "styles": "<b style='" + "display " * 100_000 + "'>",
    "line": "x" * 1_000_000,
    "spaces": " " * 1_000_000,
    "quoted": "<blockquote>x" * 70_000,
    "pre": "<pre>" + "\n" * 1_000_000,
    "angles": "a>" * 500_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS)
def test_no_html_takes_long(bomb: str) -> None:
    begun = time.process_time()
    text = html(BOMBS[bomb])
    assert time.process_time() - begun < 1.5
    assert len(text) <= 200_100


TEXT_BOMBS = {
    "quotes": b"> " * 500_000,
    "quote lines": b"> x\n" * 200_000,
    "deep": b">" * 1_000_000,
    "colons": b"a:" * 500_000,
    "colon lines": b"From: x\n" * 100_000,
    "rules": b"-" * 1_000_000,
    "rule lines": (b"-" * 30 + b"\n") * 30_000,
    "spaces": b" " * 1_000_000 + b"x",
    "space lines": b" \n" * 400_000,
    "digits": b"2025 " * 200_000 + b":",
    "wrote": b"wrote " * 150_000 + b":",
    "ats": b"@" * 1_000_000 + b":",
}


@pytest.mark.parametrize("bomb", TEXT_BOMBS)
def test_no_plain_text_takes_long(bomb: str) -> None:
    begun = time.process_time()
    for kind in ("text/plain", "text/plain; format=flowed"):
        parse(letter(TEXT_BOMBS[bomb], In_Reply_To="<p@x>", Content_Type=kind))
    assert time.process_time() - begun < 1.5


HEADER_BOMBS = {
    "From": ["(" * 50_000, "a," * 50_000, '"' * 50_001, "<" * 50_000,
             '"' + "\\" * 50_001, " " * 100_000 + "x", "a@" * 50_000, "=?utf-8?Q?" * 20_000],
    "Subject": ["Re:" * 80_000, "=?utf-8?B?" + "A" * 100_000, "=?utf-8?Q?a?= " * 15_000, " " * 200_000],
    "References": ["<" * 200_000, "<a@b>" * 40_000, "< " * 100_000],
    "Content-Type": ['text/plain; a="' + "\\" * 100_000, ";" * 200_000, "text/plain" + "; x=1" * 40_000,
                     "text/plain; x*" + "9" * 5000 + "=a"],
    "Date": ["1 " * 100_000, " " * 200_000, "Mon," * 50_000, "1 Jan 2025 10:00:00 +" + "9" * 9000],
    "Message-ID": ["<" + "a" * 100_000 + ">", "<" * 100_000, " " * 100_000],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("header", HEADER_BOMBS)
def test_no_header_takes_long(header: str) -> None:
    for bomb in HEADER_BOMBS[header]:
        begun = time.process_time()
        mail = parse(letter(b"x", **{header.replace("-", "_"): bomb}))
        assert time.process_time() - begun < 1, bomb[:20]
        assert len(mail.remote_id) <= 400
        assert len(mail.title) <= 500
        assert len(mail.author.name) <= 200


def test_parts_without_end_are_bounded() -> None:
    deep = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 3000
    many = b"".join(b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" for _ in range(20_000))
    begun = time.process_time()
    assert parse(letter() + deep).kind == "said"
    assert parse(letter(b"--b\r\n" + deep, Content_Type="multipart/mixed; boundary=b")).kind == "said"
    assert parse(letter(many, Content_Type="multipart/mixed; boundary=b")).kind == "said"
    assert parse(letter(b"\n--b" * 300_000, Content_Type="multipart/mixed; boundary=b")).kind == "said"
    assert parse(letter(b"\n--bb" * 300_000, Content_Type="multipart/mixed; boundary=b")).kind == "said"
    assert time.process_time() - begun < 3


@given(st.binary(max_size=3000))
def test_any_bytes_come_in_as_something(raw: bytes) -> None:
    for one in (
        raw,
        letter(raw),
        letter(raw, Content_Type="text/html"),
        letter(raw, Content_Type="multipart/mixed; boundary=a"),
    ):
        mail = parse(one)
        assert mail.remote_id
        assert mail.text
        (mail.text + mail.title + mail.author.name + mail.remote_id).encode()
        assert "\0" not in mail.text + mail.title


HEADERISH = st.text(st.sampled_from("abc <>\"@,;:=?_*'\\()\r\n\t\0áΩ😀%-/"), max_size=60)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "From",
                "Subject",
                "Date",
                "References",
                "Content-Type",
                "Reply-To",
                "Content-Transfer-Encoding",
                "Content-Disposition",
                "Message-ID",
            ]
        ),
        HEADERISH,
    ),
    st.binary(max_size=200),
)
def test_any_headers_come_in_as_something(given: dict[str, str], body: bytes) -> None:
    raw = "".join(f"{name}: {value}\n" for name, value in given.items()).encode("utf-8", "replace") + b"\n" + body
    assert parse(raw).text


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Co", "Cn")),
    min_size=1,
    max_size=40,
)


@given(
    WORDS,
    WORDS,
    st.lists(WORDS, min_size=1, max_size=6),
    st.sampled_from(["7bit", "quoted-printable", "base64"]),
    st.integers(0, 1),
)
def test_what_the_standard_library_writes_is_read_back(
    name: str, subject: str, lines: list[str], how: str, rich: int
) -> None:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = email.headerregistry.Address(name, "ada", "x.is")  # type: ignore[attr-defined]
    made["Subject"] = subject
    made["Message-ID"] = "<1@x>"
    text = "\n".join(f"w{line}" for line in lines)
    made.set_content(text + "\n", cte=how if how != "7bit" else None)
    if rich:
        made.add_alternative(f"<p>{escape(text)}</p>", subtype="html")
        made.add_attachment(b"bytes", maintype="application", subtype="pdf", filename=f"{subject}.pdf")
    mail = parse(made.as_bytes())
    assert mail.text == text
    assert mail.author.name.strip("\"'()") == name.strip("\"'()")
    assert mail.title == subject or subject.endswith((":", "："))
    assert len(mail.attached) == rich


def test_what_is_no_mail_is_unreadable_and_keeps_its_bytes() -> None:
    mail = parse(b"%PDF-1.4 \xff\xfe")
    assert (mail.kind, mail.raw) == ("unreadable", b"%PDF-1.4 \xff\xfe")
    assert mail.text.startswith("This mail couldn't be read: ")


@pytest.mark.bench
def test_simple_mails_are_read_fast() -> None:
    raw = letter(
        "Hæ! Hvar fæst límonaðið?\r\n".encode() * 12,
        Content_Type="text/plain; charset=utf-8",
        Received="from a by b; now",
    )
    begun = time.perf_counter()
    for _ in range(2000):
        parse(raw)
    each = (time.perf_counter() - begun) / 2000 * 1e6
    begun = time.perf_counter()
    for _ in range(300):
        email.message_from_bytes(raw, policy=email.policy.default)["subject"]
    stdlib = (time.perf_counter() - begun) / 300 * 1e6
    print(f"parse: {each:.0f} us a mail, {stdlib / each:.1f} times as fast as the standard library")  # noqa: T201
    assert each < 250 or each * 2 < stdlib


def test_people_without_an_address_are_told_apart_by_name_and_by_letter() -> None:
    def key(*lines: str) -> str:
        return parse("\r\n".join([*lines, "Date: Sat, 28 Nov 2026 10:00:00 +0000", "", "Hi"]).encode()).author.key

    assert key("From: Anna") == key("From: ANNA", "Subject: x") != key("From: Béla")
    assert key("Message-ID: <1@x>") == key("Message-ID: <1@x>") != key("Message-ID: <2@x>")
    assert "@" not in key("From: Anna @ Garden")
