"""A real Synapse homeserver on a free port of 127.0.0.1, with SQLite and no federation.

It is fetched from the Python package index. Users are made by its shared secret, each test with a manager of its own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.servers.cache import venv
from tests.servers.children import Child, free_port

SYNAPSE = "matrix-synapse==1.163.2"
PASSWORD = "app-pass-word-1"
_SECRET = "lemons"
_PLENTY = "{per_second: 10000, burst_count: 10000}"
_CONFIG = """
server_name: localhost
public_baseurl: {url}/
listeners:
  - {{port: {port}, tls: false, type: http, bind_addresses: ['127.0.0.1'], resources: [{{names: [client]}}]}}
database: {{name: sqlite3, args: {{database: {base}/homeserver.db}}}}
log_config: {base}/log.yaml
media_store_path: {base}/media
signing_key_path: {base}/signing.key
pid_file: {base}/pid
registration_shared_secret: {secret}
macaroon_secret_key: {secret}
form_secret: {secret}
report_stats: false
trusted_key_servers: []
federation_domain_whitelist: []
bcrypt_rounds: 4
rc_message: {plenty}
rc_registration: {plenty}
rc_login: {{address: {plenty}, account: {plenty}, failed_attempts: {plenty}}}
rc_joins: {{local: {plenty}}}
rc_invites: {{per_room: {plenty}, per_user: {plenty}, per_issuer: {plenty}}}
rc_room_creation: {plenty}
"""
_LOG = """
version: 1
handlers: {{f: {{class: logging.FileHandler, filename: {base}/synapse.log}}}}
root: {{level: WARNING, handlers: [f]}}
"""


class Person:
    """Somebody with a client of their own: plain requests, none of our code."""

    def __init__(self, url: str, user: str, token: str) -> None:
        self.url, self.user = url, user
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: object = None, *, version: str = "v3", **params: object) -> Any:
        told = {name: str(value) for name, value in params.items()}
        answer = self.http.request(method, f"{self.url}/_matrix/client/{version}/{path}", json=body, params=told)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer.json()

    def send(self, room: str, content: dict[str, Any], kind: str = "m.room.message") -> str:
        return str(self.call("PUT", f"rooms/{room}/send/{kind}/{uuid.uuid4().hex}", content)["event_id"])

    def close(self) -> None:
        self.http.close()


class Synapse:
    """The homeserver, and the people on it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._numbers = itertools.count(1)
        self._members: dict[str, Person] = {}
        self._everybody: list[Person] = []

    def person(self, name: str) -> Person:
        """Somebody new."""
        place = f"{self.url}/_synapse/admin/v1/register"
        nonce = requests.get(place, timeout=30).json()["nonce"]
        said = f"{nonce}\0{name}\0{PASSWORD}\0notadmin".encode()
        body = {
            "nonce": nonce, "username": name, "password": PASSWORD, "admin": False, "displayname": name.capitalize(),
            "mac": hmac.new(_SECRET.encode(), said, hashlib.sha1).hexdigest(),
        }  # fmt: skip
        made = requests.post(place, json=body, timeout=30).json()
        found = Person(self.url, made["user_id"], made["access_token"])
        self._everybody.append(found)
        return found

    def manager(self) -> Person:
        """A manager whom no other test has."""
        return self.person(f"jana{next(self._numbers)}")

    def member(self, name: str) -> Person:
        """Anna, Bela and whoever else; the same at each call."""
        if name not in self._members:
            self._members[name] = self.person(name)
        return self._members[name]

    def close(self) -> None:
        for person in self._everybody:
            person.close()


def _ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/_matrix/client/versions", timeout=2).ok
    except requests.RequestException:
        return False


@contextmanager
def serving(*, patient: bool = True) -> Iterator[Synapse]:
    """The server, until the end of the block; one that is not `patient` takes two messages and then one in a minute."""
    programs = venv("venv", SYNAPSE)
    with tempfile.TemporaryDirectory(prefix="synapse-") as folder:
        base, port = Path(folder), free_port()
        url = f"http://127.0.0.1:{port}"
        config = _CONFIG.format(url=url, port=port, base=base, secret=_SECRET, plenty=_PLENTY)
        if not patient:
            config = config.replace(f"rc_message: {_PLENTY}", "rc_message: {per_second: 0.0167, burst_count: 2}")
        (base / "homeserver.yaml").write_text(config)
        (base / "log.yaml").write_text(_LOG.format(base=base))

        key = base64.b64encode(os.urandom(32)).decode().rstrip("=")
        (base / "signing.key").write_text(f"ed25519 a_test {key}\n")
        command = (programs / "python", "-m", "synapse.app.homeserver", "-c", base / "homeserver.yaml")
        child = Child(*command, cwd=base, log=base / "out.log", env={"HOME": str(base)})
        child.wait(lambda: _ready(url), 90)
        synapse = Synapse(url)
        try:
            yield synapse
        finally:
            synapse.close()
            child.stop()
