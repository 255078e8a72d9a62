"""Repeats the draw of a give-away. In its folder, with Python 3.8 or newer: python draw.py list.txt "THE SEED".

It needs nothing else. It prints the list's SHA-256, which was published before the seed was known, and the winners.
A number behind the seed prints so many places, also of those who are next if a winner passes the prize on.
"""

import hashlib
import sys
import unicodedata
from pathlib import Path


def draw(content: bytes, seed: str, places: int = 0) -> "tuple[str, list[str]]":
    """The SHA-256 of the list, and the lines of the first places: as many as there are prizes if no number is given."""
    digest = hashlib.sha256(content).hexdigest()
    head, _, body = content.decode("utf-8").partition("\n\n")
    prizes = next(int(line[8:]) for line in head.split("\n") if line.startswith("Prizes: "))
    seed = " ".join(unicodedata.normalize("NFC", seed).split())
    lines = [line for line in body.split("\n") if line]
    lines.sort(key=lambda line: hashlib.sha256(f"{digest}\n{seed}\n{line}".encode()).digest())
    return digest, lines[: places or prizes]


if __name__ == "__main__":
    found, winners = draw(Path(sys.argv[1]).read_bytes(), sys.argv[2], *map(int, sys.argv[3:]))
    print("SHA-256 of the list:", found)
    for place, winner in enumerate(winners, 1):
        line = " ".join([str(place), *winner.split("\t")[:2]])
        print(line.encode(sys.stdout.encoding, "replace").decode(sys.stdout.encoding))
