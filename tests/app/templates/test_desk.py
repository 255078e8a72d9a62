"""Templates are found by a few letters, chosen in the member's language and in words that are new to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.intake import Intake
from app.store.store import Store
from app.templates import Templates, Text, choose_language, entry, find, note_use, read, sayable
from app.templates.picking import Place, best
from tests.app.saying import NOW, account, said

ROOT = Path(__file__).parents[3] / "resources"


def conversation(store: Store, name: str, language: str, *, greeting: str = "", talk: str = "") -> tuple[int, int]:
    """A conversation with one member: (conversation, member)."""
    with store.write() as conn:
        conn.execute("INSERT OR IGNORE INTO account (id, kind, name, created_at) VALUES (1, 'blog', 'Blog', 0)")
        member = conn.execute(
            "INSERT INTO member (name, language, greeting, created_at) VALUES (?, ?, ?, 0)", (name, language, greeting)
        ).lastrowid
        identity = conn.execute(
            "INSERT INTO identity (kind, handle, key, member_id, home_id) VALUES ('blog', ?1, ?1, ?2, ?2)",
            (f"{name}{member}", member),
        ).lastrowid
        made = conn.execute(
            "INSERT INTO conversation (account_id, identity_id, language, first_at, last_at) VALUES (1, ?, ?, 0, 0)",
            (identity, talk or language),
        ).lastrowid
    return int(made or 0), int(member or 0)


@pytest.fixture
def templates(store: Store) -> Templates:
    desk = Templates(store)
    desk.bring_in(read((ROOT / "demo" / "templates.toml").read_text("utf-8")))
    return desk


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("par", "broken-parcel"), ("bp", "broken-parcel"), ("bro par", "broken-parcel"), ("BRÖK", "broken-parcel"),
        ("seen", "seen-and-valued"), ("rule 3", "no-adverts"), ("uppskrift", "thanks-recipe"),
        ("συγγνωμη", "sorry-late"), ("dotaz", "passed-on"), ("move-to", "move-to-private"),
    ],
)  # fmt: skip
def test_a_few_letters_find(templates: Templates, typed: str, key: str) -> None:
    assert templates.get(templates.find(typed)[0]).key == key


def test_beginning_comes_before_word_and_word_before_letters() -> None:
    entries = [entry(1, "Carp rates", "x", ()), entry(2, "Big parcel", "y", ()), entry(3, "Parts", "z", ())]
    entries += [entry(4, "Plain", "w", ["a parachute"])]
    assert find("par", entries) == [3, 2, 4]
    assert find("prt", entries) == [3, 1]
    assert find("", entries) == [2, 1, 3, 4]
    assert find("?!", entries) == []
    assert len(find("p", [entry(n, f"P{n}", "", ()) for n in range(20)])) == 7


def test_of_equal_matches_those_in_the_language_that_is_spoken_come_first() -> None:
    entries = [
        entry(1, "Ask", "x", (), ["el"]),
        entry(2, "Back", "y", (), ["el", "hu"]),
        entry(3, "Cold", "z", (), ["hu"]),
    ]
    assert find("", entries) == find("", entries, spoken=["is"]) == [1, 2, 3]
    assert find("", entries, spoken=["hu"]) == [2, 3, 1]
    assert find("", entries, 2, spoken=["hu"]) == [2, 3]
    assert find("ask", entries, spoken=["hu"]) == [1]


def test_the_languages_of_a_member_are_those_that_are_known(templates: Templates) -> None:
    assert templates.spoken_by(None) == []
    assert templates.spoken(1_000_000) == []


def test_names_of_blanks_are_not_found(templates: Templates) -> None:
    assert templates.find("greeting") == []


def test_a_new_text_is_found_at_once(templates: Templates) -> None:
    assert templates.find("zucchini") == []
    number = templates.add("", "Žlutá Cuketa!", texts=[Text("en", "A", "zucchini")])
    assert templates.find("zucch") == [number]
    assert templates.get("zluta-cuketa").name == "Žlutá Cuketa!"
    templates.archive(number)
    assert templates.find("zucch") == []


@pytest.mark.parametrize(
    ("offered", "member", "talk", "chosen"),
    [
        (("en", "hu"), "hu", "en", "hu"), (("en",), "hu", "en", "en"), (("en", "hu"), "el", "", None),
        (("en", "hu"), "", "", None), (("en",), "", "", "en"), (("en",), "el", "", None), ((), "el", "el", None),
    ],
)  # fmt: skip
def test_languages(offered: tuple[str, ...], member: str, talk: str, chosen: str | None) -> None:
    assert choose_language(offered, member, talk) == chosen


def test_the_members_language_and_name(store: Store, templates: Templates) -> None:
    talk, _ = conversation(store, "Kővári Tamás", "hu")
    pick = templates.pick("broken-parcel", talk)
    assert pick is not None
    assert pick.text.language == "hu"
    assert pick.filled.text.startswith("Kedves Tamás! ")
    assert [pick.filled.text[a:b] for a, b in pick.filled.stops] == ["{{what_broke}}", "{{who_helps}}", "{{when}}"]


def test_greetings(store: Store, templates: Templates) -> None:
    def said(name: str, language: str, answer: str, greeting: str = "") -> str:
        talk, _ = conversation(store, name, language, greeting=greeting)
        pick = templates.pick("solved", talk, answer)
        assert pick is not None
        return pick.filled.text.split(",")[0].split(":")[0]

    assert said("Žofie Malá", "cs", "cs", "Milá Žofie") == "Milá Žofie"
    assert said("Žofie Malá", "cs", "cs") == "Dobrý den"
    assert said("Žofie Malá", "cs", "en", "Milá Žofie") == "Hi Žofie"
    assert said("Jökull Árnason", "is", "is") == "Góðan dag Jökull"
    assert said("lemon_fan42", "is", "is") == "Góðan dag"
    assert said("lemon_fan42", "hu", "hu").startswith("Jó napot kívánok! Jó hírem van")


def test_who_helps_is_the_teammate_of_the_open_handoff(store: Store, templates: Templates) -> None:
    talk, _ = conversation(store, "Anna Bell", "en")
    with store.write() as conn:
        conn.execute("INSERT INTO teammate (id, name, languages) VALUES (1, 'Farkas Dóra', 'hu,en')")
        conn.execute(
            "INSERT INTO handoff (conversation_id, teammate_id, ask, opened_at, updated_at) VALUES (?, 1, 'x', 0, 0)",
            (talk,),
        )
    pick = templates.pick("passed-on", talk)
    assert pick is not None
    assert "Dóra" in pick.filled.text
    assert "Farkas" not in pick.filled.text


@pytest.mark.parametrize(
    ("name", "spoken", "answer", "told"),
    [
        ("Κατερίνα Ιωάννου", "el,en", "el", "το κοιτάζει η Κατερίνα."),
        ("Νίκος Δημητρίου", "el", "el", "το κοιτάζει ο Νίκος."),
        ("Jón Einarsson", "is,en", "el", "το κοιτάζει ο/η Jón."),
        ("Άρτεμις Δούκα", "el", "el", "το κοιτάζει ο/η Άρτεμις."),
        ("Κατερίνα Ιωάννου", "el,en", "is", "Katerina er að skoða"),
        ("Ευτέρπη Παύλου", "el,en", "hu", "Efterpi utánanéz"),
        ("Γιώργος Ξενάκης", "el", "cs", "teď má Giorgos a"),
    ],
)
def test_who_helps_is_said_as_the_language_says_names(
    store: Store, templates: Templates, name: str, spoken: str, answer: str, told: str
) -> None:
    talk, _ = conversation(store, "Anna Bell", "en")
    with store.write() as conn:
        conn.execute("INSERT INTO teammate (id, name, languages) VALUES (1, ?, ?)", (name, spoken))
        conn.execute(
            "INSERT INTO handoff (conversation_id, teammate_id, ask, opened_at, updated_at) VALUES (?, 1, 'x', 0, 0)",
            (talk,),
        )
    pick = templates.pick("passed-on", talk, answer)
    assert pick is not None
    assert told in pick.filled.text


def test_nobody_gets_the_same_words_twice(store: Store, templates: Templates) -> None:
    talk, member = conversation(store, "Réka Szabó", "hu")
    seen = []
    for at in range(4):
        pick = templates.pick("broken-parcel", talk)
        assert pick is not None
        seen.append((pick.text.variant, pick.had_at is None))
        with store.write() as conn:
            note_use(conn, pick.template.id, "hu", pick.text.variant, member, talk)
            conn.execute("UPDATE template_use SET at = ? WHERE at > 1000", (100 + at,))
    assert seen == [("A", True), ("B", True), ("C", True), ("A", False)]
    assert templates.get("broken-parcel").uses == 4


def test_what_a_merged_member_had_counts(store: Store, templates: Templates) -> None:
    talk, member = conversation(store, "Tom", "en")
    _, other = conversation(store, "Tom B", "en")
    with store.write() as conn:
        note_use(conn, templates.get("passed-on").id, "en", "A", other, None)
        conn.execute("UPDATE member SET merged_into = ? WHERE id = ?", (member, other))
    pick = templates.pick("passed-on", talk)
    assert pick is not None
    assert pick.text.variant == "B"


def test_without_a_language_the_person_is_asked(store: Store, templates: Templates) -> None:
    talk, _ = conversation(store, "דנה לוי", "he")
    assert templates.pick("passed-on", talk) is None
    assert templates.get("passed-on").languages == ("cs", "el", "en", "hu", "is")
    with pytest.raises(NotFoundError, match="has no text in “he” yet"):
        templates.pick("passed-on", talk, "he")


def test_changes_can_be_taken_back(store: Store, templates: Templates) -> None:
    number = templates.get("solved").id
    templates.put_text(number, "en", "A", "New words for {{first_name|you}}")
    templates.change(number, key="done-now", name="Done", use="")
    templates.drop_text(number, "en", "A")
    assert templates.get("done-now").in_language("en") == ()
    for _ in range(3):
        last = store.read.execute("SELECT max(id) FROM action WHERE undone_at IS NULL").fetchone()[0]
        store.undo_action(last)
    assert "good news" in templates.get("solved").in_language("en")[0].body
    with pytest.raises(UserError, match="already"):
        templates.add("solved", "Again", texts=[Text("en", "A", "Again")])
    with pytest.raises(UserError, match="already"):
        templates.change(number, key="passed on", name="Again", use="")
    with pytest.raises(UserError, match="is incomplete"):
        templates.put_text(number, "en", "A", "{{first_name")
    with pytest.raises(UserError, match="language"):
        templates.put_text(number, "English", "A", "x")
    assert templates.bring_in(read((ROOT / "demo" / "templates.toml").read_text("utf-8"))) == 0


def test_who_can_be_greeted() -> None:
    names = ("Ann", "D'Arcy", "Anna-María Jóns", "דנה לוי")
    assert [sayable(name) for name in names] == ["Ann", "D'Arcy", "Anna-María", "דנה"]
    assert not any(sayable(name) for name in ("eleni.kitchen", "@tom", "J. Bell", "tom", "Tom42", "", "d'Arc"))


def test_the_starters_can_be_kept_in_all_five_languages(store: Store) -> None:
    desk = Templates(store)
    found = read((ROOT / "starter" / "templates.toml").read_text("utf-8"))
    assert desk.bring_in(found) == len(found)
    assert {one.languages for one in desk.all()} == {("cs", "el", "en", "hu", "is")}
    assert clock.now() > 0


@pytest.mark.parametrize("language", ["is", "hu", "cs", "el", "en"])
def test_the_starters_have_a_text_for_every_member_and_place(language: str) -> None:
    """A familiar member isn't spoken to formally, nor the other way round; a short place gets one that fits."""
    of_you = {"cs": {"vám", "váš", "dáte", "napište"}, "el": {"σας"}}.get(language, set())
    of_thee = {"cs": {"ti", "tvůj", "dáš", "napiš"}, "el": {"σου", "πες"}, "hu": {"szólj", "neked"}}.get(
        language, set()
    )
    for template in read((ROOT / "starter" / "templates.toml").read_text("utf-8")):
        offered = [text for text in template.texts if text.language == language]
        for form, wrong in (("familiar", of_you), ("formal", of_thee)):
            body = best(offered, form, Place()).body.split("}}", 1)[1].lower()  # behind the greeting
            assert not wrong & set(re.findall(r"\w+", body)), (template.key, form)
        short = best(offered, "", Place(limit=300))
        assert len(short.body) <= 300


