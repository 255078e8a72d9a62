"""Runs every reader on made inputs for some seconds: `python -m tests.fuzz.run [--seconds N] [--seed N] [reader ...]`.

An input on which a reader takes longer than the limit of processor time, or raises what it should not, is written to a
file, named, and fails the run. The same seed makes the same inputs in the same order.
"""

from __future__ import annotations

import argparse
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from random import Random
from types import FrameType
from typing import NamedTuple

from tests.fuzz.readers import Reader, readers

LIMIT = 2.0
MOST_FAULTS = 3


class TooLongError(Exception):
    """A reader has used up its time for one input."""


class Outcome(NamedTuple):
    """What became of one reader: how many inputs it read, the longest time in seconds, and its faults in words."""

    inputs: int
    longest: float
    faults: list[str]


def fuzz(reader: Reader, seconds: float, seed: int, folder: Path, limit: float = LIMIT) -> Outcome:
    """Read inputs for so many seconds; each that fails is kept in `folder`."""
    random = Random(f"{reader.name} {seed}")
    begun, number, longest = time.monotonic(), 0, 0.0
    faults: list[str] = []
    while time.monotonic() - begun < seconds and len(faults) < MOST_FAULTS:
        number += 1
        given = reader.make(random)
        took, fault = _one(reader, given, limit)
        longest = max(longest, took)
        if fault:
            path = _kept(folder, reader.name, seed, number, given)
            faults.append(f"{reader.name}, input {number} of seed {seed}, kept as {path}:\n{fault}")
    return Outcome(number, longest, faults)


def _one(reader: Reader, given: object, limit: float) -> tuple[float, str]:
    """Processor time, and what was wrong, "" for nothing."""
    signal.signal(signal.SIGPROF, _over)
    signal.setitimer(signal.ITIMER_PROF, limit)
    begun, fault = time.process_time(), ""
    try:
        reader.read(given)
    except reader.fine:
        pass
    except TooLongError:
        fault = f"not done after {limit:g} s"
    except Exception:  # noqa: BLE001  whatever it is
        fault = traceback.format_exc(limit=-6)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - begun
    return took, fault or (f"{took:.1f} s, at most {limit:g}" if took > limit else "")


def _over(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError


def _kept(folder: Path, name: str, seed: int, number: int, given: object) -> Path:
    """Where the input is now, as it was handed in."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name.replace(' ', '_')}-{seed}-{number}"
    if isinstance(given, bytes):
        path.write_bytes(given)
    elif isinstance(given, str):
        path.write_text(given, encoding="utf-8", errors="surrogatepass", newline="")
    else:
        path = path.with_suffix(".pickle")
        path.write_bytes(pickle.dumps(given))
    return path


def main(words: Sequence[str]) -> int:
    """Run what the words ask; 1 where anything failed."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("--seconds", type=float, default=120.0, help="for each reader")
    ask.add_argument("--seed", type=int, default=None, help="makes the same inputs again")
    ask.add_argument("--kept", type=Path, default=Path("build/fuzz"), help="where inputs that fail are kept")
    ask.add_argument("names", nargs="*", metavar="reader", help="all where none is named")
    asked = ask.parse_args(words)
    seed = int(time.time()) if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    faults: list[str] = []
    with readers() as known:
        unknown = set(asked.names) - {one.name for one in known}
        if unknown:
            ask.error(
                f"no reader is called {', '.join(sorted(unknown))}; there are: {', '.join(r.name for r in known)}"
            )
        for reader in known:
            if not asked.names or reader.name in asked.names:
                found = fuzz(reader, asked.seconds, seed, asked.kept)
                print(f"{reader.name:14} {found.inputs:8} inputs, longest {found.longest:.2f} s", flush=True)
                for fault in found.faults:
                    print(fault, flush=True)
                faults += found.faults
    print(f"{len(faults)} failed" if faults else "none failed")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
