"""One voice in five languages: one key answers the same question, each in the member's own way; nothing goes twice."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import main
from app.base import clock, ids
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.workbench import Workbench

KEY = "sugar-free"
ASKED = {
    "Guðrún Jónsdóttir": ("is", "", "Er eitthvað af ykkar límonaði alveg sykurlaust? Pabbi er með sykursýki."),
    "Kovács Anna": ("hu", "familiar", "Van cukormentes limonádétok is? A nagymamám cukorbeteg."),
    "Petr Novák": ("cs", "formal", "Máte nějakou limonádu úplně bez cukru? Tatínek má cukrovku."),
    "Νίκος Παππάς": ("el", "familiar", "Έχετε κάποια λεμονάδα χωρίς ζάχαρη; Ο πατέρας μου έχει διαβήτη."),
    "James Bell": ("en", "", "Is any of your lemonades free of sugar? My father is diabetic."),
}
BEGINS = {
    "Guðrún Jónsdóttir": "Góðan dag Guðrún, ",
    "Kovács Anna": "Szia Anna! ",
    "Petr Novák": "Dobrý den, pane Nováku, ",
    "Νίκος Παππάς": "Γεια σου, Νίκο, ",
    "James Bell": "Hi James, ",
}
SAYS = {"Petr Novák": "radši to řeknu", "Νίκος Παππάς": "σου το λέω", "Kovács Anna": "egyenesen megmondom"}


@pytest.fixture
def bench(demo_profile: Profile) -> Iterator[Workbench]:
    """The demo's templates and guide, and five members who ask the same."""
    made = Workbench(demo_profile)
    yield made
    made.close()


def ask(bench: Workbench, name: str, number: int = 0, kind: str = "wordpress") -> str:
    """The conversation, C-..., in which they ask; a further one with another number."""
    language, form, words = ASKED[name]
    account = next(one.id for one in bench.accounts.all() if one.kind == kind)
    who = Author(f"voice {name}", f"voice {name}", name)
    came = Incoming(f"voice {name} {number}", clock.now() - 60, words, who, thread=f"voice {name} {number}")
    talk = next(iter(bench.intake.take(account, [came]).conversation_ids))
    member = bench.members.of_conversation(talk)
    assert member is not None
    bench.members.edit(member, {"language": language, "form_of_address": form})
    return ids.display("C", talk)


def told(capsys: pytest.CaptureFixture[str], profile: Profile, *words: str) -> dict[str, object]:
    """The JSON of a command that went well."""
    assert main.main(["--profile", str(profile.folder), *words, "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


FILLED = ("--fill", "product=X", "--fill", "grams=7,9")


def test_one_key_answers_in_five_languages(
    bench: Workbench, demo_profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, (language, form, _) in ASKED.items():
        talk = ask(bench, name)
        sent = told(capsys, demo_profile, "reply", talk, "--template", KEY, *FILLED)
        text = str(sent["text"])
        assert sent["language"] == language
        assert text.startswith(BEGINS[name]), text
        assert SAYS.get(name, "7,9") in text
        picked = told(capsys, demo_profile, "template", "show", KEY, "--for", talk)
        assert picked["missing"] == []
        assert form in ("", picked["form_of_address"] or form)


def test_a_language_can_be_asked_for(
    bench: Workbench, demo_profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = ask(bench, "Petr Novák")
    sent = told(capsys, demo_profile, "reply", talk, "--template", KEY, "--language", "en", *FILLED)
    assert sent["language"] == "en"
    assert str(sent["text"]).startswith("Hi Petr, ")


def test_the_same_template_to_the_same_member_is_noticed(
    bench: Workbench, demo_profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    first = ask(bench, "James Bell")
    sent = told(capsys, demo_profile, "reply", first, "--template", KEY, *FILLED, "--now")
    assert sent["state"] == "sent"
    assert [found for found in sent["findings"] if found["risk"] == "canned"] == []  # type: ignore[attr-defined]
    again = ask(bench, "James Bell", 1)
    shown = told(capsys, demo_profile, "template", "show", KEY, "--for", again)
    assert shown["had_at"] is not None
    filled = ("--fill", "product=Y", "--fill", "grams=7,9")
    second = told(capsys, demo_profile, "reply", again, "--template", KEY, *filled)
    (note,) = [found for found in second["findings"] if found["risk"] == "canned"]  # type: ignore[attr-defined]
    assert note["level"] == "note"
    assert note["why"].startswith("You sent James Bell the same on ")


def test_another_figure_than_last_time_is_noticed(
    bench: Workbench, demo_profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ask(bench, "Petr Novák")
    told(capsys, demo_profile, "reply", there, "--template", KEY, *FILLED, "--now")
    here = ask(bench, "Νίκος Παππάς")
    other = told(capsys, demo_profile, "reply", here, "--template", KEY, "--fill", "product=X", "--fill", "grams=8,4")
    (note,) = [found for found in other["findings"] if found["risk"] == "otherwise"]  # type: ignore[attr-defined]
    assert note["words"] == "8,4 γρ"
    assert "Petr Novák was told “7,9 g” on " in note["why"]


def test_a_short_place_gets_the_short_text(
    bench: Workbench, demo_profile: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = ask(bench, "James Bell", kind="mastodon")
    sent = told(capsys, demo_profile, "reply", talk, "--template", KEY, *FILLED)
    assert "none of ours is sugar-free" in str(sent["text"])


def test_the_demo_has_what_is_worth_a_second_look(bench: Workbench) -> None:
    found = {}
    for number, text, language in bench.store.read.execute("SELECT conversation_id, text, language FROM draft"):
        from app.voice import Draft  # noqa: PLC0415

        read = bench.outbox.read_by(Draft(text, language), number)
        found[number] = {finding.risk for finding in bench.voice.look(read)}
    risks = [risk for of in found.values() for risk in of]
    assert "canned" in risks
    assert "otherwise" in risks