@pytest.mark.parametrize("kind", ["starter", "demo"])
def test_the_offer_to_go_on_in_private_names_no_channel(kind: str) -> None:
    templates = read((ROOT / kind / "templates.toml").read_text("utf-8"))
    (offer,) = (template for template in templates if template.key == "move-to-private")
    for text in offer.texts:
        assert not {word for word in ("e-mail", "tölvupóst") if word in text.body.lower()}


def test_a_name_in_question_is_greeted_by_itself_until_it_is_answered(store: Store) -> None:
    templates = Templates(store)
    key = templates.add("hello", "Hello", texts=[Text("hu", "A", "Kedves {{first_name|Barátunk}}! {{greeting|Üdv}}")])
    mail = account(store, "email", "E-mail")
    letters = [
        said(str(number), NOW + number, "Jó napot kívánok, jegyet!", "nagy@example.net", name=name, thread=str(number))
        ._replace(letter=str(number))
        for number, name in ((1, "Nagy Péter"), (2, "Nagy Júlia"))
    ]  # fmt: skip
    Intake(store).take(mail, letters)
    with store.write() as conn:
        conn.execute("UPDATE member SET greeting = 'Szia Peti', language = 'hu'")
    first, second = (templates.pick(key, number, "hu") for number in (1, 2))
    assert first is not None
    assert first.filled.text == "Kedves Péter! Szia Peti"
    assert second is not None
    assert second.filled.text == "Kedves Júlia! Kedves Júlia"


def test_a_template_without_a_text_is_no_template(templates: Templates, store: Store) -> None:
    before = store.read.execute("SELECT count(*) FROM template").fetchone()[0]
    for texts in ([], [Text("en", "A", "  \n")]):
        with pytest.raises(UserError, match="needs a text"):
            templates.add("empty", "Empty", texts=texts)
    assert store.read.execute("SELECT count(*) FROM template").fetchone()[0] == before


def test_a_new_template_is_likeliest_in_the_language_of_our_answers(store: Store) -> None:
    """Before there are any, in that of most conversations."""
    desk = Templates(store)
    assert desk.likely_language() == ""
    conversation(store, "Ada", "is")
    conversation(store, "Bo", "hu")
    number, _ = conversation(store, "Cy", "is")
    assert desk.likely_language() == "is"
    with store.write() as conn:
        conn.execute(
            "INSERT INTO message (conversation_id, account_id, remote_id, at, out, text, language)"
            " VALUES (?, 1, 'ours', 9, 1, 'Ahoj', 'cs')",
            (number,),
        )
    assert desk.likely_language() == "cs"
