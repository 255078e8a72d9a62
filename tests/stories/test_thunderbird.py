"""Somebody writes with Thunderbird, we answer, Thunderbird shows our letter and answers it: one conversation."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.accounts.senders import put_signature
from app.base.message import Addressee
from app.base.paths import Profile
from app.inbox.addressing import CC, Addressing
from app.inbox.rows import Opened
from app.outbox import of_reply
from app.voice import Draft
from app.workbench import Workbench
from tests.servers import thunderbird
from tests.servers.mail import DOMAIN, PASSWORD, MailServer
from tests.servers.thunderbird import Thunderbird

pytestmark = [pytest.mark.peers, pytest.mark.servers("thunderbird", "dovecot", "openssl")]

NAME = "Ελένη Παπαδοπούλου"
SUBJECT = "Límonaðið á Þingvöllum"
ASKED = "Góðan dag! Πότε ανοίγετε;"
ANSWER = "Καλημέρα, Ελένη!\n\nVið opnum á Þingvöllum klukkan tíu — „ævintýri“ fyrir alla.\nΤα λέμε εκεί."
SIGNATURE = "Jana Lemonová\nlímonaði.is"
THANKS = "Ευχαριστώ! Sjáumst þá, þú ert æði."


class Desk:
    """Our side: the mailbox of the desk, connected."""

    def __init__(self, bench: Workbench, post: MailServer, name: str) -> None:
        self.bench, self.post, self.name = bench, post, name
        self.alias = f"{name}@help.{DOMAIN}"  # the server looks at what stands before the @
        fields = post.fields(name, aliases=f"Help <{self.alias}>")
        account, _ = bench.accounts.add("email", "Post", fields, {"password": PASSWORD})
        self.account = account.id
        self.address = f"{name}@{DOMAIN}"

    def pull(self) -> Opened:
        """Fetch, and open the only conversation that there is."""
        outcome = self.bench.sync.pull("Post")
        assert not outcome.error, outcome
        (talk,) = [row[0] for row in self.bench.store.read.execute("SELECT id FROM conversation")]
        return self.bench.inbox.open(talk)

    def reply(self, talk: int, words: str, chosen: Addressing | None = None) -> str:
        """Send an answer; its Message-ID."""
        cleared = self.bench.voice.clear(Draft(words, "is"), reason="as written")
        number = self.bench.outbox.submit(cleared, talk, hold_seconds=0, addressing=chosen)
        self.bench.sync.send(self.account)
        sent = self.bench.outbox.get(number)
        assert sent.state == "sent", sent.error
        assert sent.remote_id is not None
        return sent.remote_id


@pytest.fixture
def desk(profile: Profile, post: MailServer) -> Iterator[Desk]:
    bench = Workbench(profile)
    yield Desk(bench, post, f"desk{uuid.uuid4().hex[:8]}")
    bench.close()


@pytest.fixture(params=[False, True], ids=["plain text below the quote", "HTML above the quote"])
def reader(request: pytest.FixtureRequest, post: MailServer, tmp_path: Path) -> Iterator[Thunderbird]:
    login = f"eleni{uuid.uuid4().hex[:8]}"
    with thunderbird.running(post, login, NAME, tmp_path / "thunderbird", html=request.param) as running:
        yield running


def own_words(text: str) -> list[str]:
    """The lines that are neither quoted nor say who is: Thunderbird has them above the quotation or below."""
    return [line for line in text.splitlines() if line and not line.startswith((">", "On "))]


def test_it_shows_what_we_sent_and_its_answers_come_into_the_same_conversation(desk: Desk, reader: Thunderbird) -> None:
    thora = f"thora-{desk.name}@{DOMAIN}"
    with desk.bench.store.write() as conn:
        put_signature(conn, desk.account, desk.alias, "", SIGNATURE)
    reader.write(f"Help <{desk.alias}>", SUBJECT, ASKED)
    opened = desk.pull()
    talk = opened.row.id
    assert (opened.row.title, opened.row.member, opened.row.state) == (SUBJECT, NAME, "needs_me")
    assert [(line.author, line.text) for line in opened.lines] == [(NAME, ASKED)]

    ours = desk.reply(talk, ANSWER, Addressing(cc=(Addressee(CC, "Þóra Jónsdóttir", thora),)))
    shown = reader.read(ours)
    assert shown.subject == f"Re: {SUBJECT}"
    assert shown.sender == f"Help <{desk.alias}>"
    assert shown.to == [f"{NAME} <{reader.address}>"]
    assert shown.cc == [f"Þóra Jónsdóttir <{thora}>"]
    assert shown.text.strip() == ANSWER
    assert shown.signature.strip() == f"-- \n{SIGNATURE}"
    assert desk.pull().row.state == "waiting"

    begun = reader.answer(THANKS, everybody=True)
    assert begun.subject == f"Re: {SUBJECT}"
    assert begun.to == [f"Help <{desk.alias}>"]
    assert begun.cc == [f"Þóra Jónsdóttir <{thora}>"]
    assert "Τα λέμε εκεί." in begun.text
    assert "límonaði.is" not in begun.text  # Thunderbird knows the signature, and does not quote it
    opened = desk.pull()
    assert (opened.row.id, opened.row.state) == (talk, "needs_me")
    assert [line.out for line in opened.lines] == [False, True, False]
    assert opened.lines[-1].author == NAME
    assert own_words(opened.lines[-1].text) == [THANKS]
    assert " Help wrote:\n> Καλημέρα, Ελένη!" in opened.lines[-1].text
    assert opened.row.preview.startswith(THANKS)  # the list skips what is quoted, above or below

    last = desk.reply(talk, "Já!")
    shown = reader.read(last)
    assert (shown.text.strip(), shown.signature.strip()) == ("Já!", f"-- \n{SIGNATURE}")
    assert shown.thread
    begun = reader.answer("Γεια!")
    assert (begun.to, begun.cc) == ([f"Help <{desk.alias}>"], [])
    opened = desk.pull()
    assert (opened.row.id, opened.row.state, len(opened.lines)) == (talk, "needs_me", 5)
    assert own_words(opened.lines[-1].text) == ["Γεια!"]

    copies = [message_from_bytes(mail, policy=policy.default) for mail in desk.post.mails(thora.partition("@")[0])]
    assert [copy["From"] for copy in copies] == [f"Help <{desk.alias}>", f"{NAME} <{reader.address}>"]
    assert copies[1]["In-Reply-To"] == copies[0]["Message-ID"] == f"<{ours}>"


def test_the_files_that_we_send_are_there_under_their_names(desk: Desk, reader: Thunderbird, tmp_path: Path) -> None:
    reader.write(desk.address, SUBJECT, ASKED)
    talk = desk.pull().row.id
    names = ["Opnunartímar á Þingvöllum og víðar, með öllum helgidögum ársins — Ωράριο.txt", "merki.png"]
    contents = ["Opið frá tíu.\n".encode(), bytes(range(256)) * 40]
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(content)
        desk.bench.files.add(of_reply(talk), tmp_path / name, "email")
    shown = reader.read(desk.reply(talk, ANSWER))
    assert shown.text.strip() == ANSWER
    assert shown.files == names
    for name, content in zip(names, contents, strict=True):
        saved = tmp_path / f"saved {name}"
        reader.save(name, saved)
        assert saved.read_bytes() == content
    reader.answer(THANKS)
    opened = desk.pull()
    assert (opened.row.id, opened.row.state) == (talk, "needs_me")
    assert own_words(opened.lines[-1].text) == [THANKS]
    assert not opened.lines[-1].files
