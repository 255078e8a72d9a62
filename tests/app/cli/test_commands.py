"""Commands on the demo community: what they say is what the file holds, and what they do can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.base import ids
from app.cli.conversations import _cells
from app.cli.show import _line
from app.handoffs import Handoffs
from app.inbox import ConversationRow, Line
from app.store.store import Store
from tests.app.cli.shell import Shell


def conversation(shell: Shell, *more: str) -> str:
    """The id of a conversation that needs somebody and is not marked."""
    found = shell.told("list", *more)
    return str(next(one["id"] for one in found if not (one["unhappy"] or one["hard"])))


@pytest.mark.slow
def test_lists_of_states_hold_what_they_say(demo: Shell) -> None:
    for state in ("needs-me", "waiting", "snoozed", "done"):
        found = demo.told("list", "--state", state, "--limit", "0")
        assert found
        assert {one["state"] for one in found} == {state}
    assert len(demo.told("list", "--state", "all", "--limit", "0")) == demo.told("check")["conversations"]


def test_a_list_names_who_wrote_last_if_it_is_somebody_else() -> None:
    row = ConversationRow(
        id=1, title="The box", member_id=2, member="Ελένη", account="Mail", kind="email", public=False,
        state="needs_me", preview="It broke", last_out=False, last_at=0, waiting_since=0, snoozed_until=None, unread=1,
        unhappy=False, hard=False, handoffs=0, gifts=0, language="el", messages=2,
    )  # fmt: skip
    assert _cells(row, 60)[-1] == "The box: It broke"
    assert _cells(row._replace(writer="Béla"), 60)[-1] == "The box: Béla: It broke"


def test_a_list_is_filtered_by_channel_and_label_and_cut_at_a_limit(demo: Shell) -> None:
    found = demo.told("list", "--state", "all", "--channel", "forum", "--limit", "3")
    assert [one["channel"] for one in found] == ["Forum"] * 3
    talk = found[0]["id"]
    demo.told("label", talk, "+Blá merking", "+β")
    assert [one["id"] for one in demo.told("list", "--state", "all", "--label", "Blá merking")] == [talk]
    assert demo.told("label", talk, "-Blá merking")["labels"].count("Blá merking") == 0
    assert "β" in demo.told("label", talk)["labels"]


def test_a_channel_that_is_not_there_is_named_with_those_that_are(demo: Shell) -> None:
    assert "Forum" in demo.told("list", "--channel", "Fórum nope", status=1)["error"]


def test_times_are_utc_and_iso(demo: Shell) -> None:
    for one in demo.told("list", "--state", "all", "--limit", "20"):
        assert one["last_at"].endswith("Z")
        assert datetime.fromisoformat(one["last_at"]).utcoffset() == timedelta(0)


def test_done_and_undo(demo: Shell) -> None:
    talk = conversation(demo)
    assert demo.told("done", talk)[0]["state"] == "done"
    assert demo.told("undo")[0]["title"].startswith("Done")
    assert demo.told("show", talk)["state"] == "needs-me"
    assert "undo --list" in demo.told("undo", status=1)["error"]


def test_undo_reaches_back_an_hour_and_numbers_further(demo: Shell) -> None:
    talk = conversation(demo)
    demo.told("label", talk, "+parcel")
    store = Store(demo.folder / "community.rapport")
    with store.write() as conn:
        conn.execute("UPDATE action SET at = at - 3601")
    store.close()
    assert "undo --list" in demo.told("undo", status=1)["error"]
    assert demo.told("show", talk)["labels"] != []
    listed, _import = demo.told("undo", "--list")
    demo.told("undo", str(listed["id"]))
    assert "parcel" not in demo.told("show", talk)["labels"]


def test_an_unhappy_one_is_not_done_without_a_reason(demo: Shell) -> None:
    unhappy = next(one["id"] for one in demo.told("list", "--limit", "0") if one["unhappy"])
    assert "solved" in demo.told("done", unhappy, status=1)["error"]
    assert demo.told("done", unhappy, "--reason", "New box sent")[0]["unhappy"] is False


def test_snooze_takes_words_and_iso(demo: Shell) -> None:
    talk = conversation(demo)
    assert demo.told("snooze", talk, "3", "days")["state"] == "snoozed"
    assert demo.told("snooze", talk, "reply")["snoozed_until"] == "reply"
    day = (datetime.now().astimezone() + timedelta(days=9)).date().isoformat()
    assert demo.told("snooze", talk, day)["snoozed_until"] is not None
    assert "doesn't understand the time" in demo.told("snooze", talk, "whenever", status=1)["error"]


@pytest.mark.parametrize("typed", ["ZOFIE", "žofie dvoř", "dvorakova"])
def test_members_are_named_by_words(demo: Shell, typed: str) -> None:
    assert demo.told("member", "show", typed)["name"] == "Žofie Dvořáková"


def test_several_members_of_a_name_are_offered(demo: Shell) -> None:
    said = demo.told("member", "show", "a", status=1)["error"]
    assert "several" in said
    assert "(P-" in said


@pytest.mark.slow
def test_a_merge_is_undone_exactly(demo: Shell) -> None:
    keep, other = (demo.told("member", "show", name) for name in ("Žofie", "Kocsis Bence"))
    merged = demo.told("member", "merge", keep["id"], other["id"])
    assert len(merged["names"]) == len(keep["names"]) + len(other["names"])
    listed, _import = demo.told("undo", "--list")
    assert (listed["kind"], listed["undoable"]) == ("merge", True)
    assert f"undo {listed['id']}" in demo.told("undo", status=1)["error"]
    demo.told("undo", str(listed["id"]))
    assert demo.told("member", "show", other["id"])["names"] == other["names"]
    assert demo.told("check")["sound"]


def test_notes_and_edits(demo: Shell) -> None:
    assert demo.told("member", "note", "Žofie", "--append", "Má", "ráda", "mátu")["note"].endswith("Má ráda mátu")
    assert demo.told("member", "edit", "Žofie", "--set", "city=Brno=Židenice", "--set", "fits=yes")["fits"] is True
    assert (
        "“fits” has to be yes or no" in demo.told("member", "edit", "Žofie", "--set", "fits=maybe", status=1)["error"]
    )


def test_search_folds_and_filters(demo: Shell) -> None:
    hits = demo.told("search", "LIMONÁD", "--member", "Žofie", "--limit", "5")
    assert hits
    assert {hit["member"]["name"] for hit in hits} == {"Žofie Dvořáková"}
    shown = demo.told("show", hits[0]["id"])
    assert shown["id"] == hits[0]["conversation"]


@pytest.mark.slow
def test_a_gift_counts_against_the_budget(demo: Shell) -> None:
    before = next(one for one in demo.told("gift", "budget") if one["currency"] == "EUR")
    gift = demo.told("gift", "log", conversation(demo), "Tote", "--worth", "12,50", "--why", "First answer")
    assert (gift["state"], gift["worth"]) == ("idea", {"amount": "12.50", "currency": "EUR"})
    assert demo.told("gift", "set", gift["id"], "approved", "--set", "size=M")["size"] == "M"
    wrong = demo.told("gift", "set", gift["id"], "approved", "--set", "worth=$15", status=1)["error"]
    assert "is in USD, but this is in EUR" in wrong
    dinars = demo.told("gift", "log", conversation(demo), "Tote", "--worth", "1.500 KWD", "--why", "Second answer")
    assert dinars["worth"] == {"amount": "1.500", "currency": "KWD"}
    talk = conversation(demo)
    crowns = demo.told("gift", "log", talk, "Tote", "--worth", "90", "--why", "x", "--set", "currency=CZK")
    assert crowns["worth"] == {"amount": "90.00", "currency": "CZK"}
    mixed = ("gift", "log", talk, "Tote", "--worth", "$9", "--why", "x", "--set", "currency=CZK")
    assert "is in USD, but this is in CZK" in demo.told(*mixed, status=1)["error"]
    yen = demo.told("gift", "set", dinars["id"], "idea", "--set", "currency=JPY", "--set", "worth=1,500")
    assert yen["worth"] == {"amount": "1500", "currency": "JPY"}
    after = next(one for one in demo.told("gift", "budget") if one["currency"] == "EUR")
    assert float(before["left"]["amount"]) - float(after["left"]["amount"]) == 12.5
    assert (
        "isn't an amount"
        in demo.told("gift", "log", conversation(demo), "Tote", "--worth", "dear", "--why", "x", status=1)["error"]
    )


def test_a_hand_off_goes_to_the_one_who_is_there(demo: Shell) -> None:
    demo.told("teammate", "add", "Árni Ösp", "--away-from", "2020-01-01", "--stand-in", "Jón")
    made = demo.told("handoff", "add", conversation(demo), "--to", "arni", "--ask", "Please look", "--kind", "question")
    assert (made["teammate"], made["instead_of"]) == ("Jón Einarsson", "Árni Ösp")
    assert made["id"] in {one["id"] for one in demo.told("handoff", "list", "--to", "jon")}
    assert demo.told("show", made["id"])["ask"] == "Please look"


@pytest.mark.slow
def test_a_reply_passes_the_guide_and_the_demo_sends_it(demo: Shell, tmp_path: Path) -> None:
    talk = conversation(demo)
    words = tmp_path / "words.txt"
    words.write_text("Thank you, {{first_name}}!", encoding="utf-8")
    assert "first_name" in demo.told("reply", talk, "--text-file", words, status=1)["error"]
    sent = demo.told("reply", talk, "--text-file", "-", "--now", "--done", given="Takk! Kær kveðja, köszi ♥")
    assert (sent["state"], demo.told("show", talk)["state"]) == ("sent", "done")
    assert demo.told("show", talk)["lines"][-1]["text"].startswith("Takk! Kær kveðja, köszi ♥")
    assert demo.told("search", "kær kveðja köszi")[0]["conversation"] == talk
    assert demo.told("check")["sound"]


@pytest.mark.slow
def test_a_reply_scheduled_past_the_moment_when_its_channel_closes_is_warned_of(demo: Shell) -> None:
    talk = demo.told("search", "is:closing")[0]["conversation"]
    closes = demo.told("show", talk)["closes_at"]
    made = demo.told("reply", talk, "--text-file", "-", "--at", "in 9 days", given="Frá níu til fimm.")
    assert made["closes_before"] > closes  # after the week nobody may reply any more, after the day a person still may
    said = demo.run("outbox", "postpone", made["id"], "in 2 days").out
    assert "before this would be sent. After that only a person may reply" in said
    assert "before this would be sent" not in demo.run("outbox", "postpone", made["id"], "in 1 minute").out


@pytest.mark.slow
def test_a_reply_that_was_seen_to_arrive_is_confirmed_and_that_can_be_undone(demo: Shell) -> None:
    talk = conversation(demo)
    made = demo.told("reply", talk, "--text-file", "-", given="Svarið kemur")["id"]
    store = Store(demo.folder / "community.rapport")
    with store.write() as conn:
        number = ids.number("O", made)
        conn.execute(
            "UPDATE outbox SET state = 'undecided', sending_at = created_at, unsure = 1 WHERE id = ?", (number,)
        )
        conn.execute("UPDATE conversation SET last_out = 0 WHERE id = ?", (ids.number("C", talk),))
    store.close()
    assert {one["id"]: one["state"] for one in demo.told("outbox", "list")}[made] == "undecided"
    assert demo.told("outbox", "confirm", made)["state"] == "sent"
    assert demo.told("search", "svarið kemur")[0]["conversation"] == talk
    assert demo.told("undo")[0]["title"].startswith("Marked as sent")
    assert made in [one["id"] for one in demo.told("outbox", "list")]
    assert demo.told("search", '"svarið kemur"') == []
    assert demo.told("check")["sound"]


def test_a_reply_given_up_leaves_its_words_in_the_draft(demo: Shell) -> None:
    talk = conversation(demo)
    made = demo.told("reply", talk, "--text-file", "-", given="Kannski seinna")["id"]
    assert demo.told("check")["sound"]  # a held reply counts as an answer, and that is as it should be
    assert demo.told("outbox", "discard", made)["state"] == "discarded"
    assert demo.told("show", talk)["draft"] == "Kannski seinna"
    assert "can't be sent again" in demo.told("outbox", "retry", made, status=1)["error"]


def test_an_answer_that_reached_the_member_closes_the_hand_off(demo: Shell) -> None:
    talk = conversation(demo, "--channel", "Mastodon")  # whoever asked first there is who is answered
    made = demo.told("handoff", "add", talk, "--to", "jon", "--ask", "What now?")["id"]
    store = Store(demo.folder / "community.rapport")
    Handoffs(store).answer(ids.number("H", made), "solved", "Send two")
    store.close()
    assert demo.told("show", made)["state"] == "came-back"
    demo.told("reply", talk, "--text-file", "-", "--now", given="Two more are coming.")
    assert demo.told("show", made)["state"] == "closed"


@pytest.mark.slow
def test_a_template_is_shown_filled_in(demo: Shell) -> None:
    keys = [one["key"] for one in demo.told("template", "list")]
    found = demo.told("template", "show", keys[0], "--for", conversation(demo), "--language", "en")
    assert "{{first_name" not in found["text"]
    assert demo.told("template", "check") is not None


def test_the_voice_guide_says_what_it_finds(demo: Shell) -> None:
    asked = ("voice", "check", "--text-file", "-", "--language", "en")
    (found,) = demo.told(*asked, given="{{first_name}}, hi", status=1)["findings"]
    assert (found["level"], found["words"], found["start"], found["rule"]) == ("block", "{{first_name}}", 0, None)
    assert demo.told(*asked, given="Ring me at +44 20 7946 0958") == {"findings": []}
    (found,) = demo.told(*asked, "--public", given="Ring me at +44 20 7946 0958", status=1)["findings"]
    assert (found["level"], found["risk"], found["words"]) == ("ask", "personal", "+44 20 7946 0958")
    (found,) = demo.told(*asked[:-1], "cs", given="Nové p ř í c h u t ě 2027!", status=1)["findings"]
    assert (found["level"], found["words"]) == ("block", "p ř í c h u t ě 2027")
    assert demo.told("voice", "check", "--text-file", "-", given="Takk fyrir!") == {"findings": []}


def test_the_forms_of_a_word_are_told(demo: Shell) -> None:
    told = demo.told("voice", "forms", "rodné číslo", "--language", "cs")
    assert [one["word"] for one in told["words"]] == ["rodné", "číslo"]
    assert "čísla" in told["words"][1]["forms"]
    demo.told("voice", "forms", "Haus", "--language", "de", status=1)
    demo.told("voice", "forms", "!", "--language", "cs", status=1)


@pytest.mark.slow
def test_a_table_comes_in_once_and_goes_out_by_undo(empty: Shell, tmp_path: Path) -> None:
    table = tmp_path / "old.csv"
    table.write_text(
        "Höfundur,Dagsetning,Texti\nJón,2024-01-02 10:00,Halló þarna\nAnna,2024-01-03,Hæ\nX,never,y\n", encoding="utf-8"
    )
    (dry,) = empty.told("import", table, "--dry-run")
    assert (dry["new"], dry["rejected"], dry["dry_run"]) == (2, 1, True)
    assert empty.told("list", "--state", "all") == []
    (done,) = empty.told("import", table)
    assert (done["new"], done["known"], done["rejected"]) == (2, 0, 1)
    assert "errors" in Path(done["rejected_file"]).read_text("utf-8-sig").splitlines()[0]
    assert empty.told("import", table)[0]["new"] == 0
    assert "only be undone by its number" in empty.told("undo", status=1)["error"]
    (listed,) = empty.told("undo", "--list")
    assert (listed["id"], listed["kind"], listed["removes"]) == (
        done["action"], "import", {"message": 2, "conversation": 2, "member": 2},
    )  # fmt: skip
    assert empty.told("undo", "--list", str(listed["id"])) == [listed]
    assert empty.told("undo", str(listed["id"]))[0]["said"] == "Removed 2 messages, 2 conversations, 2 members."
    assert "already been undone" in empty.told("undo", str(listed["id"]), status=1)["error"]
    assert "no action 99" in empty.told("undo", "99", status=1)["error"]
    assert empty.told("list", "--state", "all") == []
    assert empty.told("check")["sound"]


def test_a_secret_is_not_taken_from_the_command_line(empty: Shell) -> None:
    said = empty.told("account", "add", "email", "Post", "--set", "password=hunter2", status=1)
    assert "hunter2" not in str(said)
    assert empty.told("account", "list") == []


def test_a_demo_is_not_written_over_a_community(demo: Shell) -> None:
    said = demo.run("demo", demo.folder, "--json", profile=False)
    assert said.status == 1
    assert "already" in said.err


def test_lines_beside_the_messages_say_their_state_in_words_and_nothing_untrue(demo: Shell) -> None:
    talk = conversation(demo)
    reply = demo.folder / "reply.txt"
    reply.write_text("Thank you.", "utf-8")
    demo.told("reply", talk, "--text-file", str(reply))
    lines = demo.run("show", talk).out.splitlines()
    assert any(line.endswith("Reply · held: Thank you.") for line in lines)
    assert demo.run("snooze", talk, "reply").out == f"{talk} is snoozed until they reply.\n"


def test_a_reply_of_ours_is_yours_where_no_name_was_set() -> None:
    line = Line("said", 1, 0, "We open at nine.", out=True, to="Carl")
    assert _line(line)[0].endswith("  You to Carl")
    assert _line(line._replace(out=False, to=""))[0].endswith("  Somebody")


def test_a_reply_is_in_the_language_that_was_asked_for(demo: Shell) -> None:
    talk = conversation(demo)
    text = demo.folder / "text.txt"
    text.write_text("Köszönöm szépen!", "utf-8")
    spoken = demo.told("show", talk)["language"]
    other = "hu" if spoken != "hu" else "cs"
    assert demo.told("reply", talk, "--text-file", str(text), "--language", other)["language"] == other


@pytest.mark.slow
def test_show_tells_what_happened_so_far_of_a_long_conversation(demo: Shell) -> None:
    found = demo.told("list", "--state", "all", "--limit", "0")
    long = next(one for one in found if one["title"] == "Třetí rozbitý balík!")
    short = next(one for one in found if one["messages"] < 4 and one["gifts"])
    told = demo.told("show", long["id"])["so_far"]
    assert [fact["who"] for fact in told["asked"]] == ["Milan Vlček", "Jan Kratochvíl"]
    assert told["promised"][0]["state"] == "kept"
    assert {fact["kind"] for fact in told["sent"]} == {"gift", "handoff"}
    words = demo.run("show", long["id"]).out
    for fact in told["asked"] + told["sent"]:
        assert any(fact["words"] in line and line.endswith(f"  {fact['id']}") for line in words.splitlines())
    assert demo.told("show", short["id"])["so_far"]["sent"]
    assert "Sent:" not in demo.run("show", short["id"]).out


@pytest.mark.slow
def test_show_fetches_the_post_only_when_that_is_asked_for(demo: Shell, tmp_path: Path) -> None:
    found = demo.told("list", "--state", "all", "--limit", "0")
    talk = next(one["id"] for one in found if one["title"] == "Το κουτί έφτασε σπασμένο")
    post = demo.told("show", talk)["post"]
    assert post["words"].startswith("Basil first")
    assert post["fetched"] is None
    picture = tmp_path / "post.jpg"
    whole = demo.told("show", talk, "--post", "--picture", str(picture))["post"]["fetched"]
    assert whole["text"].startswith(post["words"])
    assert whole["picture"] == {"bytes": picture.stat().st_size, "kind": "jpeg"}
    words = demo.run("show", talk, "--post").out
    assert words.index("The post: Five lemonades") < words.index(talk)
    assert demo.run("show", talk, "--picture", str(picture)).status != 0
