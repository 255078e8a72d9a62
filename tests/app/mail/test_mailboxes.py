"""Names and addresses: what stands before the address is never taken for it, however it is written."""

from __future__ import annotations

import email.headerregistry
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.mailboxes import ADDRESS_MAX, addresses, is_own
from app.mail.parse import parse
from tests.app.timing import grows_in_line

OWN = frozenset({"desk@brand.example", "þóra@dæmi.example"})

NAMED = {
    # what stands before the address looks like one
    "desk@brand.example <guest@x.is>": ("desk@brand.example", "guest@x.is"),
    '"desk@brand.example" <guest@x.is>': ("desk@brand.example", "guest@x.is"),
    "'desk@brand.example' <guest@x.is>": ("desk@brand.example", "guest@x.is"),
    "=?utf-8?Q?desk=40brand.example?= <guest@x.is>": ("desk@brand.example", "guest@x.is"),
    "=?utf-8?Q?desk@brand.example?= <guest@x.is>": ("desk@brand.example", "guest@x.is"),
    "=?utf-8?B?PGRlc2tAYnJhbmQuZXhhbXBsZT4=?= <guest@x.is>": ("<desk@brand.example>", "guest@x.is"),
    "<desk@brand.example> <guest@x.is>": ("<desk@brand.example>", "guest@x.is"),
    "Desk <desk@brand.example> <guest@x.is>": ("Desk <desk@brand.example>", "guest@x.is"),
    "Desk <desk@brand.example <guest@x.is>": ("Desk <desk@brand.example", "guest@x.is"),
    "Desk (<desk@brand.example>) <guest@x.is>": ("Desk (<desk@brand.example>)", "guest@x.is"),
    "guest@x.is (Desk <desk@brand.example>)": ("Desk <desk@brand.example>", "guest@x.is"),
    "shop@brand.example via Helpdesk <guest@x.is>": ("shop@brand.example via Helpdesk", "guest@x.is"),
    "mailto:desk@brand.example <guest@x.is>": ("mailto:desk@brand.example", "guest@x.is"),
    "desk@brand.example: <guest@x.is>": ("desk@brand.example:", "guest@x.is"),
    "Anna @ Garden <guest@x.is>": ("Anna @ Garden", "guest@x.is"),
    "Anna@Garden <guest@x.is>": ("Anna@Garden", "guest@x.is"),
    "Anna@Garden, Ltd <guest@x.is>": ("Anna@Garden, Ltd", "guest@x.is"),
    # names with what separates elsewhere
    "Svobodová, Jana <guest@x.is>": ("Svobodová, Jana", "guest@x.is"),
    "Lemons, Limes, Inc. <guest@x.is>": ("Lemons, Limes, Inc.", "guest@x.is"),
    "Guide: A Garden <guest@x.is>": ("Guide: A Garden", "guest@x.is"),
    "Guide: A; B Garden <guest@x.is>": ("Guide: A; B Garden", "guest@x.is"),
    "Weiss; Anna <guest@x.is>": ("Weiss; Anna", "guest@x.is"),
    "=?utf-8?Q?=C3=89va:_kert,_=3B?= <guest@x.is>": ("Éva: kert, ;", "guest@x.is"),
    "=?utf-8?Q?=C3=9E=C3=B3ra_<stj=C3=B3rn>?= <guest@x.is>": ("Þóra <stjórn>", "guest@x.is"),
    "=?utf-8?Q?An?= =?utf-8?Q?na,_B?= <guest@x.is>": ("Anna, B", "guest@x.is"),
    'Þóra <stjórn> "x" <guest@x.is>': ("Þóra <stjórn> x", "guest@x.is"),
    # quotation marks, comments, brackets
    '"Ada \\"the \\\\ Cook\\" B" <guest@x.is>': ('Ada "the \\ Cook" B', "guest@x.is"),
    '"Ada, <desk@brand.example>, B" <guest@x.is>': ("Ada, <desk@brand.example>, B", "guest@x.is"),
    '"Ada <guest@x.is>': ("Ada", "guest@x.is"),
    'Ada 5" B <guest@x.is>': ('Ada 5" B', "guest@x.is"),
    "AC\\DC <guest@x.is>": ("AC\\DC", "guest@x.is"),
    "Ada (home, garden) <guest@x.is>": ("Ada (home, garden)", "guest@x.is"),
    "Sad :( <guest@x.is>": ("Sad :(", "guest@x.is"),
    "guest@x.is (Ada (B))": ("Ada (B)", "guest@x.is"),
    "(Ada) guest@x.is": ("Ada", "guest@x.is"),
    "Ada <guest@x.is> (home)": ("Ada", "guest@x.is"),
    # around the address
    "Ada <mailto:guest@x.is>": ("Ada", "guest@x.is"),
    "Ada <MAILTO:guest@x.is?subject=Hi>": ("Ada", "guest@x.is"),
    "mailto:guest@x.is": ("", "guest@x.is"),
    "Ada <@relay.example,@other.example:guest@x.is>": ("Ada", "guest@x.is"),
    "Ada < guest @ x . is >": ("Ada", "guest@x.is"),
    "Ada <guest@x.is": ("Ada", "guest@x.is"),
    "Ada guest@x.is>": ("Ada", "guest@x.is"),
    "Ada guest@x.is": ("Ada", "guest@x.is"),
    "Ada (guest@x.is)": ("Ada", "guest@x.is"),
    "Ada <guest@x.is>,": ("Ada", "guest@x.is"),
    "Ada <guest@x.is> and so on": ("Ada", "guest@x.is"),
    "Ada <guest@x.is> <home>": ("Ada", "guest@x.is"),
    "Ada <guest@x.is.>": ("Ada", "guest@x.is"),
    '<"guest"@x.is>': ("", "guest@x.is"),
    "Ada <=?utf-8?Q?guest=40x.is?=>": ("Ada", "guest@x.is"),
    "=?utf-8?Q?Ada_<guest@x.is>?=": ("Ada", "guest@x.is"),
    '"Ada <guest@x.is>"': ("Ada", "guest@x.is"),
    "Þóra <þóra@dæmi.is>": ("Þóra", "þóra@dæmi.is"),
    "root@localhost": ("", "root@localhost"),
    "Ada <guest@[192.0.2.1]>": ("Ada", "guest@[192.0.2.1]"),
}


