"""Where the servers of a mail address are found, and who is believed: a DNS server and a web server of this machine."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.addresses import domain_in_ascii
from app.base.errors import FieldError
from app.base.resources import table
from app.channels.base import Refused, Suggested
from app.channels.email import autoconfig, clients, finding, known, lookup
from tests.servers.domains import Domains, Web
from tests.servers.names import Names
from tests.servers.played import Played, Reply

CONFIG = """<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
 <emailProvider id="lemonade.example">
  <domain>lemonade.example</domain>
  <incomingServer type="pop3"><hostname>pop.lemonade.example</hostname><port>995</port><socketType>SSL</socketType>
   <username>%EMAILADDRESS%</username></incomingServer>
  <incomingServer type="imap"><hostname>open.lemonade.example</hostname><port>143</port><socketType>plain</socketType>
   <username>%EMAILADDRESS%</username></incomingServer>
  <incomingServer type="imap"><hostname>Post.%EMAILDOMAIN%</hostname><port>10993</port><socketType>SSL</socketType>
   <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></incomingServer>
  <outgoingServer type="smtp"><hostname>send.lemonade.example</hostname><port>587</port>
   <socketType>STARTTLS</socketType>
   <username>%EMAILLOCALPART%</username></outgoingServer>
 </emailProvider>
