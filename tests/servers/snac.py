"""A real snac on a free port of 127.0.0.1: a small server of ActivityPub with the Mastodon API, written in C by others.

It is Debian's package of a later release than most machines have: fetched with the machine's own package client into a
folder of its own, unpacked there, and run with the libraries that are here. Nothing is installed. It ends each
connection after one answer without saying so, and wants a web server in front of it (snac(8)): a small one is here.
"""

from __future__ import annotations

import contextlib
import html
import http.client
import itertools
import json
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.servers.cache import CI, made
from tests.servers.children import Child, free_port

VERSION, SUITE = "2.75-2", "trixie"
PATIENCE = 90.0
"""Seconds after which what one account sends has reached another, on a busy machine: three turns of a queue that sleeps
three seconds after each."""
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_TAG = re.compile(r"<[^<>]*>")
_PASSWORD = re.compile(r"User password is (\S+)")
_numbers = itertools.count(1)


def _apt(folder: Path, program: str, *words: str) -> str:
    """What a program of apt says, with sources, lists and cache of its own in that folder."""
    settings = {
        "Dir::Etc::sourcelist": folder / "sources.list", "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State": folder / "state", "Dir::Cache": folder / "cache", "Dir::State::status": "/dev/null",
        "APT::Sandbox::User": "root",
    }  # fmt: skip
    around = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
    done = subprocess.run([program, *around, *words], cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        (pytest.fail if CI else pytest.skip)(f"{program} {words[0]}: {done.stderr[-500:]}")
    return done.stdout


def _make(folder: Path) -> None:
    for name in ("state/lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    asked = ["apt-get", "indextargets", "--format", "$(SITE) $(CODENAME) $(COMPONENT)"]
    sites = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
    mirrors = [line.split()[0] for line in sites.splitlines() if line.endswith(" main") and "security" not in line]
    if not mirrors:
        (pytest.fail if CI else pytest.skip)("this machine has no mirror of Debian's packages")
    (folder / "sources.list").write_text(f"deb [signed-by={_KEYRING}] {mirrors[0]} {SUITE} main\n")
    _apt(folder, "apt-get", "update")
    _apt(folder, "apt-get", "download", f"snac2={VERSION}")
    (package,) = folder.glob("snac2_*.deb")
    subprocess.run(["dpkg", "-x", package, folder / "root"], check=True, capture_output=True)


class Person:
    """Somebody with an account there, and a client of their own: plain requests, none of our code."""

    def __init__(self, snac: Snac, name: str) -> None:
        self._snac, self.name = snac, name
        said = snac.run("adduser", snac.base, name)
        found = _PASSWORD.search(said)
        assert found, said
        self._login = name, found[1]
        self._http = requests.Session()
        self._http.trust_env = False
        form = {"login": name, "passwd": found[1]}
        self.token = self._http.post(f"{snac.url}/oauth/x-snac-get-token", data=form).text
        self.id = str(self.api("GET", "accounts/verify_credentials")["id"])

    def api(self, method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self._http.request(method, f"{self._snac.url}/api/v1/{path}", headers=headers, **more)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer.json()

    def post(self, text: str, above: str = "") -> str:
        asked = {"status": text, **({"in_reply_to_id": above} if above else {})}
        return steady(self.api("POST", "statuses", json=asked)["id"])

    def heard_of(self, number: str) -> bool:
        """Whether the account has been told of that status."""
        told = self.api("GET", "notifications")
        return any(steady(one["status"]["id"]) == number for one in told if "status" in one)

    def sees(self, number: str) -> bool:
        """Whether that status is there for the account."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self._http.get(f"{self._snac.url}/api/v1/statuses/{number}", headers=headers).ok

    def remove(self, number: str) -> None:
        """On the web page, as its API deletes nothing."""
        uri = self.api("GET", f"statuses/{number}")["uri"]
        form = {"id": uri, "action": "Delete", "actor": f"{self._snac.url}/{self.name}", "redir": "top"}
        page = f"{self._snac.url}/{self.name}/admin/action"
        answer = self._http.post(page, data=form, auth=self._login, allow_redirects=False)
        assert answer.status_code in (200, 303), answer.text[:300]

    def said(self) -> list[tuple[str, str, str]]:
        """What is public of theirs: text, what it answers, who sees it; the oldest first."""
        rows = self.api("GET", f"accounts/{self.id}/statuses")
        return [(plain(row["content"]), steady(row["in_reply_to_id"] or ""), row["visibility"]) for row in rows[::-1]]

    def close(self) -> None:
        self._http.close()


class Snac:
    """The server and those who have accounts there."""

    def __init__(self, program: Path, base: Path, port: int) -> None:
        self._program, self.base, self.port, self.url = program, base, port, f"http://127.0.0.1:{port}"
        self._people: dict[str, Person] = {}

    def run(self, *words: str | Path) -> str:
        asked = f"127.0.0.1\n{self.port}\n127.0.0.1:{self.port}\n\n\n"  # what `init` wants to know, line by line
        done = subprocess.run([self._program, *words], check=False, capture_output=True, text=True, input=asked)
        return done.stdout + done.stderr

    def member(self, name: str) -> Person:
        """The member of that name, with an account from the first time on."""
        if name not in self._people:
            self._people[name] = Person(self, name)
        return self._people[name]

    def manager(self) -> Person:
        """A new account, without anything of the tests before."""
        return self.member(f"jana{next(_numbers)}")

    def close(self) -> None:
        for person in self._people.values():
            person.close()


def steady(number: str) -> str:
    """A status's id without the time of its last change, which it begins with."""
    return f"{'0' * 10}{number[10:]}" if number else ""


def plain(content: str) -> str:
    """The words of a status without tags and the names in front."""
    text = html.unescape(_TAG.sub("", content.replace("<br>", "\n"))).strip()
    return re.sub(r"^(?:@[\w.@:-]+\s+)+", "", text)


@contextmanager
def _front(behind: int) -> Iterator[int]:
    """The port of a web server that passes all on to the port `behind`, each request on a connection of its own."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  as the base names it
            pass

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            there = http.client.HTTPConnection("127.0.0.1", behind, timeout=30)
            there.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() != "connection":
                    there.putheader(name, value)
            there.endheaders(body)
            answer = there.getresponse()
            said = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            with contextlib.suppress(OSError):  # whoever asked has gone
                self.wfile.write(said)
            there.close()

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815  as the base names them

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/api/v1/instance", timeout=2).ok
    except requests.RequestException:
        return False


@contextmanager
def serving() -> Iterator[Snac]:
    """The server, until the end of the block."""
    program = made(f"debian-snac2-{VERSION}", _make) / "root" / "usr" / "bin" / "snac"
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="snac-") as folder, _front(port) as front:
        base = Path(folder) / "data"
        snac = Snac(program, base, front)
        snac.run("init", base)
        settings = base / "server.json"
        # it delivers to itself as to others: with few threads, all of them may wait for another to answer
        told = {"protocol": "http", "port": port, "num_threads": 24}
        settings.write_text(json.dumps(json.loads(settings.read_text()) | told))
        child = Child(program, "httpd", base, cwd=Path(folder), log=Path(folder) / "out.log", env={"no_proxy": "*"})
        child.wait(lambda: _ready(f"http://127.0.0.1:{port}"), 30)
        try:
            yield snac
        finally:
            snac.close()
            child.stop()
