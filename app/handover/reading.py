"""The page of the hand-over pack: what to do, what is open, and how we work, in plain words and for paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app import gifts
from app.accounts import Accounts
from app.base import clock, dates, ids, money
from app.base.words import counted, tr
from app.blocks import Blocks
from app.blocks.words import in_words
from app.gifts import IN_WORK, Gifts
from app.handoffs import STATE_NAMES, Handoffs, state
from app.handover.changing import Change
from app.printing import page
from app.printing.page import Sheet
from app.private import redacted
from app.promises import Promises
from app.rules import Rules
from app.rules.words import Names, asked, done_then
from app.settings import Settings
from app.store.store import Store
from app.teammates import Teammates
from app.templates import Templates
from app.voice import LEVEL_NAMES, Voice

_NO_LIMIT = 1 << 62


def sheet(store: Store, changes: Sequence[Change], *, private: bool) -> Sheet:
    """The whole page; without `private`, addresses and phones that stand in words are left out."""
    settings, hidden = Settings(store), Hidden(store, private=private)
    community = str(settings.get("community"))
    title = tr("Hand-over of {community}").format(community=community) if community else tr("Hand-over")
    day = dates.in_words(clock.local(clock.now()).date())
    parts = [
        page.block(title, tag="h1"),
        page.block(
            tr("As of {day}. Each part is a table in the same folder too, with more columns.").format(day=day), "meta"
        ),
        page.block(tr("No password is in these files: whoever takes over signs in anew. Hand secrets over in person.")),
        _accounts(changes), _promises(store, hidden), _handoffs(store, hidden), _gifts(store, hidden),
        _teammates(store), _responsible(store),
        _voice(store), _templates(store), _words(store), _rules(store), _blocks(store, settings),
    ]  # fmt: skip
    return Sheet(title, "".join(parts))


class Hidden:
    """Leaves out what is private of a member in texts about them; with `private` nothing."""

    def __init__(self, store: Store, *, private: bool) -> None:
        """Reads the lines of members' addresses as they are asked for."""
        self._store, self._private = store, private

    def __call__(self, member_id: int | None, text: str) -> str:
        """The text without addresses and phones, those that we know of this member among them."""
        if self._private:
            return text
        known = self._store.read.execute(
            "SELECT email, phone, address_1, address_2, address_3 FROM member WHERE id = ?", (member_id,)
        ).fetchone()
        return redacted(text, tuple(known) if known is not None else ())


def _part(title: str, count: int, body: str, nothing: str) -> str:
    """A part of the page, with its number; a sentence where it has nothing."""
    head = f"{title} ({count})" if count else title
    return page.block(head, tag="h2") + (body if count else page.block(nothing, "meta"))


def _listed(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], nothing: str) -> str:
    found = list(rows)
    return _part(title, len(found), page.table(header, found), nothing)


def _accounts(changes: Sequence[Change]) -> str:
    made = "".join(
        page.headed(change.account, change.channel) + "".join(page.block(f"☐ {line}") for line in change.to_do)
        for change in changes
    )
    return _part(tr("What to change when you leave"), len(changes), made, tr("No account is connected."))


def _promises(store: Store, hidden: Hidden) -> str:
    names = {
        row["id"]: row["name"]
        for row in store.read.execute("SELECT id, name FROM member WHERE id IN (SELECT member_id FROM promise)")
    }
    rows = (
        (
            hidden(one.member_id, names.get(one.member_id, "")),
            hidden(one.member_id, one.what),
            dates.written(one.due_on) if one.due_on else tr("no date"),
        )
        for one in Promises(store).open()
    )
    return _listed(tr("Open promises"), (tr("Member"), tr("Promise"), tr("Due")), rows, tr("Every promise is kept."))


def _handoffs(store: Store, hidden: Hidden) -> str:
    today = clock.local(clock.now()).date()
    rows = (
        (
            ids.display(ids.HANDOFF, one.id), one.teammate or tr("Nobody yet"), hidden(one.member_id, one.member),
            hidden(one.member_id, one.ask),
            tr(STATE_NAMES[state(one, today)]), dates.written(one.needed_by) if one.needed_by else "",
        )
        for one in Handoffs(store).listed("open")
    )  # fmt: skip
    header = (tr("Hand-off"), tr("Teammate"), tr("Member"), tr("Request"), tr("Status"), tr("Needed by"))
    return _listed(tr("With teammates"), header, rows, tr("No teammate has anything open."))


