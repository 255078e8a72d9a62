"""Mastodon's client API, against a real server of it by others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.channels import mastodon
from app.channels.base import AuthNeeded, Refused
from tests.app.channels.contract import Changing, Contract
from tests.app.channels.posted import Posted, PostedThrough
from tests.app.channels.reacted import Reacted
from tests.app.channels.test_mastodon import answer
from tests.servers.mastodon import Site, running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("mastodon")) as found:
        yield found


class RealPeer:
    kind = "mastodon"

    def __init__(self, site: Site) -> None:
        site.begin()
        self.say, self.heard, self.change, self.take_away = site.say, site.heard, site.change, site.take_away
        self.reactions, self.posts = site.favourites, site.posts
        self.fields = {"server": site.url}
        self.secrets, self.wrong = {"token": site.token}, {"token": "tok-of-nobody"}

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}


@pytest.mark.peers
@pytest.mark.servers("npm")
class TestMastodonReal(Contract, Changing, Reacted, Posted, PostedThrough):
    @pytest.fixture
    def peer(self, site: Site) -> RealPeer:
        return RealPeer(site)

    def test_signing_in_by_the_browser(self, site: Site) -> None:
        site.begin()
        begun = mastodon.sign_in({"server": site.url}, "http://127.0.0.1:45678/back")
        secrets = begun.finish(site.authorize(begun.url))
        with closing(mastodon.open({"server": site.url}, secrets)) as session:
            assert session.check().sentence.startswith("@jana@127.0.0.1")
        # its code is good for once, and a no is a no
        with pytest.raises(AuthNeeded):
            mastodon.sign_in({"server": site.url}, "http://127.0.0.1:45678/back").finish({"code": "made-up"})
        other = mastodon.sign_in({"server": site.url}, "http://127.0.0.1:45678/back")
        with pytest.raises(AuthNeeded):
            other.finish(site.authorize(other.url, "deny"))
        # a token that was taken back is got anew by the one for refreshing
        secrets["token"] = "taken back"
        with closing(mastodon.open({"server": site.url}, secrets)) as session:
            session.check()
        assert secrets["token"] != "taken back"

    def test_private_to_one_alone_is_refused_where_the_server_cannot(self, peer: RealPeer) -> None:
        number = peer.say("anna", "Hæ!")
        with closing(self.open(peer)) as session, pytest.raises(Refused, match="Direct messages are not supported"):
            session.send(answer(number, "Only for you", public=False))
        assert peer.heard() == []
