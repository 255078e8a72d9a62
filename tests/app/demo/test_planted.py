"""The demo against the files that tell of it: all that they name is planted once, and stands as they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.base import clock, money, resources
from app.base.paths import Profile
from app.demo import build, files
from app.demo.brought import brought as imported
from app.demo.build import ACCOUNTS
from app.demo.letters import answered, letters
from app.demo.times import day, moment
from app.inbox import Query
from app.inbox.links import links
from app.members.reasons import in_words
from app.outbox.files import of_template
from app.workbench import Workbench

KINDS = {key: kind for key, (kind, _) in ACCOUNTS.items()}
UNTOUCHED = ("action_step", "cursor")

WHY = ("private", "forward")
"""Why a conversation that we began is linked to another."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    profile = Profile(tmp_path_factory.mktemp("demo"))
    build(profile)
    made = Workbench(profile)
    yield made
    made.close()


@pytest.fixture(scope="module")
def talks() -> list[dict[str, Any]]:
    return resources.tables("demo", "conversations_*.toml", "conversation")


@pytest.fixture(scope="module")
def people() -> dict[str, dict[str, Any]]:
    return {who["key"]: who for who in resources.tables("demo", "members_*.toml", "member")}


def of(talks: list[dict[str, Any]], what: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each thing of that kind, with the conversation that it belongs to."""
    return [(talk, one) for talk in talks for one in talk.get(what, ())]


def first(talk: dict[str, Any]) -> str:
    return str(next(said["from"] for said in talk["message"] if said["from"] != "us"))


def numbers(bench: Workbench) -> dict[str, int]:
    """Conversations by the keys of the files; the ids of their messages begin with these."""
    found = bench.store.read.execute("SELECT remote_id, conversation_id FROM message ORDER BY at, id DESC").fetchall()
    return {name.rpartition("-")[0]: number for name, number in found}


def reported(talk: dict[str, Any]) -> bool:
    """Whether a mail server reports that the last letter of it was not delivered."""
    return f"{talk['key']}-{len(talk['message']) - 1}" in {
        answered(one) for one in letters() if one["quiet"] == "failed"
    }


def brought() -> list[dict[str, Any]]:
    """The letters of the file that was imported, without what was left out."""
    return [
        letter
        for letter in imported()["letter"]
        if letter["head"] in ("X-Mozilla-Status: 0003", "X-Mozilla-Status: 0001")
    ]


def by_machines(talk: dict[str, Any]) -> int:
    """How many letters by machines are about it."""
    return sum(answered(one).rpartition("-")[0] == talk["key"] for one in letters())


def state(talk: dict[str, Any]) -> str:
    """In which list a conversation has to be found."""
    if all(said.get("upstream") == "spam" for said in talk["message"]):
        return "quiet"
    if talk.get("done") or talk.get("thanked"):
        return "done"
    if talk.get("snoozed"):
        return "snoozed"
    if reported(talk) or any(given.get("status") == "solved" for given in talk.get("handoff", ())):
        return "needs_me"  # a teammate has answered, and the member has not heard it
    return "waiting" if talk["message"][-1]["from"] == "us" else "needs_me"  # what is sent later is not given yet


def test_nothing_stands_where_the_person_has_done_nothing(bench: Workbench) -> None:
    read = bench.store.read
    assert {table: read.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in UNTOUCHED} == (
        dict.fromkeys(UNTOUCHED, 0)
    )
    assert [action.kind for action in bench.actions.last(9)] == ["import"]


def by_rules(bench: Workbench, number: int) -> set[str]:
    """The labels that rules gave a conversation."""
    given = (hit.did.get("label", {}) for hit in bench.rules.hits_in(number))
    return {label["what"] for label in given if label.get("changed")}


@pytest.mark.slow
def test_every_conversation_stands_as_its_file_says(bench: Workbench, talks: list[dict[str, Any]]) -> None:
    known = numbers(bench)
    alone = {letter["id"].rpartition("-")[0] for letter in [*letters(), *files.letters(), *brought()]}
    assert known.keys() == {talk["key"] for talk in talks} | alone
    for talk in talks:
        row = bench.inbox.row(known[talk["key"]])
        assert row.state == state(talk), talk["key"]
        assert (row.unhappy, row.hard) == (talk.get("unhappy", False), talk.get("hard", False)), talk["key"]
        assert set(bench.inbox.labels(row.id)) == {*talk.get("labels", ()), *by_rules(bench, row.id)}, talk["key"]
        assert row.messages == len(talk["message"]) + by_machines(talk)
        unanswered = ((talk["message"][-1]["from"] != "us" or reported(talk)) and "later" not in talk) and state(
            talk
        ) not in ("done", "quiet")
        assert bool(row.unread) == unanswered, talk["key"]


def test_every_message_is_there_once_and_as_it_stands(bench: Workbench, talks: list[dict[str, Any]]) -> None:
    stored = {
        row["remote_id"]: row
        for row in bench.store.read.execute(
            "SELECT m.*, t.key AS template FROM message m LEFT JOIN template t ON t.id = m.template_id"
        )
    }
    assert len(stored) == sum(len(talk["message"]) for talk in talks) + len([*letters(), *files.letters(), *brought()])
    for talk in talks:
        for place, said in enumerate(talk["message"]):
            row = stored[f"{talk['key']}-{place}"]
            verbs = [deed["verb"] for deed in said.get("moderated", ())]
            own, _, inside = row["text"].partition("\n\n---------- ")
            before, _, after = said["text"].strip().partition("{when}")  # of what it quotes, in the demo's time
            assert own.startswith(before)
            assert own.endswith(after)
            assert len(own) >= len(before) + len(after)
            assert bool(inside) == ("forwards" in said)
            assert row["template"] == said.get("template")
            assert (row["edited_at"] is not None, row["gone_at"] is not None) == ("edited" in said, "gone" in said)
            assert row["upstream"] == ("hidden" if "hide" in verbs else said.get("upstream", ""))


def test_every_member_is_one_and_goes_by_their_names(bench: Workbench, people: dict[str, dict[str, Any]]) -> None:
    names = bench.members.names(bench.members.find(limit=1_000))
    assert sorted(names.values()) == sorted(who["name"] for who in people.values())
    assert bench.store.read.execute("SELECT count(*) FROM member").fetchone()[0] == len(people)
    for number, name in names.items():
        member = bench.members.get(number)
        addresses = [one.handle for one in member.identities]
        who = next(  # two have one name
            one for one in people.values() if one["name"] == name and one["identities"].get("email", "") == member.email
        )
        assert who["identities"].get("email", "") in ("", *addresses)
        handles = {(KINDS[key], handle) for key, handle in who["identities"].items() if key != "in_person"}
        assert {(one.kind, one.handle) for one in member.identities if one.kind != "in_person"} == handles, name
        assert (member.kind, member.language, member.fits) == (who["kind"], who["language"], who.get("fits", False))
        assert (member.greeting, member.note) == (who.get("greeting", ""), who.get("note", "").strip())
        assert member.email == who["identities"].get("email", "")
        line, postal_code, city, country = (*who.get("address", ()), "", "", "", "")[:4]
        assert (member.address_1, member.postal_code, member.country) == (line, postal_code, country)
        assert member.city == (city or who.get("city", ""))
        assert number in bench.members.find(name)


def test_two_pairs_are_one_person_and_one_is_two_of_one_name(bench: Workbench) -> None:
    found = bench.pairs.suggest()
    names = bench.members.names([number for pair in found for number in (pair.one, pair.other)])
    assert {frozenset((names[pair.one], names[pair.other])): list(map(in_words, pair.reasons)) for pair in found} == {
        frozenset(("Žofie Dvořáková", "Žofka V.")): ["Same name on Forum and Mastodon: zofka"],
        frozenset(("Nadia Rahman", "Nadia R.")): ["Same name on Blog and Instagram: nadia.reads"],
        frozenset(("Molnár Nóra",)): ["Same name, and both write in Hungarian"],
    }


def test_every_gift_every_hand_off_and_every_promise(
    bench: Workbench, talks: list[dict[str, Any]], people: dict[str, dict[str, Any]]
) -> None:
    now, known = clock.local(clock.now()), numbers(bench)
    team = {one["key"]: one["name"] for one in resources.table("demo", "teammates.toml")["teammate"]}
    gifts = Counter(
        (known[talk["key"]], people[gift.get("member", first(talk))]["name"], gift["item"], gift["state"],
         money.amount(gift["cost"], gift["currency"]), gift["occasion"], gift["why"])
        for talk, gift in of(talks, "gift")
    )  # fmt: skip
    assert gifts == Counter(
        (one.conversation_id, one.member, one.item, one.state, one.worth, one.occasion, one.why)
        for one in bench.gifts.listed("all")
    )
    assert all(one.shipped_on for one in bench.gifts.listed("all") if one.state in ("shipped", "thanked"))
    handoffs = Counter(
        (known[talk["key"]], people[first(talk)]["name"], team[one["to"]], one["ask"], one.get("answer", ""),
         "solved" if one["status"] == "closed" else one["status"], one["status"] == "closed",
         day(one["answered_at"], now) if "answered_at" in one else "")
        for talk, one in of(talks, "handoff")
    )  # fmt: skip
    about_drafts = {one.asked.handoff_id for one in bench.approvals.listed()}  # see test_asking
    assert handoffs == Counter(
        (one.conversation_id, one.member, one.teammate, one.ask, one.answer, one.status, one.closed_at is not None,
         one.answered_on)
        for one in bench.handoffs.listed("all") if one.id not in about_drafts
    )  # fmt: skip
    assert all(one.context for one in bench.handoffs.listed("all"))
    to_give = [one["ask"] for _, one in of(talks, "handoff") if not one.get("given", True)]
    assert to_give == [one.ask for one in bench.handoffs.listed("all") if not one.exported_at]
    assert len(bench.giving.due()) == len(to_give) == 1  # so that there is a round to be made
    promises = Counter((known[talk["key"]], one["what"], "kept" in one) for talk, one in of(talks, "promise"))
    stored = bench.store.read.execute("SELECT conversation_id, what, kept_at IS NOT NULL FROM promise")
    assert promises == Counter((row[0], row[1], bool(row[2])) for row in stored)


def test_all_of_it_lies_in_the_past_when_it_happened(bench: Workbench, talks: list[dict[str, Any]]) -> None:
    now = clock.local(clock.now())
    given = [{"handoff_given": [one for one in talk.get("handoff", ()) if one.get("given", True)]} for talk in talks]
    asked = [{"handoff": [one], "handoff_given": [one]} for one in resources.table("demo", "asked.toml")["asked"]]
    talks = [
        *talks,
        *asked,
        *given,
        *({"deed": said.get("moderated", ())} for talk in talks for said in talk["message"]),
    ]

    def times(what: str, key: str) -> list[int]:
        return sorted(moment(one[key], now) // 3_600 for _, one in of(talks, what) if key in one)

    def stored(column: str, table: str) -> list[int]:
        rows = bench.store.read.execute(f"SELECT {column} FROM {table}")
        return sorted(row[0] // 3_600 for row in rows if row[0] is not None)

    for (table, column), (what, key) in {
        ("gift", "created_at"): ("gift", "at"),
        ("handoff", "opened_at"): ("handoff", "at"),
        ("handoff", "exported_at"): ("handoff_given", "at"),
        ("given_file", "at"): ("handoff_given", "at"),
        ("message", "edited_at"): ("message", "edited"),
        ("message", "gone_at"): ("message", "gone"),
        ("moderation", "at"): ("deed", "at"),
        ("moderation", "done_at"): ("deed", "at"),
        ("outbox", "created_at"): ("later", "written"),
        ("promise", "at"): ("promise", "at"),
        ("promise", "kept_at"): ("promise", "kept"),
    }.items():
        near = zip(stored(column, table), times(what, key), strict=True)
        assert all(abs(a - b) <= 1 for a, b in near), (table, column)  # an hour may turn while this runs
    early = bench.store.read.execute(
        "SELECT count(*) FROM gift WHERE state_at > ?1 OR (state <> 'idea' AND state_at < created_at + 60)",
        (clock.now(),),
    )
    assert early.fetchone()[0] == 0  # no two lines of a gift within one minute
    assert stored("at", "template_use") == stored("at", "message WHERE template_id IS NOT NULL AND out")
    (since,) = set(stored("created_at", "template"))
    assert abs(since - moment("-400d", now) // 3_600) <= 1
    late = bench.store.read.execute(
        "SELECT count(*) FROM conversation WHERE done_at NOT BETWEEN last_at AND ?", (clock.now(),)
    )
    assert late.fetchone()[0] == 0
    told = bench.store.read.execute(
        "SELECT count(*) FROM handoff WHERE closed_at IS NOT updated_at AND told_at NOT NULL"
    )
    assert told.fetchone()[0] == 0


def test_a_picture_goes_along_with_a_template(bench: Workbench) -> None:
    (one,) = resources.table("demo", "files.toml")["with_template"]
    attached = bench.files.attached(of_template(bench.templates.get(one["key"]).id))
    assert [(file.name, file.type) for file in attached] == [(one["picture"], "image/jpeg")]


def test_templates_voice_and_teammates_are_those_of_the_files(bench: Workbench, talks: list[dict[str, Any]]) -> None:
    templates = [
        *resources.table("demo", "templates.toml")["template"],
        *resources.table("starter", "following.toml")["template"],
    ]
    assert {one.key: len(one.texts) for one in bench.templates.all()} == {
        one["key"]: len(one["text"]) for one in templates
    }
    used = Counter(said["template"] for talk in talks for said in talk["message"] if "template" in said)
    assert {one.key: one.uses for one in bench.templates.all() if one.uses} == dict(used)
    voice, guide = resources.table("demo", "voice.toml"), bench.voice.guide()
    assert [(one.name, len(one.examples)) for one in guide.traits] == [
        (one["name"], len(one["example"])) for one in voice["trait"]
    ]
    embargoed = {one.rule_id for one in bench.embargoes.listed()}
    assert [one.most for one in guide.rules if one.sort == "emoji"] == [voice["guide"]["emoji_most"]]
    worded = [one for one in guide.rules if one.id not in embargoed and one.sort != "emoji"]
    assert [(one.words, one.level, one.why) for one in worded] == [
        (tuple(one.get("words", ())), one["level"], one.get("why", "")) for one in voice["rule"]
    ]
    assert guide.version == 7
    team = resources.table("demo", "teammates.toml")["teammate"]
    names = {one["key"]: one["name"] for one in team}
    by_id = {one.id: one.name for one in bench.teammates.all()}
    assert {one.name: by_id.get(one.stand_in_id or 0) for one in bench.teammates.all()} == {
        one["name"]: names.get(one.get("stand_in", "")) for one in team
    }


def test_what_is_to_go_out_and_what_may_be_spent(bench: Workbench, talks: list[dict[str, Any]]) -> None:
    assert Counter(one["text"].strip() for _, one in of(talks, "later")) == Counter(
        one.text for one in bench.outbox.entries()
    )
    told = resources.table("demo", "budget.toml")
    assert {(one.item, one.on_hand, one.reorder_at) for one in bench.gifts.stock()} == {
        (one["item"], one["left"], one["reorder_at"]) for one in told["stock"]
    }
    (budget,) = [one for one in bench.gifts.budgets.of() if one.amount is not None]
    assert money.display(budget.amount or 0, budget.currency) == money.display(60_000, "EUR")
    assert bench.settings.text("community") == bench.settings.text("speaks_as") == "Sítróna"
    assert {(one.kind, one.name) for one in bench.accounts.all()} == set(ACCOUNTS.values())


def test_one_was_joined_by_a_late_letter_one_is_linked_one_has_a_changed_subject(
    bench: Workbench, talks: list[dict[str, Any]]
) -> None:
    known, read = numbers(bench), bench.store.read
    late = [talk for talk, said in of(talks, "message") if said.get("late")]
    assert late
    for talk in late:
        number = known[talk["key"]]
        assert read.execute("SELECT count(*) FROM conversation WHERE joined_into = ?", (number,)).fetchone()[0] == 1
        assert bench.inbox.row(number).messages == len(talk["message"])
    linked = {frozenset((known[talk["key"]], known[key])) for talk in talks for key in talk.get("linked", ())}
    linked |= {frozenset((known[talk["key"]], known[talk[why]])) for talk in talks for why in WHY if why in talk}
    assert {frozenset(row) for row in read.execute("SELECT conversation_id, other_id FROM conversation_link")} == linked
    assert linked
    changed = {(known[talk["key"]], said["subject"]) for talk, said in of(talks, "message") if "subject" in said}
    shown = {
        (number, line.subject)
        for number in known.values()
        for line in bench.inbox.open(number).lines
        if line.subject and not line.quiet
    }
    assert shown == changed
    assert changed


def test_a_letter_of_each_kind_that_a_machine_writes_is_planted(bench: Workbench) -> None:
    read = bench.store.read
    for letter in letters():
        row = read.execute(
            "SELECT m.quiet, m.language, c.state, c.id FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " WHERE m.remote_id = ?",
            (letter["id"],),
        ).fetchone()
        assert (row["quiet"], row["language"]) == (letter["quiet"], letter["language"]), letter["id"]
        if not answered(letter):
            assert row["state"] == ("quiet" if letter["quiet"] else "needs_me")
        else:
            talk = read.execute(
                "SELECT conversation_id FROM message WHERE remote_id = ?", (answered(letter),)
            ).fetchone()
            assert talk["conversation_id"] == row["id"], letter["id"]
    kinds = dict.fromkeys(("failed", "away", "receipt", "reaction", "newsletter", "list"), 1)
    assert Counter(letter["quiet"] for letter in letters()) == {**kinds, "": 3}  # on a list, a notice, a form
    assert {letter["language"] for letter in letters()} == {"is", "hu", "cs", "el", "en"}
    assert bench.inbox.counts()["quiet"] == 3
    failed = read.execute("SELECT failed FROM message WHERE failed <> ''").fetchall()
    assert [row["failed"].partition("\n")[0] for row in failed] == ["ana.prado@post.example"]
    assert "The mailbox is full" in failed[0]["failed"]


def test_letters_that_we_began_have_their_file_the_letter_inside_and_their_other_half(
    bench: Workbench, talks: list[dict[str, Any]]
) -> None:
    known = numbers(bench)
    for talk in talks:
        for why in ("private", "forward"):
            if why in talk:
                other, number = known[talk[why]], known[talk["key"]]
                assert [(link.conversation_id, link.why) for link in links(bench.store.read, number)] == [(other, why)]
                assert number in [link.conversation_id for link in links(bench.store.read, other)]
    row = bench.inbox.row(known["en-caps-tasting"])
    assert (row.member, row.state) == ("Grace Whitfield", "waiting")
    (file,) = bench.inbox.open(row.id).lines[0].files
    assert file.name == "river-tasting.csv"
    forwarded = bench.inbox.open(known["en-press-forwarded"])
    assert "---------- Forwarded message ----------\nFrom: Hannah Brandt" in forwarded.lines[0].text


def test_a_notice_in_html_a_form_a_chat_by_phone_and_a_review_are_planted(bench: Workbench) -> None:
    read = bench.store.read
    notice = read.execute(
        "SELECT a.kind, p.name, m.text, m.url FROM message m JOIN account a ON a.id = m.account_id JOIN identity i"
        " ON i.id = m.identity_id JOIN member p ON p.id = i.member_id WHERE m.remote_id = 'cs-radek-notice-0'"
    ).fetchone()
    assert tuple(notice)[:2] == ("facebook", "Radek Doležal")
    assert notice["text"].startswith("Má rebarborová letos míň bublinek")
    assert notice["url"] == "https://www.facebook.com/sitrona/posts/2041?comment_id=88"
    form = read.execute(
        "SELECT a.kind, p.name, m.text, m.url FROM message m JOIN account a ON a.id = m.account_id JOIN identity i"
        " ON i.id = m.identity_id JOIN member p ON p.id = i.member_id WHERE m.remote_id = 'cs-alena-form-0'"
    ).fetchone()
    assert (*tuple(form)[:2], form["url"]) == ("email", "Alena Šimková", "https://sitrona.example/kontakt")
    assert form["text"].startswith("Dobrý den, naše malotřídka")
    assert "Telefon: +420 601 555 014" in form["text"]
    for kind, handle in (("whatsapp", "+36205550143"), ("google_reviews", "Πέτρος Σαρρής")):
        found = read.execute(
            "SELECT c.public, i.handle FROM conversation c JOIN account a ON a.id = c.account_id JOIN identity i"
            " ON i.id = c.identity_id WHERE a.kind = ?",
            (kind,),
        ).fetchall()
        assert [tuple(row) for row in found] == [(kind != "whatsapp", handle)]


def test_a_comment_that_the_blog_takes_for_spam_is_quiet_and_can_be_rescued(bench: Workbench) -> None:
    (row,) = bench.store.read.execute(
        "SELECT m.id, m.upstream, c.state FROM message m JOIN conversation c ON c.id = m.conversation_id"
        " WHERE m.quiet = 'spam'"
    ).fetchall()
    assert (row["upstream"], row["state"]) == ("spam", "quiet")
    assert "show" in bench.moderation.verbs(row["id"])


def test_a_thank_you_can_be_closed_by_a_reaction_and_a_place_has_a_note(bench: Workbench) -> None:
    given, talk = bench.outbox.reactions, numbers(bench)["en-street-party"]
    message = given.latest(talk)
    assert given.why_not(message) == ""
    assert given.effect(message).closes
    assert bench.outbox.manners.points(bench.accounts.named("Mastodon").id)[0].key == "note"
    assert all(bench.accounts.notes.is_due(account.id) for account in bench.accounts.all())


def test_letters_hold_a_picture_an_invitation_and_a_signature(bench: Workbench) -> None:
    known = numbers(bench)
    tree = bench.inbox.open(known["el-tree"]).lines[0]
    assert [(file.name, file.in_words, file.is_here) for file in tree.files] == [
        ("lemon-tree.jpg", True, True), ("bottles.jpg", False, True),
    ]  # fmt: skip
    assert tree.remote == 1
    invited = bench.inbox.open(known["en-tasting"]).lines[0]
    assert "Invitation: Tasting evening: lemonade on the long bench" in invited.text
    assert [file.name for file in invited.files] == ["invite.ics"]
    signed = bench.inbox.open(known["cs-signed"])
    assert (signed.lines[0].protection, signed.lines[0].files, signed.row.state) == ("signed openpgp", (), "done")


def test_a_damaged_letter_is_kept_as_it_came(bench: Workbench, tmp_path: Path) -> None:
    opened = bench.inbox.open(numbers(bench)["hu-damaged"])
    message = opened.lines[0]
    assert "winmail.dat, which is damaged" in message.text
    assert opened.row.state == "done"
    assert bench.originals.kept().letters == 1
    bench.originals.check(message.id)
    size = bench.originals.save(message.id, tmp_path / "letter.eml")
    octets = (tmp_path / "letter.eml").read_bytes()
    assert (len(octets), b"Message-ID: <hu-damaged-0>" in octets, b"winmail.dat" in octets) == (size, True, True)


def test_five_thanks_in_each_language_closed_by_themselves_today(bench: Workbench, talks: list[dict[str, Any]]) -> None:
    closed = bench.inbox.closed_themselves(clock.now())
    assert len(closed) == sum(bool(talk.get("thanked")) for talk in talks) == 25
    assert sorted({row.language for row in closed}) == ["cs", "el", "en", "hu", "is"]
    needing = {row.title for row in bench.inbox.rows([ref.id for ref in bench.inbox.refs(Query())])}
    assert {"Caps for the crate", "Zásilka do Jihlavy", "Flöskur á Ísafirði"} <= needing


def test_one_question_of_ours_nobody_answered(bench: Workbench) -> None:
    (one,) = bench.inbox.questions.due(clock.now())
    assert one.row.title == "Your grandmother’s recipe"


def test_the_first_week_has_a_text_that_we_keep_writing_and_shows_no_list(bench: Workbench) -> None:
    made = bench.first_week.overview()
    assert [(one.language, one.times, one.whole) for one in made.templates] == [("en", 3, False)]
    assert made.traits
    assert made.offer.closes
    assert not bench.first_week.is_shown()


def test_five_deserve_a_gift_and_others_are_left_out_for_a_reason(bench: Workbench) -> None:
    found = bench.deserving.proposals()
    days = ("birthday", "name_day", "anniversary")  # of any day
    proposed = {one.person.name: one.deeds[0].kind for one in found.proposed if one.deeds[0].kind not in days}
    assert proposed == {
        "Liam Corrigan": "lost", "Tom Okafor": "problem", "Oskar Lindqvist": "problem", "Priya Nair": "problem",
        "Αντώνης Βλάχος": "mended",
    }  # fmt: skip
    items = {one.person.name: one.item.name for one in found.proposed if one.item is not None}
    assert items["Liam Corrigan"] == "Sticker sheet"  # what got lost is sent again
    assert items["Αντώνης Βλάχος"] == "Lemon tote"  # he has the book, and nobody knows his size of shirt
    left_out = {one.person.name: one.why for one in found.left_out}
    assert left_out["Petr Hanák"] == "idea"
    assert left_out["Žofie Dvořáková"] == "cool_down"
    assert left_out["Tóth Emese"] == "no_gifts"
    assert all(one.item is not None for one in found.proposed)
