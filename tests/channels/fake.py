"""A channel with all the ways to fail, over real TCP: a server in a process of its own, and the session to it.

Run as a program it serves and prints its port. A message's words may begin with what shall happen, as `[close_after]`:
close_before, close_after, hang_before, hang_after, error_after (500 though it was taken), error_before, broken (no
JSON, though it was taken), slow, refused, auth, busy; a share of 0.01 to 0.99 (`[close_after 0.30]`) lets it happen
that often. Whatever the server has taken stands in its log file, one JSON line each, before it answers.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from app.base.errors import BugError
from app.base.message import Change, Reaction, Reply
from app.channels.base import AuthNeeded, Can, Channel, Field, Found, Page, Refused, Sent, TryLater, UnknownOutcome
from tests.servers.counted import Counted

_MODE = re.compile(r"\[([a-z_]+)(?: (0\.\d+))?\]")
_HANG = 60.0  # seconds; the session gives up long before
_SLOW = 0.04  # seconds at most, before it is taken and after
_TIMEOUT = 20.0


class FakeSession:
    """Speaks to the server on a port; `tells` False makes look-ups say that they cannot tell."""

    def __init__(self, port: int, *, tells: bool = True, timeout: float = _TIMEOUT) -> None:
        self.port, self.tells, self.timeout = port, tells, timeout

    def check(self) -> Found:
        return Found("The fake channel lets us in.")

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        yield Page((), cursor)

    def close(self) -> None:
        pass

    def send(self, reply: Reply) -> Sent:
        files = [[file.name, hashlib.sha256(file.content).hexdigest()] for file in reply.files]
        body = json.dumps({"key": reply.key, "text": reply.text, "parent": reply.parent, "files": files})
        try:
            conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            conn.connect()
        except OSError as why:
            msg = "The fake channel cannot be reached."
            raise TryLater(msg) from why
        try:
            conn.request("POST", "/messages", body)
            answer = conn.getresponse()
            return _read(answer.status, answer.read(), dict(answer.getheaders()))
        except (OSError, http.client.HTTPException) as why:
            msg = "The fake channel hung up."
            raise UnknownOutcome(msg) from why
        finally:
            conn.close()

    def correct(self, change: Change) -> None:
        self._change("PUT", change)

    def withdraw(self, change: Change) -> None:
        self._change("DELETE", change)

    def react(self, reaction: Reaction) -> None:
        self._react("PUT", reaction)

    def unreact(self, reaction: Reaction) -> None:
        self._react("DELETE", reaction)

    def _react(self, method: str, reaction: Reaction) -> None:
        """One of each message; how it goes is told by the beginning of the message's id, as by that of other words."""
        text = f"{reaction.remote_id} {reaction.what}"
        self._change(method, Change(reaction.key, f"reaction-{reaction.remote_id}", text), path="reactions")

    def reacted(self, reaction: Reaction) -> bool:
        about = f"reaction-{reaction.remote_id}"
        return bool(self.reads(Change(reaction.key, about)))

    def _change(self, method: str, change: Change, path: str = "messages") -> None:
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            conn.connect()
        except OSError as why:
            msg = "The fake channel cannot be reached."
            raise TryLater(msg) from why
        try:
            conn.request(method, f"/{path}/{change.remote_id}", json.dumps({"key": change.key, "text": change.text}))
            answer = conn.getresponse()
            status, body, headers = answer.status, answer.read(), dict(answer.getheaders())
        except (OSError, http.client.HTTPException) as why:
            msg = "The fake channel hung up."
            raise UnknownOutcome(msg) from why
        finally:
            conn.close()
        if status == 404:
            if method == "PUT":
                msg = "That message is no longer there."
                raise Refused(msg)
            return
        _read(status, body, headers)

    def reads(self, change: Change) -> str | None:
        if not self.tells:
            msg = "The fake channel cannot tell."
            raise UnknownOutcome(msg)
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            conn.request("GET", f"/texts/{change.remote_id}")
            found: str | None = json.loads(conn.getresponse().read())
        except OSError as why:
            msg = "The fake channel cannot be reached."
            raise TryLater(msg) from why
        finally:
            conn.close()
        return found

    def find_sent(self, reply: Reply) -> Sent | None:
        if not self.tells:
            msg = "The fake channel cannot tell."
            raise UnknownOutcome(msg)
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            conn.request("GET", f"/messages/{reply.key}")
            answer = conn.getresponse()
            found = json.loads(answer.read())
        except OSError as why:
            msg = "The fake channel cannot be reached."
            raise TryLater(msg) from why
        finally:
            conn.close()
        return Sent(found["id"], at=found["at"]) if found else None


