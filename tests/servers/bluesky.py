"""Bluesky's own servers on free ports of 127.0.0.1, with a PostgreSQL and a Redis of their own; see bluesky.cjs.

They come from npm; parts of them are compiled here, which takes minutes, the first time. What they keep ends with them.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from tests.servers import npm
from tests.servers.children import Child, free_port

PACKAGE = "@atproto/dev-env@0.3.215"
_POST = "app.bsky.feed.post"
_NODE = 20
_numbers = itertools.count(1)


class Person:
    """Somebody with an account there and a client of their own: plain requests, none of our code."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._http.trust_env = False
        handle, secret = f"{name}.test", f"{name}-secret"
        asked = {"handle": handle, "email": f"{name}@localhost.test", "password": secret}
        made = self._call("POST", "com.atproto.server.createAccount", json=asked)
        self.handle, self.did = str(made["handle"]), str(made["did"])
        self._http.headers["Authorization"] = f"Bearer {made['accessJwt']}"
        self.password = str(
            self._call("POST", "com.atproto.server.createAppPassword", json={"name": "desk"})["password"]
        )

    def _call(self, method: str, name: str, **more: Any) -> Any:
        answer = self._http.request(method, f"{self._url}/xrpc/{name}", **more)
        assert answer.ok, f"{name}: {answer.status_code} {answer.text[:300]}"
        return answer.json()

    def post(self, text: str, above: str = "") -> dict[str, str]:
        """Post it, below that one where it is named."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        record: dict[str, Any] = {"$type": _POST, "text": text, "createdAt": now}
        if above:
            found = self._record(above)
            parent = {"uri": above, "cid": found["cid"]}
            record["reply"] = {"root": found["value"].get("reply", {}).get("root", parent), "parent": parent}
        asked = {"repo": self.did, "collection": _POST, "record": record}
        made: dict[str, str] = self._call("POST", "com.atproto.repo.createRecord", json=asked)
        return made

    def _record(self, uri: str) -> Any:
        repo, collection, key = uri.removeprefix("at://").split("/")
        asked = {"repo": repo, "collection": collection, "rkey": key}
        return self._call("GET", "com.atproto.repo.getRecord", params=asked)

    def remove(self, uri: str) -> None:
        asked = {"repo": self.did, "collection": _POST, "rkey": uri.rpartition("/")[2]}
        self._call("POST", "com.atproto.repo.deleteRecord", json=asked)

    def records(self, collection: str) -> list[dict[str, Any]]:
        asked = {"repo": self.did, "collection": collection, "limit": "100"}
        found: list[dict[str, Any]] = self._call("GET", "com.atproto.repo.listRecords", params=asked)["records"]
        return found

    def sees(self, uri: str) -> bool:
        """Whether the AppView has indexed it."""
        return bool(self._call("GET", "app.bsky.feed.getPosts", params={"uris": [uri]})["posts"])

    def close(self) -> None:
        self._http.close()


class Network:
    """The servers and those who have accounts there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._people: dict[str, Person] = {}
        self._eye = self.member("eye")

    def member(self, name: str) -> Person:
        """The member of that name, with an account from the first time on."""
        if name not in self._people:
            self._people[name] = Person(self.url, name)
        return self._people[name]

    def manager(self) -> Person:
        """A new account."""
        return self.member(f"jana{next(_numbers)}")

    def member_of(self, uri: str) -> Person:
        return next(one for one in self._people.values() if uri.startswith(f"at://{one.did}/"))

    def indexed(self, uri: str) -> bool:
        return self._eye.sees(uri)

    def close(self) -> None:
        for person in self._people.values():
            person.close()


def _postgres() -> Path:
    """The folder of PostgreSQL's programs: Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    place = found[-1] if found else Path(shutil.which("initdb") or "initdb")
    return place.resolve().parent


def _as_nobody(*command: str | Path) -> list[str]:
    """PostgreSQL does not run as root."""
    other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    return [*other, *map(str, command)]


@contextmanager
def _database(logs: Path) -> Iterator[str]:
    """The address of a PostgreSQL with an empty database, which it keeps in a folder of its own."""
    programs, port = _postgres(), free_port()
    base = Path(tempfile.mkdtemp(prefix="rapport-postgres-", dir="/tmp"))
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(base, owner.pw_uid, owner.pw_gid)
    how = ["-U", "pg", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(_as_nobody(programs / "initdb", "-D", base / "data", *how), check=True, capture_output=True, cwd="/")
    fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "max_connections=100"]
    command = _as_nobody(
        programs / "postgres", "-D", base / "data", "-h", "127.0.0.1", "-p", str(port), "-k", base, *fast
    )
    child = Child(*command, cwd=Path("/"), log=logs / "postgres.log")
    to = ["-h", "127.0.0.1", "-p", str(port), "-U", "pg"]

    def ready() -> bool:
        asked = [str(programs / "pg_isready"), *to]
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0

    try:
        child.wait(ready, 60)
        subprocess.run([programs / "createdb", *to, "atproto"], check=True, capture_output=True)
        yield f"postgresql://pg@127.0.0.1:{port}/atproto"
    finally:
        child.stop()
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def running(base: Path) -> Iterator[Network]:
    """The network, for as long as the block lasts; logs in `base`."""
    modules = npm.installed("npm-atproto-dev-env-0.3.215", PACKAGE, native=_NODE) / "node_modules"
    with ExitStack() as ends:
        database = ends.enter_context(_database(base))
        redis_port, log = free_port(), base / "network.log"
        redis = ["redis-server", "--bind", "127.0.0.1", "--port", str(redis_port), "--save", "", "--appendonly", "no"]
        ends.callback(Child(*redis, cwd=base, log=base / "redis.log").stop)
        ports = [free_port() for _ in range(4)]
        env = {
            "PORTS": ",".join(map(str, ports)), "MODULES": str(modules), "REDIS_HOST": f"127.0.0.1:{redis_port}",
            "DB_POSTGRES_URL": database, "DB_TEST_POSTGRES_URL": database, "NODE_ENV": "development",
            "LOG_ENABLED": "false",
        }  # fmt: skip
        child = Child(npm.node(_NODE), Path(__file__).with_suffix(".cjs"), cwd=base, log=log, env=env)
        ends.callback(child.stop)
        child.wait(lambda: b"the network is up" in log.read_bytes(), 240)
        network = Network(f"http://localhost:{ports[1]}")
        ends.callback(network.close)
        yield network