@pytest.mark.parametrize("written", NAMED)
def test_the_last_brackets_hold_the_address_and_all_before_is_the_name(written: str) -> None:
    assert addresses(written) == [NAMED[written]]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("a@x.is, b@y.is", ["a@x.is", "b@y.is"]),
        ("a@x.is; b@y.is;", ["a@x.is", "b@y.is"]),
        ("A <a@x.is>; B <b@y.is>", ["a@x.is", "b@y.is"]),
        ("Sv, A <a@x.is>, C, B <b@y.is>", ["a@x.is", "b@y.is"]),
        ("A <a@x.is, B <b@y.is>", ["a@x.is", "b@y.is"]),
        ('"A, <q@q.is>" <a@x.is>, (c, d) b@y.is', ["a@x.is", "b@y.is"]),
        ("Team: A <a@x.is>, b@y.is;", ["a@x.is", "b@y.is"]),
        ("Team: a@x.is;, Others: b@y.is;, C <c@z.is>", ["a@x.is", "b@y.is", "c@z.is"]),
        ("undisclosed-recipients:;", []),
        ("undisclosed recipients: ;", []),
    ],
)
def test_lists_and_groups(written: str, found: list[str]) -> None:
    assert [address for _, address in addresses(written)] == found


@pytest.mark.parametrize(
    "written",
    ["", "<>", "Ada", "Ada <>", "Anna @ Garden", "Ada <home>", "Ada <a b@x.is>", "<a@b@x.is>", "a@x.is b@y.is",
     '"guest@x.is"', "=?utf-8?Q?guest=40x.is?=", "desk@brand.example <>", "des\0k@brand.example",
     f"Ada <{'a' * ADDRESS_MAX}@x.is>", '"odd local"@x.is'],
)  # fmt: skip
def test_what_is_no_address_is_none(written: str) -> None:
    assert addresses(written) == []


