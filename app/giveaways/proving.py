"""The folder by which anybody can repeat the draw: the list, the script, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.base import clock, resources
from app.base.errors import DiskError
from app.base.words import counted, tr
from app.giveaways.rows import Entry, Giveaway, line_of

LIST, SCRIPT, HOW = "list.txt", "draw.py", "how-to-repeat.txt"

_UNQUOTED = set('"$`\\!')
"""What a shell reads between double quotes as more than itself: such a seed is typed by whoever repeats the draw."""


def write(folder: Path, giveaway: Giveaway, content: bytes, winners: Sequence[Entry]) -> tuple[Path, ...]:
    """Write the files, over those of an earlier proof, and return their paths. Raises DiskError.

    `content` is the list as it was hashed, `winners` the winners in their order, none before the draw.
    """
    files = {
        LIST: content,
        SCRIPT: resources.ROOT.joinpath("giveaways", SCRIPT).read_bytes(),
        HOW: how(giveaway, winners).encode("utf-8", "replace"),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, written in files.items():
            folder.joinpath(name).write_bytes(written)
    except OSError as why:
        msg = tr("{folder} can't be written: {reason}.").format(folder=folder, reason=why.strerror or why)
        raise DiskError(msg) from why
    return tuple(folder / name for name in files)


def how(giveaway: Giveaway, winners: Sequence[Entry]) -> str:
    """What stands beside the list: the hash, the seed, the winners, and how to repeat it."""
    prizes = counted(giveaway.prizes, "{count} prize", "{count} prizes")
    lines = [tr("{name}: {prizes}").format(name=giveaway.name, prizes=prizes), ""]
    lines += [tr("SHA-256 of list.txt: {hash}").format(hash=giveaway.list_sha256)]
    if giveaway.closed_at is not None:
        lines += [tr("The list was closed on {time}.").format(time=_time(giveaway.closed_at))]
    if giveaway.seed_promise:
        lines += [tr("The seed was promised as: {promise}").format(promise=giveaway.seed_promise)]
    more = len(winners) > giveaway.prizes
    seed = "SEED" if _UNQUOTED & set(giveaway.seed) else f'"{giveaway.seed}"'
    if giveaway.drawn_at is None:
        lines += [tr("Nothing is drawn yet: the seed is not known.")]
        return "\n".join([*lines, ""])
    lines += [
        tr("Seed: {seed}").format(seed=giveaway.seed),
        tr("Drawn on {time}.").format(time=_time(giveaway.drawn_at)),
        "",
        tr("To repeat the draw, install Python and run this in the folder:"),
        "",
        " ".join(filter(None, ["    python draw.py list.txt", seed, str(len(winners)) if more else ""])),
        "",
        tr("It prints the hash above and these winners, the first place first."),
        tr("The mark at the end of a line stands for an address. With their code, entrants can show that it's theirs."),
        "",
        *(f"{place}. {' '.join(line_of(one).split(chr(9))[:2])}" for place, one in enumerate(winners, 1)),
    ]
    if more:
        lines += ["", tr("Whoever passed a prize on made room for the next in the order of the same draw:")]
        lines += [_passed(one) for one in winners if one.struck]
    return "\n".join([*lines, ""])


def _passed(winner: Entry) -> str:
    return tr("place {place} passed it on").format(place=winner.place)


def _time(at: int) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"
