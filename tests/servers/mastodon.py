"""A real server of Mastodon's client API on a free port of 127.0.0.1: that of an Indiekit site, alone on its page.

Mastodon itself wants Ruby, PostgreSQL and Redis; this is an implementation by others that installs from npm. Only its
client API is run, see mastodon.mjs beside this file.
"""

from __future__ import annotations

import html
import re
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.servers import npm
from tests.servers.children import Child, free_port

PACKAGE = "@rmdes/indiekit-endpoint-activitypub@4.0.0"
_BESIDE = ("express@5.1.0", "express-rate-limit@7.5.1", "mongodb@6.20.0", "sanitize-html@2.17.0", "unfurl.js@6.4.0")
_NODE = 22
_TAG = re.compile(r"<[^<>]*>")


class Site:
    """The site, with what its owner and members do there without our code."""

    def __init__(self, url: str) -> None:
        self.url, self.token, self.post = url, "", ""
        self._http = requests.Session()
        self._http.trust_env = False

    def act(self, name: str, **said: str) -> Any:
        answer = self._http.post(f"{self.url}/test/{name}", json=said)
        assert answer.ok, answer.text[:500]
        return answer.json()

    def begin(self) -> None:
        """All that was there is forgotten; one post of the owner's, and a token for her."""
        self.token = uuid.uuid4().hex
        self.post = self.act("begin", token=self.token)["post"]

    def say(self, who: str, text: str, answering: str = "") -> str:
        """A member on another server answers; what arrives is HTML as Mastodon sends it."""
        jana = f'<span class="h-card"><a href="{self.url}/" class="u-url mention">@<span>jana</span></a></span>'
        said = f"<p>{jana} {html.escape(text, quote=False)}</p>"
        return str(self.act("say", who=who, html=said, above=answering or self.post)["id"])

    def change(self, number: str, text: str) -> None:
        self.act("change", id=number, html=f"<p>{html.escape(text, quote=False)}</p>")

    def take_away(self, number: str) -> None:
        self.act("takeAway", id=number)

    def favourites(self, number: str) -> list[str]:
        """The owner's favourites of a status, as her site keeps them."""
        return ["favourite"] * int(self.act("favourites", id=number)["count"])

    def heard(self) -> list[tuple[str, str]]:
        """What the owner has answered, without the name in front, and below what."""
        return [(re.sub(r"^@\S+ ", "", html.unescape(_TAG.sub("", said))), above) for said, above in self.act("said")]

    def posts(self) -> list[tuple[str, str]]:
        """What the owner has posted of herself, and for whom."""
        return [(html.unescape(_TAG.sub("", said)), seen) for said, seen in self.act("posts")]

    def authorize(self, url: str, decision: str = "approve") -> dict[str, str]:
        """What the browser brings back after the owner's click on the server's own page."""
        page = self._http.get(url)
        assert page.ok, page.text[:500]
        form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        form = {name: html.unescape(value) for name, value in form.items()} | {"decision": decision}
        back = self._http.post(f"{self.url}/oauth/authorize", data=form, allow_redirects=False)
        target = back.headers.get("location") or html.unescape(re.findall(r'url=([^"]+)"', back.text)[0])
        query = urlsplit(target).query
        return dict(part.split("=", 1) for part in query.split("&"))

    def close(self) -> None:
        self._http.close()


def _unpacked(folder: Path) -> None:
    name = npm.run(folder, "pack", PACKAGE).strip().splitlines()[-1]
    with tarfile.open(folder / name) as packed:
        packed.extractall(folder, filter="data")


@contextmanager
def running(base: Path) -> Iterator[Site]:
    """The site, for as long as the block lasts; it keeps nothing on the disk but its log in `base`."""
    folder = npm.installed("npm-indiekit-endpoint-activitypub-4.0.0", *_BESIDE, more=_unpacked)
    port, script = free_port(), Path(__file__).with_suffix(".mjs")
    env = {"PORT": str(port), "PACKAGE": str(folder / "package")}
    log = base / "mastodon.log"
    child = Child(npm.node(_NODE), "--disable-warning=ExperimentalWarning", script, cwd=base, log=log, env=env)
    site = Site(f"http://127.0.0.1:{port}")
    try:
        child.wait(lambda: b"ready" in log.read_bytes(), 60)
        yield site
    finally:
        site.close()
        child.stop()
