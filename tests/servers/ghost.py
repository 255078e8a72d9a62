"""A real Ghost on a free port of 127.0.0.1, with SQLite and nobody to mail to.

It is fetched from npm with the Node that it wants, and its native parts are compiled here: minutes, the first time.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.servers.cache import made
from tests.servers.children import Child, free_port
from tests.servers.npm import node

GHOST, NODE = "6.65.0", 22
OWNER = "jana@lemonade.test"
_PASSWORD = "app-pass-word-1"
_HOUR = 3600


def _run(*command: str | Path, cwd: Path, **env: str) -> None:
    # npm's own store of what it fetched lies in the person's home, and a test has another
    around = {**os.environ, "HOME": pwd.getpwuid(os.getuid()).pw_dir, **env}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=_HOUR, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:].decode(errors="replace")


def _make_ghost(folder: Path) -> None:
    _run("npm", "pack", f"ghost@{GHOST}", cwd=folder)
    _run("tar", "xzf", f"ghost-{GHOST}.tgz", cwd=folder)
    program = node(NODE)
    path = f"{program.parent}:{os.environ.get('PATH', os.defpath)}"
    install = ("npm", "install", "--omit=dev", "--no-audit", "--no-fund", "--legacy-peer-deps")
    # the headers come with the package of Node: native parts are compiled without fetching them
    _run(*install, cwd=folder / "package", PATH=path, npm_config_nodedir=str(program.parent.parent))
    # npm does not heed the "overrides" of another package manager's, and two of these break the time zones
    shutil.rmtree(folder / "package/node_modules/moment-timezone/node_modules/moment", ignore_errors=True)


def _settings(base: Path, url: str, port: int) -> dict[str, str]:
    """Ghost's configuration as its environment; it has to run in its own folder."""
    plenty = {f"spam__{one}__freeRetries": "100000" for one in ("member_login", "user_login", "global_block")}
    return {
        "NODE_ENV": "production", "url": url, "server__host": "127.0.0.1", "server__port": str(port),
        "database__client": "better-sqlite3", "database__connection__filename": f"{base}/content/data/ghost.db",
        "database__useNullAsDefault": "true", "paths__contentPath": f"{base}/content", "mail__transport": "stub",
        "mail__from": "ghost@lemonade.test", "updateCheck__url": "http://127.0.0.1:9/", "privacy": "true",
        "security__staffDeviceVerification": "false", "logging__level": "error",
        "logging__path": f"{base}/content/logs", "logging__transports": '["file"]', "HOME": str(base), **plenty,
    }  # fmt: skip


class Ghost:
    """The site: what its owner does in the admin's pages, and what readers do below a post."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers.update({"Origin": url, "Accept-Version": "v6.0"})
        self._readers: dict[str, tuple[str, requests.Session]] = {}
        owner = {"name": "Jana", "email": OWNER, "password": _PASSWORD, "blogTitle": "Límonaðibloggið", "status": ""}
        self.admin("POST", "authentication/setup/", {"setup": [owner]})
        self.admin("POST", "session/", {"username": OWNER, "password": _PASSWORD})
        self.set(comments_enabled="all")
        asked = {"integrations": [{"name": "Rapport"}]}
        keys = self.admin("POST", "integrations/?include=api_keys", asked)["integrations"][0]["api_keys"]
        self.key = next(str(key["secret"]) for key in keys if key["type"] == "admin")

    def admin(self, method: str, path: str, body: object = None, **params: str) -> Any:
        """As the owner, in the admin's pages."""
        place = f"{self.url}/ghost/api/admin/{path}"
        answer = self.http.request(method, place, json=body, params=params)
        for _ in range(100):
            if answer.status_code != 503:  # it is still getting up
                break
            time.sleep(0.1)
            answer = self.http.request(method, place, json=body, params=params)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer.json() if answer.text[:1] == "{" else {}

    def set(self, **settings: str) -> None:
        pairs = [{"key": key, "value": value} for key, value in settings.items()]
        self.admin("PUT", "settings/", {"settings": pairs})

    def member(self, email: str, name: str) -> str:
        """The id of a member, who is made where there is none."""
        quoted = email.replace("'", "\\'")
        found = self.admin("GET", "members/", filter=f"email:'{quoted}'")["members"]
        asked = {"members": [{"email": email, "name": name}]}
        return str((found or self.admin("POST", "members/", asked)["members"])[0]["id"])

    def reader(self, name: str) -> tuple[str, requests.Session]:
        """A reader who has followed the link that lets members in: their id, and their browser."""
        if name not in self._readers:
            number = self.member(f"{name}@lemonade.test", name.capitalize())
            link = self.admin("GET", f"members/{number}/signin_urls/")["member_signin_urls"][0]["url"]
            browser = requests.Session()
            browser.trust_env = False
            browser.get(link)
            self._readers[name] = number, browser
        return self._readers[name]

    def comment(self, name: str, method: str, path: str, **body: str | None) -> Any:
        """What a reader does with a comment."""
        place = f"{self.url}/members/api/comments/{path}"
        answer = self.reader(name)[1].request(method, place, json={"comments": [body]})
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer.json()["comments"][0]

    def post(self, title: str, html: str) -> str:
        asked = {"posts": [{"title": title, "html": html, "status": "published"}]}
        return str(self.admin("POST", "posts/?source=html", asked)["posts"][0]["id"])

    def clear(self) -> None:
        """Every post goes, and its comments with it."""
        for post in self.admin("GET", "posts/", limit="100", fields="id")["posts"]:
            self.admin("DELETE", f"posts/{post['id']}/")

    def close(self) -> None:
        self.http.close()
        for _, browser in self._readers.values():
            browser.close()


def _ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/ghost/api/admin/site/", timeout=5).ok
    except requests.RequestException:
        return False


@contextmanager
def serving() -> Iterator[Ghost]:
    """The site, until the end of the block."""
    program = made(f"ghost-{GHOST}", _make_ghost) / "package"
    with tempfile.TemporaryDirectory(prefix="ghost-") as folder:
        base, port = Path(folder), free_port()
        for name in ("data", "images", "media", "files", "logs", "settings", "public", "adapters"):
            (base / "content" / name).mkdir(parents=True)
        shutil.copytree(program / "content" / "themes", base / "content" / "themes", symlinks=True)
        url = f"http://127.0.0.1:{port}"
        child = Child(node(NODE), "index.js", cwd=program, log=base / "out.log", env=_settings(base, url, port))
        child.wait(lambda: _ready(url), 180)
        ghost = Ghost(url)
        try:
            yield ghost
        finally:
            ghost.close()
            child.stop()
