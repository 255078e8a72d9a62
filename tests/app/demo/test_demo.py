"""The demo community: quickly there, fresh whenever it is opened, in five languages, with every planted case in it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.base import clock, language, resources
from app.base.errors import BugError
from app.base.paths import Profile
from app.demo import build
from app.demo.build import ACCOUNTS
from app.demo.times import day, moment
from app.handoffs.rows import state
from app.inbox import Query
from app.members import allergies
from app.safety.checkup import examine
from app.templates import parse
from app.workbench import Workbench
from tests.app.saying import is_consistent

LANGUAGES = ("is", "hu", "cs", "el", "en")
DAY = 86_400


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    profile = Profile(tmp_path_factory.mktemp("demo"))
    started = time.process_time()
    build(profile)
    assert time.process_time() - started < 5
    made = Workbench(profile)
    yield made
    made.close()


def count(bench: Workbench, question: str, *values: object) -> int:
    return int(bench.store.read.execute(f"SELECT count(*) FROM {question}", values).fetchone()[0])


def test_it_is_sound(bench: Workbench) -> None:
    is_consistent(bench.store)
    with bench.store.write() as conn:
        assert examine(conn, bench.profile.file).faults == ()
    assert bench.is_demo
    assert not bench.is_empty
    assert [action.kind for action in bench.actions.last(9)] == ["import"]  # nothing else is there to undo


def test_seventy_one_members_and_nine_hundred_messages_over_fourteen_months(bench: Workbench) -> None:
    assert bench.members.count() == 71  # README says so
    assert 800 <= count(bench, "message") <= 960
    assert count(bench, "account WHERE mode = 'demo'") == len(ACCOUNTS) - 3 == 8
    first = bench.store.read.execute("SELECT min(at) FROM message").fetchone()[0]
    assert 390 <= (time.time() - first) / DAY <= 440
    assert count(bench, "message WHERE at > ?", int(time.time())) == 0
    months = bench.store.read.execute("SELECT count(DISTINCT strftime('%Y-%m', at, 'unixepoch')) FROM message")
    assert months.fetchone()[0] >= 14


def test_an_import_is_listed_with_what_was_left_out(bench: Workbench) -> None:
    (one,) = bench.imports.listed()
    assert (one.file, one.account, one.finished) == ("Letters before the shop moved.mbox", "E-mail", True)
    assert one.sentence == "2 new, 0 already known. Left out: 1 deleted, 2 in spam, 1 draft."
    assert 200 <= (time.time() - one.at) / DAY <= 202
    (listed,) = bench.actions.listed()
    assert (listed.told, dict(listed.removes), dict(listed.keeps)) == (
        one.sentence,
        {"message": 2, "conversation": 2},
        {},
    )


def test_every_account_and_language_speaks(bench: Workbench) -> None:
    spoken = bench.store.read.execute(
        "SELECT account_id, count(*) FROM message WHERE NOT out GROUP BY account_id HAVING count(*) >= 5"
    )
    assert len(spoken.fetchall()) == len(ACCOUNTS) - 2  # one chat by phone number, one review
    languages = Counter(row[0] for row in bench.store.read.execute("SELECT language FROM message WHERE NOT out"))
    assert min(languages[one] for one in LANGUAGES) >= 50
    assert languages["he"] >= 3
    assert languages[""] == 0 or not language.RECOGNIZES  # two letters of the demo come in as any letter does


def test_texts_are_in_the_language_that_their_member_speaks(bench: Workbench) -> None:
    told = bench.store.read.execute(
        "SELECT m.text, m.language, m.id FROM message m WHERE NOT m.out AND length(m.text) >= 60"
    ).fetchall()
    odd = [(row[2], row[1], found, row[0]) for row in told if (found := language.of(row[0])) not in ("", row[1])]
    assert len(odd) <= len(told) // 50, odd


def test_no_two_people_say_the_same(bench: Workbench) -> None:
    repeated = bench.store.read.execute(
        "SELECT text, count(*) FROM message WHERE NOT out AND length(text) > 25 GROUP BY text HAVING count(*) > 1"
    )
    assert repeated.fetchall() == []


# --- what waits


def test_the_inbox_has_work_of_every_kind(bench: Workbench) -> None:
    counts = bench.inbox.counts()
    assert 10 <= counts["needs_me"] <= 45
    assert counts["quiet"] == 3
    assert counts["waiting"] >= 5
    assert counts["snoozed"] == 2
    assert counts["done"] > 100
    rows = bench.inbox.rows([ref.id for ref in bench.inbox.refs(Query())])
    ages = [int(time.time()) - (row.waiting_since or 0) for row in rows]
    assert min(ages) < 3_600
    assert sum(age < 4 * 3_600 for age in ages) >= 4
    assert max(ages) < 3 * DAY
    assert len({row.language for row in rows}) >= 5


def test_one_place_is_posted_on_by_hand_where_a_comment_waits_and_a_reply_is_ready(bench: Workbench) -> None:
    account, *others = sorted((one for one in bench.accounts.all() if one.assisted), key=lambda one: one.kind)
    assert [account.kind, *(one.kind for one in others)] == ["facebook", "google_reviews", "whatsapp"]
    assert count(bench, "conversation WHERE account_id = ? AND state = 'needs_me'", account.id) >= 1
    (reply,) = bench.outbox.by_hand()
    assert (reply.account_id, reply.to_whom) == (account.id, "Ásdís Eva Kristinsdóttir")
    assert bench.outbox.counts()["undecided"] == 0


def test_three_promises_are_open_one_of_them_late_and_one_due_today(bench: Workbench) -> None:
    today = clock.local(clock.now())
    due = [promise.due_on for promise in bench.promises.open()]
    assert day("-3d", today) in due
    assert day("+0d", today) in due
    assert count(bench, "promise WHERE kept_at IS NOT NULL") > 0
    assert len(due) == count(bench, "promise WHERE kept_at IS NULL AND dropped_why = ''") == 3
    assert sum(len(one) > 0 and one < today.date().isoformat() for one in due) == bench.promises.in_time().late == 1


def test_a_reply_that_is_begun_promises_something(bench: Workbench) -> None:
    rows = bench.store.read.execute("SELECT text, language FROM draft").fetchall()
    offers = [bench.promises.offers(text, [language]) for text, language in rows]
    assert sorted(bool(offer and offer[0].due_on) for offer in offers) == [False] * 4 + [True]


def test_an_angry_thread_was_made_good(bench: Workbench) -> None:
    made_good = bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN gift g ON g.conversation_id = c.id AND g.occasion = 'made_right'"
        " JOIN handoff h ON h.conversation_id = c.id AND h.closed_at IS NOT NULL WHERE c.state = 'done'"
        " AND g.state = 'thanked'"
    ).fetchall()
    assert made_good
    assert count(bench, "conversation WHERE unhappy") > 0


def test_gifts_stand_in_every_stage_and_one_lacks_its_address(bench: Workbench) -> None:
    counts = bench.gifts.counts()
    assert (counts["idea"], counts["approved"], counts["to_ship"], counts["shipped"]) == (3, 1, 2, 3)
    assert (counts["asked"], counts["address_in"]) == (1, 1)
    assert counts["thanked"] >= 3
    assert (counts["lost"], counts["declined"], counts["charity"]) == (1, 1, 1)
    chosen = [gift for gift in bench.gifts.listed("all") if bench.gifts.choices.offered(gift.id)]
    assert [(gift.item, len(bench.gifts.choices.offered(gift.id))) for gift in chosen] == [("Two bottles", 3)]
    assert [gift.charity for gift in bench.gifts.listed("charity")] == ["Bench Street Food Bank"]
    assert bench.gifts.needs().address >= 1
    assert bench.gifts.stock()
    assert count(bench, "gift_budget WHERE year = ?", clock.local(clock.now()).year) == 2


def test_an_address_has_come_and_is_to_be_taken_and_another_is_in(bench: Workbench) -> None:
    (asked,) = bench.gifts.listed("asked")
    assert asked.conversation_id is not None
    offer = bench.addresses.awaited(asked.conversation_id)
    assert offer is not None
    assert offer.on_one_line == "Varga Ildikó, Citromfa utca 12, 1999 Budapest"
    (there,) = bench.gifts.listed("address_in")
    assert (there.member, there.address_1, there.city) == ("Jitka Němcová", "U Citroníku 7", "Plzeň")


def test_vouchers_lie_there_without_codes_and_an_allergy_meets_a_book(bench: Workbench) -> None:
    assert [(one.ending, one.free, bool(one.warning)) for one in bench.vouchers.listed()] == [
        ("", True, True), ("", True, False),
    ]  # fmt: skip
    eleni = bench.store.read.execute(
        "SELECT v.member_id FROM member_value v JOIN member_field f ON f.id = v.field_id WHERE f.name = 'Allergies'"
        " AND v.value = 'καρύδια'"
    ).fetchone()["member_id"]
    book = bench.gifts.items.named("Recipe book").id
    assert "“καρύδια”. “Recipe book”: “Recipes with nuts" in allergies.warns(bench.store.read, eleni, book)


def test_hand_offs_stand_in_every_state(bench: Workbench) -> None:
    today = clock.local(clock.now()).date()
    states = Counter(state(one, today) for one in bench.handoffs.listed("all"))
    assert {"sent", "seen", "in_work", "late", "closed"} <= set(states)
    assert states["came_back"] + states["tell_member"] == 3  # one is a yes to a reply
    away = [one for one in bench.teammates.all() if one.away_from]
    assert away
    assert any(one.stand_in_id for one in bench.teammates.all())


def test_three_have_gone_quiet_four_are_new_one_came_a_second_time_and_one_is_back(bench: Workbench) -> None:
    involvement = bench.involvement
    assert {one.name for one in involvement.gone_quiet()} == {"Αντώνης Βλάχος", "Szabó Réka", "Páll Oddgeirsson"}
    newcomers = {"Kővári Tamás", "Blanka Trnková", "Sunneva Rós Kjartansdóttir", "Ιφιγένεια Ζαχαρίου"}
    assert {one.name for one in involvement.newcomers()} == newcomers
    assert [one.name for one in involvement.second_time()] == ["Kocsis Bence"]
    assert [one.name for one in involvement.came_back()] == ["Szekeres Panna"]


def test_levels_of_every_kind_are_there_and_two_want_to_be_written_to(bench: Workbench) -> None:
    assert all(bench.involvement.counts().values())
    assert {one.name for one in bench.involvement.due()} == {"Sölvi Már Ragnarsson"}
    audience = bench.involvement.audience()
    assert (bool(audience.description), len(audience.criteria)) == (True, 3)
    assert bench.involvement.share().marked == count(bench, "member WHERE fits = 1")


def test_one_wish_came_over_three_channels_this_week(bench: Workbench) -> None:
    wishes = bench.store.read.execute(
        "SELECT DISTINCT a.kind, m.language, m.identity_id FROM message m JOIN account a ON a.id = m.account_id"
        " WHERE NOT m.out AND m.at > ? AND (m.text LIKE '%shirt%' OR m.text LIKE '%tri_k%' OR m.text LIKE '%póló%'"
        " OR m.text LIKE '%bol%' OR m.text LIKE '%μπλουζ%')",
        (time.time() - 8 * DAY,),
    ).fetchall()
    assert len({row[0] for row in wishes}) >= 3
    assert len({row[1] for row in wishes}) >= 3
    assert len({row[2] for row in wishes}) >= 4


def test_some_write_long_right_to_left_with_emoji_and_links(bench: Workbench) -> None:
    texts = [row[0] for row in bench.store.read.execute("SELECT text FROM message WHERE NOT out")]
    assert max(map(len, texts)) > 1_000
    assert any("\u05d0" <= letter <= "\u05ea" for text in texts for letter in text)
    assert any(letter >= "\U0001f300" for text in texts for letter in text)
    assert any("https://" in text for text in texts)
    assert count(bench, "conversation_label JOIN label ON label.id = label_id WHERE name = 'press'") > 0
    assert count(bench, "message WHERE kind = 'offline'") >= 5


def test_people_are_known_on_several_channels_and_may_be_met_face_to_face(bench: Workbench) -> None:
    rows = bench.members.rows(bench.members.find(limit=500))
    assert sum(len(row.kinds) >= 2 for row in rows) >= 5
    assert any("in_person" in row.kinds for row in rows)
    assert all(row.language for row in rows)
    assert {row.kind for row in rows} >= {"customer", "press", "partner"}


def test_a_post_has_several_comment_threads_one_of_them_held_and_one_hidden(bench: Workbench) -> None:
    posts = bench.store.read.execute(  # a notice names no post of ours, it only links to it
        "SELECT count(*), min(post_text) FROM conversation WHERE post_title <> '' GROUP BY account_id, post_url"
    ).fetchall()
    assert max(row[0] for row in posts) >= 6
    assert all(row[1] for row in posts)
    (held,) = bench.store.read.execute("SELECT conversation_id FROM message WHERE upstream = 'held'").fetchall()
    assert bench.inbox.row(held[0]).state == "needs_me"
    assert bench.inbox.row(held[0]).held
    (hidden,) = bench.store.read.execute("SELECT id, conversation_id FROM message WHERE upstream = 'hidden'").fetchall()
    (deed,) = bench.moderation.entries(hidden[1])
    assert (deed.message_id, deed.verb, deed.state) == (hidden[0], "hide", "done")
    assert deed.guideline
    assert deed.evidence
    assert deed.author
    assert bench.moderation.verbs(hidden[0])


def test_one_is_reported_one_is_solved_one_is_closed_and_one_is_muted(bench: Workbench) -> None:
    (board,) = [one for one in bench.accounts.all() if one.kind == "demo"]
    rows = bench.inbox.rows([ref.id for ref in bench.inbox.refs(Query("all", board.id))])
    (reported,) = [row for row in rows if row.reported]
    (solved,) = [row for row in rows if row.solved]
    (closed,) = [row for row in rows if row.locked]
    assert [reported.state, solved.state, closed.state] == ["needs_me", "done", "done"]
    assert [line.upstream for line in bench.inbox.open(reported.id).lines][-1] == "reported"
    (line,) = [line for line in bench.inbox.open(solved.id).lines if line.solution]
    assert [deed.verb for deed in line.deeds] == ["solve"]
    barred = [line.bar for line in bench.inbox.open(closed.id).lines if line.bar is not None]
    assert [(bar.verb, bar.account) for bar in barred] == [("mute", board.name)]
    verbs = {verb for line in bench.inbox.open(closed.id).lines for verb in bench.moderation.verbs(line.id)}
    assert {"hide", "spam", "delete", "solve", "unlock", "unmute", "ban"} <= verbs
    assert bench.outbox.caution(closed.id)


def test_one_was_edited_and_one_taken_away(bench: Workbench) -> None:
    assert count(bench, "message WHERE edited_at > at AND gone_at IS NULL AND NOT out") == 1
    assert count(bench, "message WHERE gone_at > at AND text <> '' AND NOT out") == 1


def test_one_of_ours_was_corrected_and_its_old_words_are_kept(bench: Workbench) -> None:
    row = bench.store.read.execute(
        "SELECT m.text, v.text, m.edited_at = v.until, m.conversation_id FROM message_version v"
        " JOIN message m ON m.id = v.message_id AND m.out"
    ).fetchall()
    ((new, old, at_once, conversation),) = (tuple(found) for found in row)
    assert ("thirty bottles" in new, "thirteen bottles" in old, at_once) == (True, True, 1)
    line = next(line for line in bench.inbox.open(conversation).lines if line.versions)
    assert line.versions[0][0] == old
    assert bench.outbox.can_change(line.id) == ("", "")


def test_an_answer_goes_out_tomorrow_and_one_went_in_three_parts(bench: Workbench) -> None:
    (waits,) = bench.outbox.entries(("held",))
    assert waits.later
    assert waits.held_until > time.time() + 3_000
    row = bench.inbox.row(waits.conversation_id)
    assert (row.state, row.due) == ("needs_me", waits.held_until)
    mastodon = next(account for account in bench.accounts.all() if account.kind == "mastodon")
    room = bench.outbox.room(mastodon.id)
    assert (room.limit, room.threads) == (500, True)
    runs = bench.store.read.execute(
        "SELECT count(*), max(length(text)) FROM message WHERE out AND account_id = ?"
        " GROUP BY conversation_id, at / 600",
        (mastodon.id,),
    ).fetchall()
    assert max(row[0] for row in runs) == 3
    assert max(row[1] for row in runs) <= 500


# --- templates and voice

KNOWN = {
    "first_name", "greeting", "name", "post", "subject", "our_name", "community", "who_helps",  # filled by themselves
    "teammate", "answer", "gift", "grams", "link", "product", "recipe", "shop", "town", "what", "what_broke",
    "what_happened", "what_they_did", "when", "when_asked",
}  # fmt: skip


def test_every_blank_of_a_template_is_known_and_all_languages_are_there(bench: Workbench) -> None:
    templates = bench.templates.all()
    assert 12 <= len(templates) <= 19
    bodies = [text.body for one in templates for text in one.texts]
    assert {blank.name for body in bodies for blank in parse(body)} <= KNOWN
    assert not any("{{" in "".join(body.split("}}")[-1:]) for body in bodies)
    assert {text.language for one in templates for text in one.texts} == set(LANGUAGES)
    assert any(set(one.languages) < set(LANGUAGES) for one in templates)  # some are missing on purpose
    assert sum(any(text.variant > "A" for text in one.texts) for one in templates) >= 2
    assert count(bench, "template_use") > 0


def test_templates_are_written_in_their_language(bench: Workbench) -> None:
    for one in bench.templates.all():
        for text in one.texts:
            assert language.of(text.body) in ("", text.language), (one.key, text.language, text.body)


def test_the_voice_has_rules_and_examples_in_every_language(bench: Workbench) -> None:
    guide = bench.voice.guide()
    assert guide.who_we_are
    assert 3 <= len(bench.voice.traits()) <= 5
    for trait in bench.voice.traits():
        assert {example.language for example in trait.examples} == set(LANGUAGES)
    levels = Counter(rule.level for rule in bench.voice.rules())
    assert set(levels) == {"note", "ask", "block"}


# --- whenever it is opened


@pytest.mark.slow
@pytest.mark.parametrize("opened", ["2026-11-23 00:05", "2026-03-29 03:10", "2027-01-01 00:00", "2028-02-29 23:59"])
def test_it_is_fresh_and_in_order_at_any_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: str) -> None:
    now = int(datetime.fromisoformat(opened).astimezone().timestamp())
    monkeypatch.setattr(clock, "now", lambda: now)
    build(Profile(tmp_path), now)
    bench = Workbench(Profile(tmp_path))
    assert count(bench, "message WHERE at > ?", now) == 0
    assert 10 <= bench.inbox.counts()["needs_me"] <= 45
    for talk in bench.store.read.execute("SELECT id FROM conversation").fetchall():
        told = bench.store.read.execute(
            "SELECT remote_id FROM message WHERE conversation_id = ? ORDER BY at, id", (talk[0],)
        )
        places = [int(row[0].rsplit("-", 1)[1]) for row in told]
        assert places == sorted(places)
    bench.close()


def test_times_are_told_from_the_moment_of_opening() -> None:
    now = datetime.fromisoformat("2026-11-23T14:00:00+01:00")
    assert moment("-3h", now) == int(now.timestamp()) - 3 * 3600
    assert moment("-48m", now) == int(now.timestamp()) - 48 * 60
    assert moment("-0d 23:00", now) == int(now.timestamp()) - 3600  # not in the future
    assert day("-3d", now) == "2026-11-20"
    assert day("+2d", now) == "2026-11-25"
    for wrong in ("3h", "-3", "soon", "-3w"):
        with pytest.raises(BugError):
            moment(wrong, now)


def test_every_place_that_the_files_name_is_there() -> None:
    members = {who["key"] for who in resources.tables("demo", "members_*.toml", "member")}
    posts = {post["key"] for post in resources.table("demo", "posts.toml")["post"]}
    talks = resources.tables("demo", "conversations_*.toml", "conversation")
    assert len({talk["key"] for talk in talks}) == len(talks)
    for talk in talks:
        assert talk["account"] in ACCOUNTS, talk["key"]
        assert talk.get("post", next(iter(posts))) in posts, talk["key"]
        assert {said["from"] for said in talk["message"]} <= members | {"us"}, talk["key"]


def test_two_people_wrote_in_one_letter_and_each_waits_for_an_answer(bench: Workbench) -> None:
    (talk,) = bench.store.read.execute("SELECT id FROM conversation WHERE title LIKE 'Which caps%'").fetchone()
    speakers = bench.inbox.open(talk).speakers
    assert [(one.name, one.waits) for one in speakers] == [("Grace Whitfield", True), ("Joseph Adeyemi", True)]


def test_a_post_is_being_written_and_one_has_answers(bench: Workbench) -> None:
    (draft,) = bench.letters.drafts()
    goes = bench.letters.destination(draft)
    assert (goes.post, goes.letters, goes.problem, goes.kind) == (True, 1, "", "mastodon")
    talk = bench.store.read.execute(
        "SELECT id FROM conversation WHERE title = 'Saturday, nine o’clock, the harbour market'"
    ).fetchone()["id"]
    opened = bench.inbox.open(talk)
    assert [line.kind for line in opened.lines][:1] == ["out"] or opened.lines[0].out
    assert len(opened.lines) == 5
    assert (opened.row.public, opened.row.state) == (True, "done")