def _gifts(store: Store, hidden: Hidden) -> str:
    rows = (
        (
            hidden(one.member_id, one.member),
            one.item,
            hidden(one.member_id, one.why),
            tr(gifts.STATE_NAMES[one.state]),
            money.display(one.cost, one.currency),
        )
        for one in Gifts(store).listed("all", _NO_LIMIT)
        if one.state in IN_WORK
    )
    header = (tr("Member"), tr("Gift"), tr("Reason"), tr("Stage"), tr("Cost"))
    return _listed(tr("Gifts under way"), header, rows, tr("No gift is under way."))


def _teammates(store: Store) -> str:
    mates = Teammates(store).all()
    named = {mate.id: mate.name for mate in mates}
    rows = (
        (mate.name, mate.team, mate.email, ", ".join(mate.subjects), named.get(mate.stand_in_id or 0, ""))
        for mate in mates
    )
    header = (tr("Teammate"), tr("Team"), tr("E-mail"), tr("Helps with"), tr("Stands in"))
    return _listed(tr("Who helps"), header, rows, tr("No teammates yet."))


def _responsible(store: Store) -> str:
    rows = store.read.execute(
        "SELECT coalesce(a.name, r.subject), coalesce(t.name, ''), coalesce(s.name, '') FROM responsible r"
        " LEFT JOIN account a ON a.id = r.account_id LEFT JOIN teammate t ON t.id = r.teammate_id"
        " LEFT JOIN teammate s ON s.id = r.stand_in_id ORDER BY a.name IS NULL, 1"
    )
    found = [(what, who or tr("You"), instead) for what, who, instead in rows]
    if not found:
        return ""
    header = (tr("Account or subject"), tr("Responsible"), tr("Stands in"))
    return _listed(tr("Who's responsible for what"), header, found, "")


def _voice(store: Store) -> str:
    guide = Voice(store).guide()
    made = page.block(guide.who_we_are) + page.table(
        (tr("Trait"), tr("Reason")), [(trait.name, trait.why) for trait in guide.traits]
    )
    there = bool(guide.who_we_are.strip() or guide.traits)
    return page.block(tr("How we write"), tag="h2") + (
        made if there else page.block(tr("There's no voice guide yet."), "meta")
    )


def _templates(store: Store) -> str:
    rows = ((one.name, one.key, one.use, ", ".join(one.languages)) for one in Templates(store).all())
    header = (tr("Template"), tr("Shortcut"), tr("Usage"), tr("Languages"))
    return _listed(tr("Templates"), header, rows, tr("No templates yet."))


def _words(store: Store) -> str:
    rows = ((rule.named, tr(LEVEL_NAMES[rule.level]), rule.why, rule.instead) for rule in Voice(store).rules())
    header = (tr("Words"), tr("Action"), tr("Reason"), tr("Say instead"))
    return _listed(tr("Words we watch"), header, rows, tr("No watched words."))


def _rules(store: Store) -> str:
    names = Names(
        {account.id: account.name for account in Accounts(store).all()},
        {mate.id: mate.name for mate in Teammates(store).all(archived=True)},
        {one.key: one.name for one in Templates(store).all()},
    )
    rows = (
        (rule.name, ", ".join(asked(rule.conditions, names)), ", ".join(done_then(rule.deeds, names)))
        for rule in Rules(store).every()
        if rule.active
    )
    header = (tr("Rule"), tr("A message that"), tr("What it does"))
    return _listed(tr("Automatic rules"), header, rows, tr("No rules for incoming messages."))


def _blocks(store: Store, settings: Settings) -> str:
    planned = in_words([one.block for one in Blocks(store, settings).all()])
    return page.block(tr("When we work"), tag="h2") + page.block(planned or tr("No working blocks are set."))


def figures(rows: dict[str, int]) -> str:
    """What the pack has, in a sentence."""
    return tr("{accounts}, {promises}, {handoffs} and {gifts} are in it.").format(
        accounts=counted(rows["accounts"], "{count} account", "{count} accounts"),
        promises=counted(rows["promises"], "{count} open promise", "{count} open promises"),
        handoffs=counted(rows["handoffs"], "{count} hand-off", "{count} hand-offs"),
        gifts=counted(rows["gifts"], "{count} gift", "{count} gifts"),
    )
