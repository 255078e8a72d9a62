"""Large letters of a real Dovecot: what they say comes in, their large files stay there until asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.attachments import Attachments
from app.base.errors import UserError
from app.channels.email import answers, large
from app.channels.email.imap import Fetched
from app.channels.email.session import EmailSession
from app.workbench import Workbench
from tests.app.channels.contract import pulled
from tests.app.channels.test_email import name, server, session
from tests.app.mail import packing
from tests.app.mail.packing import base64, multi
from tests.servers.mail import PASSWORD, MailServer

__all__ = ["name", "server"]  # fixtures
pytestmark = pytest.mark.servers("dovecot", "openssl")
PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
FILM = bytes(range(256)) * 20


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LARGE", 2_000)
    monkeypatch.setattr(large, "KEPT_MAX", 2_000)


def film(name: str = "film.mp4") -> str:
    return f"Content-Type: video/mp4; name={name}\r\nContent-Disposition: attachment\r\n{base64(FILM)}"


def with_inner() -> bytes:
    alternative = f"Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n{PLAIN}Hæ, sjá myndina\r\n--a--"
    note = "Content-Type: application/pdf; name=note.pdf\r\n\r\nshort"
    return multi("mixed", alternative, note, film())


def test_words_and_small_files_come_in_and_the_large_one_stays(server: MailServer, name: str) -> None:
    server.deliver(name, with_inner())
    (item,) = pulled(session(server, name))
    assert item.text == "Hæ, sjá myndina"
    assert [(file.name, len(file.content), file.section) for file in item.attached] == [
        ("note.pdf", 5, "2"), ("film.mp4", 0, "3"),
    ]  # fmt: skip
    assert abs(item.attached[1].left - len(FILM)) < 100
    assert item.place is not None


def test_a_part_is_fetched_by_its_number_wherever_its_letter_is(server: MailServer, name: str) -> None:
    server.deliver(name, with_inner())
    here = session(server, name)
    (item,) = pulled(here)
    place = item.place
    assert place is not None
    assert here.part([place], item.remote_id, "3") == FILM
    here._box().append("Archive", with_inner())
    assert here.part([], item.remote_id, "3") == FILM
    gone = place._replace(uid=place.uid + 90)
    assert here.part([gone], item.remote_id, "3") == FILM
    assert here.part([place._replace(folder="No such folder")], item.remote_id, "3") == FILM
    assert here.part([gone], "nobody@knows", "3") is None
    assert here.part([place], item.remote_id, "9") is None


def test_an_answer_that_cannot_be_read_is_said(server: MailServer, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server.deliver(name, with_inner())
    here = session(server, name)
    (item,) = pulled(here)

    def unreadable(_answer: object) -> None:
        msg = "its answer can't be read"
        raise answers.UnreadableError(msg)

    monkeypatch.setattr(answers, "sections", unreadable)
    assert item.place is not None
    with pytest.raises(UserError, match="its answer can't be read"):
        here.part([item.place], item.remote_id, "3")


def test_files_in_letters_and_packages_can_be_fetched_alone(server: MailServer, name: str) -> None:
    head = "Content-Type: message/rfc822\r\n\r\n"
    mixed = "Content-Type: multipart/mixed; boundary=i\r\n"
    inner = f"Subject: Inner\r\n{mixed}\r\n--i\r\n{PLAIN}words\r\n--i\r\n{film()}--i--"
    packed = packing.tnef(packing.file_in_tnef("a.txt", b"small"), packing.file_in_tnef("b.bin", FILM))
    winmail = f"Content-Type: application/ms-tnef; name=winmail.dat\r\n{base64(packed)}"
    server.deliver(name, multi("mixed", f"{PLAIN}Hæ", head + inner, winmail))
    here = session(server, name)
    (item,) = pulled(here)
    assert item.place is not None
    assert [(file.name, file.section, bool(file.left)) for file in item.attached] == [
        ("Inner.eml", "2", True), ("film.mp4", "2.2", True), ("winmail.dat", "3", True),
    ]  # fmt: skip
    assert "[Attached letter: Inner]" in item.text
    assert item.text.endswith("words")
    assert here.part([item.place], item.remote_id, "2.2") == FILM
    assert here.part([item.place], item.remote_id, "3/2") == FILM
    assert here.part([item.place], item.remote_id, "3/1") == b"small"


def test_a_letter_that_is_one_large_file(server: MailServer, name: str) -> None:
    head, _, body = base64(FILM).partition("\r\n\r\n")
    raw = packing.letter(body, Content_Type="video/mp4; name=film.mp4", Content_Transfer_Encoding="base64")
    assert head
    server.deliver(name, raw)
    here = session(server, name)
    (item,) = pulled(here)
    assert item.text == "[Attachments only.]"
    assert item.place is not None
    assert [(file.name, file.section) for file in item.attached] == [("film.mp4", "1")]
    assert here.part([item.place], item.remote_id, "1") == FILM


@pytest.mark.slow
def test_a_large_file_is_saved_from_the_workbench(
    server: MailServer, name: str, bench: Workbench, tmp_path: Path
) -> None:
    server.deliver(name, with_inner())
    here: EmailSession = session(server, name)
    account, _ = bench.accounts.add("email", "Mail", server.fields(name, "none"), {"password": PASSWORD})
    pulled_now = bench.sync.pull("Mail")
    assert (pulled_now.new, pulled_now.error) == (1, "")
    desk: Attachments = bench.attachments
    conversation = bench.store.read.execute(
        "SELECT id FROM conversation WHERE account_id = ?", (account.id,)
    ).fetchone()
    small, film_file = desk.of_conversation(conversation["id"])
    assert (small.is_here, film_file.is_here, film_file.section) == (True, False, "3")
    assert bench.store.read.execute("SELECT count(*) FROM attachment_bytes").fetchone()[0] == 1
    assert desk.save(film_file.id, tmp_path).read_bytes() == FILM
    with pytest.raises(UserError, match="already exists"):
        desk.save(film_file.id, tmp_path)
    assert desk.save(film_file.id, tmp_path, overwrite=True) == tmp_path / "film.mp4"
    here._box().open("INBOX", writing=True)
    here._box()._imap.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
    here._box()._imap.expunge()
    with pytest.raises(UserError, match="isn't in the mailbox any more"):
        desk.content(film_file.id)


@pytest.mark.slow
def test_a_large_letter_in_a_guessed_character_set_is_read_in_another_out_of_the_mailbox(
    server: MailServer, name: str, bench: Workbench
) -> None:
    words = "Příliš žluťoučký kůň úpěl ďábelské ódy"
    raw = multi("mixed", "Content-Type: text/plain\r\n\r\n@@", film()).replace(b"@@", words.encode("cp1250"))
    server.deliver(name, raw)
    here: EmailSession = session(server, name)
    bench.accounts.add("email", "Mail", server.fields(name, "none"), {"password": PASSWORD})
    assert bench.sync.pull("Mail").new == 1
    (number,) = bench.store.read.execute("SELECT id FROM message").fetchone()
    assert bench.store.read.execute("SELECT count(*) FROM raw").fetchone()[0] == 0

    def text() -> str:
        return str(bench.store.read.execute("SELECT text FROM message WHERE id = ?", (number,)).fetchone()[0])

    assert bench.originals.must_be_asked_for(number)
    bench.originals.read_as(number, "cp852")
    assert text() not in ("", words)
    bench.originals.read_as(number, "windows-1250")
    assert text() == words
    with pytest.raises(UserError, match="too large for its bytes to be kept"):
        bench.intake.read_as(number, "cp852")
    here._box().open("INBOX", writing=True)
    here._box()._imap.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
    here._box()._imap.expunge()
    with pytest.raises(UserError, match="no longer in the mailbox of Mail"):
        bench.originals.read_as(number, "cp852")
    assert text() == words


def test_of_a_large_letter_that_cannot_be_read_no_shortened_original_is_kept(server: MailServer, name: str) -> None:
    raw = b"no mail\r\n\r\nat all"
    left = Fetched(7, raw, None, frozenset(), 9_000_000, whole=True, left={"2": 8_000_000})
    for mail, kept in ((left, None), (left._replace(left={}), raw)):
        item = session(server, name)._incoming(mail, "INBOX", ours=False)
        assert (item.kind, item.raw) == ("unreadable", kept)
