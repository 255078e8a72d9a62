"""A voucher's code goes to one member by letter, and is in no byte of the profile: before, after, or quoted."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.servers.mail import DOMAIN, MailServer
from tests.servers.memory_keyring import install
from tests.stories.mail_desk import MARIA, MailDesk, letter
from tests.ui.opening import opened

pytestmark = [pytest.mark.slow, pytest.mark.servers("dovecot", "openssl")]

CODE = "LEMON-9x7Q-1234-ABCD"


def _holding(folder: Path) -> list[str]:
    """The files of a profile in which the code stands."""
    forms = [form.encode(coding) for form in (CODE, CODE.lower()) for coding in ("utf-8", "utf-16-le")]
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file.name for file in files if any(form in file.read_bytes() for form in forms)]


def test_a_code_is_filled_in_where_the_letter_leaves_and_nowhere_else(
    profile: Profile, post: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, name = install(monkeypatch), f"desk{uuid.uuid4().hex[:8]}"
    post.deliver(name, letter("first", "Nobody <nobody@x.test>", name, "Hi", ago=9_000))
    bench = Workbench(profile)
    bench.settings.put("hold_seconds", 30)
    item = bench.gifts.items.add("Bakery voucher", kind="voucher", worth=1_000, currency="EUR")
    codes = tmp_path / "codes.txt"
    codes.write_text(f"{CODE}\n", "utf-8")
    bench.vouchers.add(item, codes)
    bench.close()
    with opened(profile) as window:
        desk = MailDesk(window, post, name)
        desk.comes(letter(f"hello-{name}", MARIA, name, "The bottles were warm.", ago=600))
        talk = desk.talk(f"hello-{name}")
        member = desk.bench.inbox.row(talk).member_id
        assert member is not None
        desk.bench.gifts.log(
            member, "Bakery voucher", "Warm bottles", "10 EUR", conversation_id=talk, state="approved", item_id=item
        )

        desk.at_delight()
        desk.hand.keys("Alt+V", "Ctrl+Enter")
        page = desk.page("inbox")
        desk.hand.until(lambda: "{{voucher:V-1}}" in page.composer.field.toPlainText())
        assert desk.bench.vouchers.shown_before(1) == []
        assert _holding(profile.folder) == []
        said = desk.sends(talk)
        assert CODE in said
        assert "{{" not in said
        assert [how for _at, how in desk.bench.vouchers.shown_before(1)] == ["reply"]

        # our own copy comes back from Sent, and Maria quotes all of it
        sent = desk.bench.outbox.entries(("sent",), conversation_id=talk)[-1]
        desk.comes(
            letter(f"thanks-{name}", MARIA, name, f"Thank you!\r\n\r\n> {CODE}", refs=f"<{sent.remote_id}>", ago=0)
        )
        texts = [line.text for line in desk.bench.inbox.open(talk).lines if line.kind == "said"]
        assert [text.count("{{voucher:V-1}}") for text in texts] == [0, 1, 1]
        assert _holding(profile.folder) == []
        assert CODE in ring.kept.values()
    assert _holding(profile.folder) == []
    with opened(profile) as window:
        assert int(scalar(window.bench.store.read, "SELECT count(*) FROM outbox WHERE state = 'sent'")) == 1
        assert post.envelopes(f"{name}@{DOMAIN}") == [[f"maria@{DOMAIN}"]]
