"""From words to an exit status: read the arguments, open the profile, do it, say it, and end cleanly in every case."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TextIO

from app import log, paths
from app.cli import arguments
from app.cli.answers import Answer, document, plain
from app.cli.telling import tell
from app.errors import UserError
from app.store.connection import sentence
from app.store.sqlite import DatabaseError
from app.workbench import Workbench

DONE, REFUSED, USAGE, BUG, STOPPED = 0, 1, 2, 3, 130
_FILE_FAULTS = ("malformed", "not a database", "full", "locked", "busy", "readonly", "disk i/o", "unable to open")


def run(words: Sequence[str]) -> int:
    """Run the command that the words are; the exit status. Prints; raises nothing."""
    _speak_utf8()
    as_json = "--json" in words
    try:
        return _say(_done(words), as_json=as_json)
    except BrokenPipeError:  # whoever read us has seen enough
        _hush()
        return DONE
    except KeyboardInterrupt:
        tell("Stopped.")
        return STOPPED


def _done(words: Sequence[str]) -> Answer:
    try:
        asked = arguments.parse(words)
    except arguments.UsageError as usage:
        tell(f"{usage.parser.format_usage()}{usage}".rstrip())
        return Answer({"error": str(usage)}, status=USAGE)
    except UserError as error:
        return _refusal(str(error))
    except SystemExit:  # --help has been printed
        return Answer(None)
    if asked.demo:
        return _refusal("--demo opens the window and goes with no command: write a demo to a folder with `demo DIR`.")
    return _guarded(asked)


def _guarded(asked: Namespace) -> Answer:
    profile = paths.profile(asked.profile)
    try:
        return _in_profile(profile, asked)
    except BrokenPipeError:
        raise
    except (UserError, UnicodeEncodeError, DatabaseError, OSError) as error:
        said = _sentence(error, profile)
        return _refusal(said) if said else _bug(error, profile, asked)
    except Exception as error:  # noqa: BLE001  the last net: say where the log is
        return _bug(error, profile, asked)


def _in_profile(profile: paths.Profile, asked: Namespace) -> Answer:
    run: Callable[[object, Namespace], Answer] = asked.run
    if not asked.opens:
        return run(profile, asked)
    bench = Workbench(profile)
    try:
        return run(bench, asked)
    finally:
        bench.close()


def _sentence(error: Exception, profile: paths.Profile) -> str:
    """The sentence for what the person can put right; "" for a mistake of ours."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, UnicodeEncodeError) and "surrogates" in error.reason:
        return "One of the words given is not text that can be read. Type it again, or name the file otherwise."
    if isinstance(error, DatabaseError) and any(word in str(error).lower() for word in _FILE_FAULTS):
        return str(sentence(error, profile.file))
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return f"{error.filename} could not be used: {error.strerror.lower()}."
    return ""


def _refusal(said: str) -> Answer:
    tell(said)
    return Answer({"error": said}, status=REFUSED)


def _bug(error: Exception, profile: paths.Profile, asked: Namespace) -> Answer:
    kept = log.mistake(profile.log, error, f"command {asked.command}")
    where = f"What is known of it stands in {profile.log}" if kept else f"Its log could not be written to {profile.log}"
    said = f"This is a mistake in Rapport, not yours. {where}."
    tell(said)
    return Answer({"error": said, "log": str(profile.log)}, status=BUG)


def _say(answer: Answer, *, as_json: bool) -> int:
    if as_json and answer.told is not None:
        sys.stdout.write(document(answer.told))
    else:
        sys.stdout.writelines(f"{plain(line)}\n" for line in answer.lines)
    sys.stdout.flush()
    return answer.status


def _speak_utf8() -> None:
    """Texts come in any script, whatever the terminal's locale was set to."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream)


def _reconfigure(stream: TextIO) -> None:
    change = getattr(stream, "reconfigure", None)
    if change is not None:
        change(encoding="utf-8", errors="backslashreplace", newline="\n")


def _hush() -> None:
    """Point standard output elsewhere, so that nothing is flushed into the broken pipe at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # a captured stream has no number
        return
    finally:
        os.close(nowhere)
