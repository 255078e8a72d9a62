"""Run one command: parse the arguments, open the profile, run it, print the answer, and exit cleanly in every case."""

from __future__ import annotations

import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from app import VERSION
from app.base import paths
from app.base.errors import DiskError, NotFoundError, UserError
from app.base.mistakes import our_mistake
from app.base.words import tr
from app.cli import arguments, broken_off
from app.cli.output import Output, document, plain
from app.cli.telling import ReaderGoneError, say, tell
from app.safety import log
from app.store.failures import as_sentence
from app.store.sqlite import DatabaseError
from app.workbench import Workbench

DONE, REFUSED, USAGE, BUG, STOPPED, TERMINATED = 0, 1, 2, 3, 130, 143


def run(words: Sequence[str]) -> int:
    """Run the command given by `words` and print its output; the exit status. Raises nothing."""
    _speak_utf8()
    as_json = "--json" in words
    try:
        with _terminated_like_ctrl_c():
            return _say(_done(words), as_json=as_json)
    except ReaderGoneError:  # the reader closed the pipe while a table was being written
        return DONE
    except _TerminatedError:
        return TERMINATED
    except KeyboardInterrupt:
        tell(tr("Stopped."))
        return STOPPED


class _TerminatedError(KeyboardInterrupt):
    """The process received SIGTERM."""


@contextmanager
def _terminated_like_ctrl_c() -> Iterator[None]:
    """Make SIGTERM unwind a command as Ctrl+C does, so that no half-written file is left behind."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise _TerminatedError


def _done(words: Sequence[str]) -> Output:
    try:
        asked = arguments.parse(words)
    except arguments.UsageError as usage:
        return _misused(usage)
    except UserError as error:
        return _refusal(str(error))
    except arguments.VersionAsked:
        return Output({"version": VERSION}, [tr("Rapport {version}").format(version=VERSION)])
    except SystemExit:  # --help has been printed
        return Output(None)
    if asked.demo:
        return _refusal(
            tr("--demo opens the window and can't be used with a command. Use `demo DIR` to write a demo to a folder.")
        )
    return _guarded(asked)


def _misused(usage: arguments.UsageError) -> Output:
    tell(f"{usage.parser.format_usage()}{usage}".rstrip())
    return Output({"error": str(usage)}, status=USAGE)


def _guarded(asked: Namespace) -> Output:
    profile = paths.profile(asked.profile)
    try:
        return _in_profile(profile, asked)
    except ReaderGoneError:
        raise
    except arguments.UsageError as usage:  # of a command that reads its own words, such as `label`
        return _misused(usage)
    except (UserError, UnicodeEncodeError, DatabaseError, OSError) as error:
        sentence = _sentence(error, profile)
        return _refusal(sentence) if sentence else _bug(error, profile, asked)
    except Exception as error:  # noqa: BLE001  last resort: log it and tell where
        return _bug(error, profile, asked)


def _in_profile(profile: paths.Profile, asked: Namespace) -> Output:
    run: Callable[[object, Namespace], Output] = asked.run
    if not asked.opens:
        return run(profile, asked)
    if not asked.makes and not profile.file.exists():
        raise _nothing_there(profile)
    bench = Workbench(profile)
    try:
        broken_off.remind(bench, asked)
        return run(bench, asked)
    finally:
        bench.close()


def _nothing_there(profile: paths.Profile) -> UserError:
    """The error for a folder without a community: a mistyped one must not look like an inbox with nothing to do.

    Raises the error about a missing file instead if backups or a log of one are left: nothing new can be made there.
    """
    from app.store.migrations import refuse_missing  # noqa: PLC0415  only needed in this case

    refuse_missing(profile.file)
    return NotFoundError(
        tr(
            "There's no community at {folder}: {name} is missing. Give its folder with "
            "--profile, or create one there with `import`, `account add` or by opening the "
            "window."
        ).format(folder=profile.folder, name=profile.file.name)
    )


def _sentence(error: Exception, profile: paths.Profile) -> str:
    """The message for an error that the person can fix; "" for a bug."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, UnicodeEncodeError) and "surrogates" in error.reason:
        return tr("One of the words given isn't readable text. Type it again, or rename the file.")
    if isinstance(error, DatabaseError):
        return str(as_sentence(error, profile.file) or "")
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return tr("Can't use {file}: {reason}.").format(file=error.filename, reason=error.strerror.lower())
    return ""


def _refusal(sentence: str) -> Output:
    tell(sentence)
    return Output({"error": sentence}, status=REFUSED)


def _bug(error: Exception, profile: paths.Profile, asked: Namespace) -> Output:
    kept = log.write_error(profile.log, error, f"command {asked.command}")
    sentence = our_mistake(profile.log, logged=kept)
    tell(sentence)
    return Output({"error": sentence, "log": str(profile.log)}, status=BUG)


def _say(output: Output, *, as_json: bool) -> int:
    if as_json and output.data is not None:
        text = document(output.data)
    else:
        text = "".join(f"{plain(line)}\n" for line in output.lines)
    try:
        say(text)
    except ReaderGoneError:  # the reader closed the pipe, as `head` does
        return output.status
    except DiskError as why:
        tell(str(why))
        return output.status or REFUSED
    return output.status


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale is: messages may be in any script."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream)


def _reconfigure(stream: TextIO | None) -> None:
    change = getattr(stream, "reconfigure", None)
    if change is not None:
        change(encoding="utf-8", errors="backslashreplace", newline="\n")