</clientConfig>"""
DOMAIN = "lemonade.example"
pytestmark = pytest.mark.usefixtures("domains")


@pytest.fixture
def web(domains: Domains) -> Web:
    return domains.web


@pytest.fixture
def names(domains: Domains) -> Names:
    return domains.names


def found(address: str = f"jana@{DOMAIN}") -> Suggested:
    return finding.find({"address": address})


def hosts(what: Suggested) -> tuple[str, str]:
    return what.fields["imap_host"], what.fields["smtp_host"]


def xml(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "text/xml"})


# --- the table


def test_every_entry_of_the_table_is_whole() -> None:
    seen: set[str] = set()
    for row in table("mail", "providers.toml")["provider"]:
        made = known._provider(row)
        assert made.name
        for host in (made.imap, made.smtp):
            assert autoconfig.HOST.fullmatch(host), host
        assert made.imap_security in ("tls", "starttls")
        assert made.smtp_security in ("tls", "starttls")
        assert made.source in ("", "mozilla") or made.source.startswith("https://"), made.name
        assert made.password in known._PASSWORDS
        assert not made.page or made.page.startswith("https://")
        assert made.takes_password or made.sign_in
        domains = [*row["domains"], *row.get("mx", ())]
        assert all(domain == domain.lower() and autoconfig.HOST.fullmatch(domain) for domain in domains)
        assert not seen & set(row["domains"]), "each domain once"
        seen |= set(row["domains"])


@pytest.mark.parametrize(
    ("address", "imap", "smtp", "security", "sign_in"),
    [
        ("a@gmail.com", "imap.gmail.com", "smtp.gmail.com", "tls", ""),
        ("a@outlook.cz", "outlook.office365.com", "smtp-mail.outlook.com", "starttls", "microsoft"),
        ("a@MSN.com", "outlook.office365.com", "smtp-mail.outlook.com", "starttls", "microsoft"),
        ("a@hotmail.gr", "outlook.office365.com", "smtp-mail.outlook.com", "starttls", "microsoft"),
        ("a@yahoo.co.uk", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", "tls", ""),
        ("a@yahoo.gr", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", "tls", ""),
        ("a@gmx.de", "imap.gmx.net", "mail.gmx.net", "tls", ""),
        ("a@web.de", "imap.web.de", "smtp.web.de", "tls", ""),
        ("a@proton.me", "127.0.0.1", "127.0.0.1", "starttls", ""),
        ("a@seznam.cz", "imap.seznam.cz", "smtp.seznam.cz", "tls", ""),
        ("a@icloud.com", "imap.mail.me.com", "smtp.mail.me.com", "starttls", ""),
    ],
)
def test_known_providers_are_found_without_asking_anybody(
    web: Web, names: Names, address: str, imap: str, smtp: str, security: str, sign_in: str
) -> None:
    what = found(address)
    assert hosts(what) == (imap, smtp)
    assert (what.fields["smtp_security"], what.fields["sign_in"]) == (security, sign_in)
    assert what.sure
    assert what.sentence.startswith("Rapport knows the servers of ")
    assert not web.calls
    assert not names.asked


def test_one_of_the_table_without_a_source_is_a_guess() -> None:
    what = found("a@simnet.is")
    assert not what.sure
    assert what.sentence.startswith("Guessed from the address; check it: postur.simnet.is")
    assert set(what.asks) == {"imap_host", "smtp_host"}


def test_a_client_at_hand_makes_the_browser_the_first_way(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = found("a@gmail.com")
    assert (plain.fields["sign_in"], plain.browser, plain.password) == ("", "google", True)
    assert "client_id" in plain.asks
    assert "app password" in plain.hint
    monkeypatch.setenv("RAPPORT_GOOGLE_CLIENT_ID", "packaged")
    assert clients.packaged("google") is not None
    signed = found("a@gmail.com")
    assert signed.fields["sign_in"] == "google"
    assert "client_id" not in signed.asks
    outlook = found("a@outlook.com")
    assert (outlook.password, outlook.fields["sign_in"]) == (False, "microsoft")


@pytest.mark.parametrize(
    "address",
    ["", "jana", "@lemonade.example", "a b@x.example", "a@", "a@x/../y", "a@x:80", "a@exa mple.org", "a@-x.org"],
)
def test_what_is_no_address_is_said_where_it_stands(web: Web, names: Names, address: str) -> None:
    with pytest.raises(FieldError, match="isn't an e-mail address") as raised:
        found(address)
    assert raised.value.field == "address"
    assert not web.calls
    assert not names.asked


# --- the domain's own


def test_what_a_domain_says_itself_counts_first(web: Web, names: Names) -> None:
    web.page = xml(CONFIG)
    names.add(f"_imaps._tcp.{DOMAIN}", "SRV", f"0 1 993 other.{DOMAIN}.")
    names.add(f"_submissions._tcp.{DOMAIN}", "SRV", f"0 1 465 other.{DOMAIN}.")
    what = found()
    assert dict(what.fields) == {
        "imap_host": f"post.{DOMAIN}", "imap_port": "10993", "imap_security": "tls", "smtp_host": f"send.{DOMAIN}",
        "smtp_port": "587", "smtp_security": "starttls", "login": "jana", "sign_in": "",
    }  # fmt: skip
    assert what.sure
    assert what.sentence == f"{DOMAIN} publishes its mail servers: post.{DOMAIN} and send.{DOMAIN}."
    assert [call.path for call in web.calls] == [f"/first/{DOMAIN}"]
    assert "jana" not in str(web.calls)


def test_the_second_address_counts_where_the_first_has_nothing(web: Web) -> None:
    web.pages[f"/second/{DOMAIN}"] = xml(CONFIG)
    assert hosts(found())[0] == f"post.{DOMAIN}"
    web.pages[f"/first/{DOMAIN}"] = Reply(b"<!DOCTYPE html><title>Welcome</title>")
    assert hosts(found())[0] == f"post.{DOMAIN}"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE clientConfig [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]><clientConfig>&j;</clientConfig>"
)
OUTSIDE = '<!DOCTYPE clientConfig [<!ENTITY x SYSTEM "file:///etc/passwd">]><clientConfig><a>&x;</a></clientConfig>'
NO_CONFIG = "answered with something that isn't a mail configuration"
NO_SERVERS = "names no IMAP and SMTP servers with encryption"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!DOCTYPE html><html><body>It works!<br></body></html>", NO_CONFIG),
        ("<html><head><title>Parked</title></head></html>", NO_CONFIG),
        ("", NO_CONFIG),
        ("Not found", NO_CONFIG),
        ('{"imap": "x"}', NO_CONFIG),
        ("<clientConfig><emailProvider>", NO_CONFIG),
        (BOMB, NO_CONFIG),
        (OUTSIDE, NO_CONFIG),
        ("<clientConfig>" * 50 + "</clientConfig>" * 50, NO_CONFIG),
        (CONFIG.replace("UTF-8", "no-such-charset"), NO_CONFIG),
        (CONFIG.replace("SSL<", "plain<").replace("STARTTLS", "plain"), NO_SERVERS),
        (CONFIG.replace("smtp", "nntp"), NO_SERVERS),
        (CONFIG.replace("10993", "99999"), NO_SERVERS),
        (CONFIG.replace("10993", "²"), NO_SERVERS),
        (CONFIG.replace("Post.%EMAILDOMAIN%", "post example/x"), NO_SERVERS),
        ("<clientConfig/>", NO_SERVERS),
    ],
)
def test_what_is_no_configuration_is_said_and_not_used(web: Web, text: str, words: str) -> None:
    web.page = xml(text)
    what = found()
    assert len(what.notes) >= 1
    assert words in what.notes[0]
    assert what.notes[0].count(". ") == 0, "one sentence"
    assert not what.sure
    assert hosts(what) == (f"imap.{DOMAIN}", f"smtp.{DOMAIN}")


def test_a_page_that_is_far_too_long_is_not_read(web: Web) -> None:
    web.page = xml(CONFIG + " " * 200_000)
    what = found()
    assert not what.sure
    assert "127.0.0.1" in what.notes[0]


def test_a_redirect_is_followed_but_never_to_an_open_address(web: Web) -> None:
    web.pages[f"/first/{DOMAIN}"] = Reply(b"", 302, {"Location": "/moved"})
    web.pages["/moved"] = xml(CONFIG)
    assert found().sure
    web.pages["/moved"] = Reply(b"", 302, {"Location": "ftp://somewhere.example/config"})
    what = found()
    assert not what.sure
    assert "without encryption" in what.notes[0]
    web.pages["/moved"] = Reply(b"", 302, {"Location": "/moved"})
    assert not found().sure


def test_from_an_encrypted_page_a_redirect_to_an_open_one_is_refused(
    web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from app.channels import http  # noqa: PLC0415  the client is loaded by the first look-up
    from tests.servers import certificates  # noqa: PLC0415  only this test has TLS

    tls = certificates.make(tmp_path / "tls")
    web.page = xml(CONFIG)
    with contextlib.ExitStack() as ends:
        safe = Web.__new__(Web)
        Played.__init__(safe, tls)
        ends.callback(safe.stop)
        safe.pages = {}
        safe.page = Reply(b"", 301, {"Location": f"{web.url}/mail/config-v1.1.xml"})
        plain = http.Http
        monkeypatch.setattr(http, "Http", lambda url, **more: plain(url, **more, ca_file=str(tls.ca)))
        with pytest.raises(Refused, match="only offers its mail configuration without encryption"):
            autoconfig._get(f"{safe.url}/x")
    assert not web.calls


@pytest.mark.slow
def test_a_server_that_hangs_is_waited_for_shortly(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autoconfig, "SECONDS", 0.3)
    web.moods = ["hang before"] * 2
    monkeypatch.setattr(web, "writes", lambda _call: True)
    what = found()
    assert not what.sure
    assert what.notes == ("127.0.0.1 didn't respond in time.",)


@given(
    st.binary(max_size=400) | st.text(max_size=300).map(lambda text: f"<clientConfig>{text}</clientConfig>".encode())
)
def test_any_bytes_are_a_configuration_or_one_sentence(body: bytes) -> None:
    try:
        made = autoconfig.fields(body, DOMAIN, "here")
    except Refused as why:
        words = str(why)
        assert words.startswith(("here answered", "The mail configuration of here"))
    else:
        assert made["imap_host"]


@given(st.text(max_size=40))
def test_a_login_name_is_filled_in_or_left_to_the_person(pattern: str) -> None:
    made = autoconfig.fill({"login": pattern}, "jana@lemonade.example")["login"]
    assert "%" not in made
    assert made.isprintable()
    assert made.lower() != "jana@lemonade.example"


# --- DNS


def test_servers_that_dns_names_within_the_domain_are_taken(names: Names) -> None:
    names.add(f"_imaps._tcp.{DOMAIN}", "SRV", f"20 1 993 late.{DOMAIN}.", f"10 1 1993 first.{DOMAIN}.")
    names.add(f"_submission._tcp.{DOMAIN}", "SRV", f"0 1 587 send.{DOMAIN}.")
    what = found()
    assert what.sure
    assert {key: what.fields[key] for key in ("imap_host", "imap_port", "imap_security")} == {
        "imap_host": f"first.{DOMAIN}", "imap_port": "1993", "imap_security": "tls",
    }  # fmt: skip
    assert (what.fields["smtp_port"], what.fields["smtp_security"]) == ("587", "starttls")
    assert what.sentence == f"The DNS of {DOMAIN} names these servers: first.{DOMAIN} and send.{DOMAIN}."


def test_encryption_from_the_start_goes_before_starttls(names: Names) -> None:
    names.add(f"_imap._tcp.{DOMAIN}", "SRV", f"0 1 143 old.{DOMAIN}.")
    names.add(f"_imaps._tcp.{DOMAIN}", "SRV", f"0 1 993 new.{DOMAIN}.")
    names.add(f"_submissions._tcp.{DOMAIN}", "SRV", f"0 1 465 new.{DOMAIN}.")
    names.add(f"_submission._tcp.{DOMAIN}", "SRV", f"0 1 587 old.{DOMAIN}.")
    assert hosts(found()) == (f"new.{DOMAIN}", f"new.{DOMAIN}")


def test_a_server_of_another_domain_is_shown_before_anything_goes_there(names: Names) -> None:
    names.add(f"_imaps._tcp.{DOMAIN}", "SRV", "0 1 993 imap.hoster.example.")
    names.add(f"_submissions._tcp.{DOMAIN}", "SRV", f"0 1 465 evil-{DOMAIN}.")
    what = found()
    assert not what.sure
    assert "your password goes there" in what.sentence
    assert set(what.asks) == {"imap_host", "smtp_host"}


def test_a_domain_without_a_service_says_so_with_a_dot(names: Names) -> None:
    names.add(f"_imaps._tcp.{DOMAIN}", "SRV", "0 0 0 .")
    names.add(f"_submissions._tcp.{DOMAIN}", "SRV", f"0 1 465 send.{DOMAIN}.")
    names.add(DOMAIN, "MX", "0 .")
    assert found().sentence.startswith("Guessed from the address; check it")


@pytest.mark.parametrize(
    ("exchanger", "name", "imap", "sign_in", "password"),
    [
        ("aspmx.l.google.com.", "Gmail", "imap.gmail.com", "", True),
        ("smtp.google.com.", "Gmail", "imap.gmail.com", "", True),
        ("lemonade-example.mail.protection.outlook.com.", "Microsoft 365", "outlook.office365.com", "microsoft", False),
        ("lemonade-example.r-v1.mx.microsoft.", "Microsoft 365", "outlook.office365.com", "microsoft", False),
        ("lemonade-example.olc.protection.outlook.com.", "Outlook.com", "outlook.office365.com", "microsoft", False),
        ("in1-smtp.messagingengine.com.", "Fastmail", "imap.fastmail.com", "", True),
        ("mx01.mail.icloud.com.", "iCloud", "imap.mail.me.com", "", True),
    ],
)
def test_the_mail_exchanger_tells_who_hosts_it(
    names: Names, exchanger: str, name: str, imap: str, sign_in: str, password: object
) -> None:
    names.add(DOMAIN, "MX", "50 backup.elsewhere.example.", f"10 {exchanger}")
    what = found()
    assert what.sure
    assert what.sentence.startswith(f"The mail of {DOMAIN} is hosted by {name}: ")
    assert (what.fields["imap_host"], what.fields["sign_in"], what.password) == (imap, sign_in, password)


def test_a_name_that_only_ends_like_a_provider_is_none(names: Names) -> None:
    names.add(DOMAIN, "MX", "10 notgoogle.com.", "20 google.com.evil.example.")
    assert not found().sure


def test_where_nobody_knows_it_is_guessed_and_said() -> None:
    what = found()
    assert what.sentence == f"Guessed from the address; check it: imap.{DOMAIN} and smtp.{DOMAIN}."
    assert (what.sure, what.notes, what.fields["sign_in"]) == (False, (), "")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["silent", "garbled", "broken", "none set"])
def test_dns_that_fails_is_said(web: Web, names: Names, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(lookup, "SECONDS", 0.3)
    if how == "none set":

        def nobody() -> object:
            raise lookup.SilentError

        monkeypatch.setattr(lookup, "MAKE", nobody)
    names.silent, names.garbles, names.rcode = how == "silent", how == "garbled", 2 if how == "broken" else None
    what = found()
    assert not what.sure
    assert what.notes == ("The DNS didn't answer, so Rapport couldn't look the servers up.",)
    web.page = xml(CONFIG)
    assert found().notes == ()


def test_a_domain_beyond_ascii_is_asked_for_as_dns_has_it(names: Names) -> None:
    names.add(domain_in_ascii("límonaði.example"), "MX", "10 smtp.google.com.")
    what = found("jana@límonaði.example")
    assert all(name.isascii() for name, _ in names.asked)
    assert what.fields["imap_host"] == "imap.gmail.com"
    assert what.sentence.startswith("The mail of límonaði.example is hosted by Gmail")


def test_of_the_usual_names_the_ones_that_there_are_are_guessed(names: Names) -> None:
    names.add(f"mail.{DOMAIN}", "AAAA", "2001:db8::1")
    assert hosts(found()) == (f"mail.{DOMAIN}", f"mail.{DOMAIN}")
    names.add(f"smtp.{DOMAIN}", "A", "192.0.2.1")
    what = found()
    assert hosts(what) == (f"mail.{DOMAIN}", f"smtp.{DOMAIN}")
    assert what.sentence.startswith("Guessed from the address; check it")


def test_a_strange_certificate_is_not_told_where_somebody_else_knows(
    names: Names, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tests.servers import certificates  # noqa: PLC0415  as above

    safe = Web.__new__(Web)
    Played.__init__(safe, certificates.make(tmp_path / "tls"))
    safe.page, safe.pages = None, {}
    monkeypatch.setattr(autoconfig, "ADDRESSES", (f"{safe.url}/{{domain}}",))
    assert found().notes[0].startswith("The certificate of 127.0.0.1 isn't trusted")
    names.add(DOMAIN, "MX", "10 smtp.google.com.")
    assert found().notes == ()
    safe.stop()