def _read(status: int, body: bytes, headers: Mapping[str, str]) -> Sent:
    if status == 401:
        msg = "The fake channel does not let us in."
        raise AuthNeeded(msg)
    if status == 422:
        msg = "The fake channel said no."
        raise Refused(msg)
    if status == 429:
        msg = "The fake channel has asked Rapport to wait."
        raise TryLater(msg, int(headers["Retry-After"]))
    if status >= 500:
        msg = "The fake channel stumbled."
        raise UnknownOutcome(msg)
    try:
        found = json.loads(body)
        return Sent(found["id"], at=found["at"])
    except (ValueError, KeyError) as why:
        msg = "An answer that we do not know."
        raise BugError(msg) from why


CHANNEL = Channel("fake", "Fake", (Field("port", "Port"),), Can())


class _Server(Counted):
    log: Path
    lock = threading.Lock()
    heed: Callable[[str], object] | None = None
    """Hears when a message has "arrived", and when it is "taken" and not answered yet."""

    def tell(self, point: str) -> None:
        if self.heed is not None:
            self.heed(point)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed in the middle is what this server is for."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's name
        """Nothing on standard error."""

    def do_GET(self) -> None:
        _, kind, key = self.path.split("/")
        with self.server.lock:
            lines = taken(self.server.log)
        if kind == "texts":
            self._answer(200, json.dumps(reads(lines, key)))
        else:
            self._answer(200, json.dumps(next((one for one in lines if one["key"] == key), None)))

    def do_PUT(self) -> None:
        self._changed()

    def do_DELETE(self) -> None:
        self._changed()

    def _changed(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        _, kind, about = self.path.split("/")
        with self.server.lock:
            before = reads(taken(self.server.log), about)
        if before is None and kind == "messages":
            self.server.tell("arrived")
            self._answer(404, "{}")
            self.close_connection = True
            return
        gone = self.command == "DELETE"
        words = asked["text"] if kind == "reactions" or not gone else str(before)
        self._do({**asked, "about": about, "text": None if gone else asked["text"]}, words)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._do(asked, asked["text"])

    def _do(self, asked: dict[str, Any], words: str) -> None:
        self.server.tell("arrived")
        hit = _MODE.match(words)
        mode = hit[1] if hit and random.random() < float(hit[2] or 1) else "ok"
        early = {"refused": 422, "auth": 401, "busy": 429, "error_before": 500}
        if mode in early:
            self._answer(early[mode], "{}")
        elif mode == "hang_before":
            time.sleep(_HANG)
        elif mode != "close_before":
            self._take(asked, mode)
        self.close_connection = True

    def _take(self, asked: dict[str, Any], mode: str) -> None:
        if mode == "slow":
            time.sleep(random.random() * _SLOW)
        with self.server.lock:
            line = {**asked, "id": f"r{len(taken(self.server.log)) + 1}", "at": int(time.time())}
            with self.server.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")
        self.server.tell("taken")
        if mode == "slow":
            time.sleep(random.random() * _SLOW)
        if mode == "hang_after":
            time.sleep(_HANG)
        elif mode == "error_after":
            self._answer(500, "oops")
        elif mode == "broken":
            self._answer(200, "<html>all well")
        elif mode != "close_after":
            self._answer(200, json.dumps(line))

    def _answer(self, status: int, body: str) -> None:
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "120")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())


def taken(log: Path) -> list[dict[str, Any]]:
    """What the server has taken, in order."""
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []


def reads(lines: list[dict[str, Any]], number: str) -> str | None:
    """How a message reads after all that was taken: a line about it has its words from then on, None for its end."""
    return next((one["text"] for one in reversed(lines) if number == one.get("about", one["id"])), None)


@contextmanager
def serving(log: Path) -> Iterator[int]:
    """A server in a process of its own; its port on 127.0.0.1."""
    root = str(Path(__file__).parents[2])
    child = subprocess.Popen(
        [sys.executable, __file__, str(log)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}
    )
    try:
        assert child.stdout is not None
        yield int(child.stdout.readline())
    finally:
        child.kill()
        child.communicate()


@contextmanager
def serving_here(log: Path, heed: Callable[[str], object]) -> Iterator[_Server]:
    """A server on threads of this process; `heed` hears what it is about to do."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.log, server.heed = log, heed
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    server = _Server(("127.0.0.1", 0), _Handler)
    server.log = Path(sys.argv[1])
    print(server.server_address[1], flush=True)  # noqa: T201  the parent reads it
    server.serve_forever()
