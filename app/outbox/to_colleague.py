"""A letter to the colleague who passed an enquiry on: the reply goes to whoever asked, so this is another one."""

from __future__ import annotations

from app.accounts import channel
from app.base import ids
from app.base.errors import UserError
from app.base.message import Addressee
from app.base.words import tr
from app.inbox.addressing import TO
from app.inbox.passed import passed_on
from app.outbox.letter_drafts import LetterDraft
from app.outbox.letters import Letters
from app.store.store import Store


def to_colleague(store: Store, letters: Letters, conversation_id: int) -> LetterDraft:
    """A saved draft to the teammate who passed this conversation on, about it, with none of its words.

    Raises UserError if nobody did, their address is not known, or nothing can be sent by e-mail.
    """
    found = passed_on(store.read, conversation_id)
    row = store.read.execute(
        "SELECT t.email, c.title, c.account_id FROM conversation c LEFT JOIN teammate t ON t.id = ? WHERE c.id = ?",
        (found.teammate_id if found is not None else None, conversation_id),
    ).fetchone()
    if found is None or not row["email"]:
        name = found.by if found is not None else ids.display(ids.CONVERSATION, conversation_id)
        raise UserError(tr("There's no e-mail address for {name}. Add it to the teammate.").format(name=name))
    mail = [one.id for one in letters.accounts() if channel(one.kind).by_address]
    if not mail:
        raise UserError(tr("No account here sends e-mail. Connect one first."))
    account = row["account_id"] if row["account_id"] in mail else mail[0]
    box = Addressee(TO, found.by, row["email"])
    return letters.save(LetterDraft(account_id=account, receivers=(box,), subject=row["title"]))
