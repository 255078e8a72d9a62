"""The draw: the same for everybody who repeats it, also by the script alone."""

from __future__ import annotations

import hashlib
import os
import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.base import resources
from app.giveaways import drawing, listing
from app.giveaways.rows import Entry, Giveaway

SCRIPT = resources.ROOT / "giveaways" / "draw.py"
REPEATED: dict[str, Any] = runpy.run_path(str(SCRIPT))
PLAN = Giveaway(1, "Shirts", "", None, 3, "", "Lottery of\n4 December", 0, None, None, None, "", "", None)


def entries(people: list[tuple[str, str]]) -> list[Entry]:
    return [
        Entry(
            number, None, name, contact, "", None, None, "", "", kept_by_hand=False, listed="", place=None, gift_id=None
        )
        for number, (name, contact) in enumerate(people)
    ]


def lines(people: list[tuple[str, str]]) -> list[str]:
    return [made.rpartition("\t")[0] for made in listing.numbered(entries(people)).values()]


@given(
    st.lists(st.tuples(st.text(), st.text()), max_size=30), st.text(), st.text(), st.integers(1, 40)
)  # any text: names and seeds are what people type
def test_script_and_app_agree(people: list[tuple[str, str]], name: str, seed: str, prizes: int) -> None:
    giveaway, made = PLAN._replace(name=name, prizes=prizes), lines(people)
    content = listing.document(giveaway, made)
    digest = listing.digest(content)
    assert digest == hashlib.sha256(content).hexdigest()
    try:
        seed.encode()
    except UnicodeEncodeError:
        return
    drawn = drawing.winners(digest, seed, made, prizes)
    assert REPEATED["draw"](content, seed) == (digest, drawn)
    assert drawn == drawing.winners(digest, f"  {seed}\n", reversed(made), prizes)
    assert len(drawn) == min(prizes, len(people))
    assert set(drawn) <= set(made)


def test_each_entry_wins_as_often_as_any_other() -> None:
    made = lines([(f"Person {number}", f"p{number}@x.org") for number in range(10)])
    won = Counter(line for seed in range(2_000) for line in drawing.winners("hash", str(seed), made, 3))
    assert all(500 < count < 700 for count in won.values())  # 600 is fair; 4 standard deviations are 82
    assert len(won) == 10


def test_list_shows_no_address_and_numbers_entries_as_they_came() -> None:
    content = listing.document(
        PLAN, lines([("Jana Nová", "jana@x.org"), ("petr@x.org", "petr@x.org"), ("Zoë", "@zoe")])
    )
    text = content.decode()
    assert text.startswith("Give-away: Shirts\nPrizes: 3\nSeed: Lottery of 4 December\nEntries: 3\n\n000001\tJana N.\t")
    assert re.findall(r"^(\d{6})\t(.+)\t[0-9a-f]{24}$", text, re.MULTILINE) == [
        ("000001", "Jana N."), ("000002", "p…"), ("000003", "Zoë"),
    ]  # fmt: skip
    assert "x.org" not in text
    assert "zoe" not in text


def test_code_shows_whose_a_line_is() -> None:
    (made,) = listing.numbered(entries([("Jana Nová", "Jana@x.org")])).values()
    _, _, mark, code = made.split("\t")
    assert listing.mark(code, " jana@X.org") == mark != listing.mark(code, "other@x.org")
    (again,) = listing.numbered(entries([("Jana Nová", "Jana@x.org")])).values()
    assert again != made  # or the mark could be guessed from the address


def test_example_in_the_document_is_true() -> None:
    told = (resources.DOCS / "draw.md").read_text("utf-8")
    assert "'2c4f14d369188958:jana@example.com'" in told
    assert f"000017\tJana N.\t{listing.mark('2c4f14d369188958', ' Jana@Example.com')}\n" in told


def test_script_runs_alone(tmp_path: Path) -> None:
    made = lines([("Ελένη Π.", "e@x.org"), ("Ana", "a@x.org")])
    content = listing.document(PLAN, made)
    (tmp_path / "list.txt").write_bytes(content)
    (tmp_path / "draw.py").write_bytes(SCRIPT.read_bytes())
    run = subprocess.run(
        [sys.executable, "-I", "draw.py", "list.txt", "7 11 13"], cwd=tmp_path, capture_output=True, check=True
    )
    digest = listing.digest(content)
    drawn = drawing.winners(digest, "7 11 13", made, 3)
    said = run.stdout.decode(errors="replace").splitlines()
    assert said[0].endswith(digest)
    assert [line.split()[1] for line in said[1:]] == [line.split("\t")[0] for line in drawn]


def test_script_is_short_and_stands_in_the_document() -> None:
    script = SCRIPT.read_text("utf-8")
    assert len(script.splitlines()) <= 30
    assert script in (resources.DOCS / "draw.md").read_text("utf-8")


def by_the_document(content: bytes, seed: str) -> list[str]:
    """The draw once more, written from docs/draw.md alone: one line after the other is taken out, the lowest first."""
    head, body = content.split(b"\n\n", 1)
    left = body.splitlines()
    places = int(next(line for line in head.split(b"\n") if line.startswith(b"Prizes: "))[8:])
    begin = hashlib.sha256(content).hexdigest().encode() + b"\n" + seed.encode() + b"\n"
    found = list[str]()
    while left and len(found) < places:
        lowest = min(left, key=lambda line: int(hashlib.sha256(begin + line).hexdigest(), 16))
        left.remove(lowest)
        found.append(lowest.decode())
    return found


def test_document_is_exact_enough_to_write_it_anew() -> None:
    made = lines([(f"Πρόσωπο {number}", f"p{number}@x.org") for number in range(60)])
    content = listing.document(PLAN._replace(prizes=7), made)
    digest = listing.digest(content)
    for number in range(300):
        seed = f"{number} {number * number % 97} ű"
        assert by_the_document(content, seed) == drawing.winners(digest, seed, made, 7)


def test_shell_of_the_document_gives_the_same_winners(tmp_path: Path) -> None:
    (shell,) = re.findall(r"```sh\n(.*?)```", (resources.DOCS / "draw.md").read_text("utf-8"), re.DOTALL)
    made = lines([(f"Ž {number}\\n%s", f"p{number}@x.org") for number in range(15)])
    content = listing.document(PLAN._replace(prizes=4), made)
    (tmp_path / "list.txt").write_bytes(content)
    for seed in ("7 12 19", "3.14", "ΔΤ 1,5%"):
        run = subprocess.run(
            ["sh", "-c", shell], cwd=tmp_path, capture_output=True, check=True, env={**os.environ, "seed": seed}
        )
        assert run.stdout.decode().splitlines() == drawing.winners(listing.digest(content), seed, made, 4)


def test_script_prints_more_places_for_those_who_are_next() -> None:
    made = lines([(f"P {number}", f"p{number}@x.org") for number in range(9)])
    content = listing.document(PLAN, made)
    digest, winners = REPEATED["draw"](content, "1")
    assert (len(winners), REPEATED["draw"](content, "1", 5)) == (3, (digest, drawing.winners(digest, "1", made, 5)))
    assert REPEATED["draw"](content, "1", 5)[1][:3] == winners