def sent(**headers: str) -> bytes:
    given = {"From": "Ada <ada@x.is>", "Date": "Mon, 6 Jan 2025 10:11:12 +0100", "Message-ID": "<1@x>"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in given.items()).encode() + b"\r\nHello"


@pytest.mark.parametrize("written", [one for one in NAMED if "desk@brand.example" in one])
def test_a_name_with_our_address_is_no_mail_of_ours(written: str) -> None:
    mail = parse(sent(From=written), OWN)
    assert (mail.out, mail.author.key) == (False, "guest@x.is")


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("Desk <DESK@brand.example>", True),
        ('"guest@x.is" <desk@brand.example>', True),
        ("guest@x.is <desk@brand.example>", True),
        ("desk@brand.example (guest@x.is)", True),
        ("Desk\r\n <desk@brand.example>", True),
        ("þóra@dæmi.example", True),
        ("þóra@xn--dmi-yla.example", True),
        ("thora@daemi.example", False),
        ("desk@brand.example, Guest <guest@x.is>", False),
        ("Guest <guest@x.is>, desk@brand.example", False),
        ("desk@brand.example, Þóra <þóra@dæmi.example>", True),
        ("des\u200bk@brand.example", False),
        ("desk@brand.example.guest.is", False),
        ("desk@brand.example@guest.is", False),
    ],
)
def test_ours_is_what_has_our_address_alone(written: str, *, ours: bool) -> None:
    assert parse(sent(From=written), OWN).out is ours


def test_own_domains_are_known_in_either_spelling() -> None:
    assert is_own("Desk@XN--DMI-YLA.is", {"desk@dæmi.is"})
    assert is_own("desk@dæmi.is", {"desk@xn--dmi-yla.is"})
    assert not is_own(f"desk@xn--{'9' * 90}.is", {"desk@dæmi.is"})


ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40)


@given(name=ANYTHING, quoted=st.booleans())
def test_whatever_the_name_says_the_address_is_read(name: str, *, quoted: bool) -> None:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    written = f'"{escaped}" <guest@x.is>' if quoted else f"{name} <guest@x.is>"
    found = addresses(written)
    assert found[-1][1] == "guest@x.is"
    assert quoted is False or len(found) == 1


@given(ANYTHING)
def test_names_as_the_standard_library_writes_them_come_back(name: str) -> None:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = email.headerregistry.Address(name, "guest", "x.is")
    made.set_content("Hello")
    mail = parse(made.as_bytes(), OWN)
    assert mail.author.key == "guest@x.is"
    plain = " ".join(name.split())
    if "=?" not in name and not set(plain) & set("\"'()\u00a0\ufeff"):
        assert mail.author.name == plain


@given(st.text(st.sampled_from("ab@.<>(),;:\"\\'=?Q_ \t\0áΩ"), max_size=60))
def test_no_header_is_too_odd(written: str) -> None:
    for _, address in addresses(written):
        assert "@" in address.strip("@")
        assert len(address) <= ADDRESS_MAX
        assert not set(address) & set(" \t\0<>,;")


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["(", ")", "()", "a,", '"', "<", "\\", " ", "a@", "=?utf-8?Q?", "<a@b.is>", "<a@b.is>,", ":", ":;", ": ;,",
     "a@b.is, ", '=?u?q?\\?=\\"', "=", "<a, ", "x ", "a@b.is ", "(a@b.is) ", '"a" ', '"a', "<,", "mailto:",
     "=?x-no?q?=E1?= "],
)  # fmt: skip
def test_long_headers_take_time_in_proportion(piece: str) -> None:
    for end in ("", "x", "<a@b.is>", '"', ";"):
        assert grows_in_line(lambda many, end=end: addresses("a " + piece * many + end), 8_000 // len(piece))  # type: ignore[misc]


def test_a_name_in_a_charset_that_nobody_knows_costs_no_address() -> None:
    for written in ("=?x-klingon?Q?=81=8D?= <guest@x.is>", "Ada <=?x-klingon?Q?=81=8D?=> <guest@x.is>"):
        assert [address for _, address in addresses(written)] == ["guest@x.is"]
        assert parse(sent(From=written), OWN).kind == "said"
