"""The process that asks Hunspell for one dictionary: started, asked, and ended if it does not answer in time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.base.errors import UserError
from app.base.words import tr
from app.spelling.places import Dictionary

_SCRIPT = Path(__file__).with_name("speller.py")
LOAD_SECONDS, ANSWER_SECONDS = 30.0, 10.0
"""The Greek dictionary, the largest of ours, loads in 1.3 s on a slow laptop; suggestions take at most one."""


class BrokenDictionaryError(UserError):
    """A dictionary that cannot be used. `package`: not the dictionary is at fault, but chunspell is missing."""

    def __init__(self, sentence: str, *, package: bool = False) -> None:
        """`sentence` is shown to the person."""
        super().__init__(sentence)
        self.package = package


class SpellerProcess:
    """One dictionary in a process of its own. Calls from several threads wait for each other."""

    def __init__(self, dictionary: Dictionary) -> None:
        """Start it and load the dictionary; raises BrokenDictionaryError. Takes up to two seconds."""
        self.dictionary = dictionary
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = _started()
        except OSError as why:
            msg = tr("Rapport can't start the spelling checker: {why}.").format(why=why.strerror or why)
            raise BrokenDictionaryError(msg) from why
        try:
            answer = self._ask({"load": {"dic": dictionary.dic, "aff": dictionary.aff, "archive": dictionary.archive}},
                               LOAD_SECONDS)  # fmt: skip
        except BrokenDictionaryError:
            self.close()
            raise
        if "wrong" in answer:
            self.close()
            raise _broken(dictionary, str(answer["wrong"]), str(answer.get("what", "")))

    def known(self, words: Sequence[str]) -> list[bool]:
        """Whether the dictionary has each of these words. Raises BrokenDictionaryError if it does not answer."""
        return [bool(one) for one in self._ask({"check": list(words)}, ANSWER_SECONDS)["known"]]

    def suggest(self, word: str) -> list[str]:
        """Words that may have been meant, best first. Raises BrokenDictionaryError if it does not answer."""
        return [str(one) for one in self._ask({"suggest": word}, ANSWER_SECONDS)["words"]]

    def close(self) -> None:
        """End the process; a call that waits for it fails at once."""
        process = self._process
        if process is not None:
            process.kill()
            with self._lock:
                self._process = None
                self._reap(process)

    def _ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Ask one question. The timer ends a process that is silent, which ends the reading, on every system."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise self._silent()
        with self._lock:
            timer = threading.Timer(seconds, process.kill)
            timer.daemon = True
            timer.start()
            try:
                process.stdin.write(json.dumps(question).encode() + b"\n")
                process.stdin.flush()
                line = process.stdout.readline()
                answer = json.loads(line) if line else None
            except (OSError, ValueError):
                answer = None
            finally:
                timer.cancel()
        if not isinstance(answer, dict):
            self.close()
            raise self._silent()
        return answer

    @staticmethod
    def _reap(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not written yet has nowhere to go
                    continue

    def __del__(self) -> None:
        """Let no process outlive whoever asked it."""
        process, self._process = getattr(self, "_process", None), None
        if process is not None:
            self._reap(process)

    def _silent(self) -> BrokenDictionaryError:
        return BrokenDictionaryError(
            tr(
                "The dictionary {file} makes the spelling checker fail, so it's left out until Rapport starts again."
                " Install it anew."
            ).format(file=self.dictionary.place)
        )


def _started() -> subprocess.Popen[bytes]:
    flags = int(getattr(subprocess, "CREATE_NO_WINDOW", 0))  # Windows: no console window
    return subprocess.Popen(  # noqa: S603  our own script, in the Python that runs
        [sys.executable, "-P", str(_SCRIPT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=flags,
    )  # fmt: skip


def _broken(dictionary: Dictionary, code: str, what: str) -> BrokenDictionaryError:
    file = dictionary.place
    if code == "package":
        return BrokenDictionaryError(no_package(), package=True)
    if code == "aff":
        sentence = tr("The dictionary {file} lacks its second file, {what}. Install it anew.")
    elif code == "encoding":
        sentence = tr("The dictionary {file} isn't in the encoding that it names, {what}. Install it anew.")
    elif code == "large":
        sentence = tr("The dictionary {file} is too large: {what} has more than 128 MB. Remove it or install another.")
    elif code == "empty":
        sentence = tr("The dictionary {file} has no words. Install it anew.")
    else:
        sentence = tr("The dictionary {file} can't be read: {what} is damaged or locked. Install it anew.")
    return BrokenDictionaryError(sentence.format(file=file, what=what))


def no_package() -> str:
    """What to do where Hunspell is not installed."""
    return tr("Spelling isn't checked because the package chunspell isn't installed: pip install rapport[spelling].")
