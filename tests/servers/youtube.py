"""YouTube's Data API and Google's login, as they are documented."""

from __future__ import annotations

import itertools
import re
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.servers.played import Call, Played, Reply

SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
CLIENT, SECRET = "4711.apps.googleusercontent.com", "GOCSPX-lemon"
COST = {"GET": 1, "POST": 50, "PUT": 50, "DELETE": 50}


def refused(status: int, reason: str, message: str = "", domain: str = "youtube.comment") -> Reply:
    """An error in Google's form, by https://developers.google.com/youtube/v3/docs/errors."""
    said = message or f"The request failed: <code>{reason}</code>."
    error = {"code": status, "message": said, "errors": [{"message": said, "domain": domain, "reason": reason}]}
    return Reply({"error": error}, status)


class YouTube(Played):
    """A channel's videos and the comments under them.

    commentThreads.list (https://developers.google.com/youtube/v3/docs/commentThreads/list): newest thread first by
    `order=time`, at most 100 a page, by `moderationStatus`, or by `id` and then without the status; five answers at
    most are in a thread. comments.list, comments.insert (parentId is a thread: one level), comments.delete (the author
    alone), comments.update (the author), commentThreads.insert (a comment under a video), comments.setModerationStatus
    (the owner; at most 50 ids; what was rejected stays rejected, and is in no list; banAuthor only with rejected).
    A reply that is held is in no comments.list by parentId and in no count, only in the list of held threads. A thread
    about a post of the channel has no videoId. A picture is snippet.imageUrl, without any text perhaps. Units by
    https://developers.google.com/youtube/v3/determine_quota_cost: 10,000 a day, wrong requests cost too. Login and
    tokens by https://developers.google.com/identity/protocols/oauth2/native-app, with PKCE.
    """

    me = "UCLemonade0000000000000A"
    quota = 10_000
    inline = 5

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self.units = 0
        self.refresh = {"1//refresh"}
        self.access: set[str] = set()
        self.codes: dict[str, dict[str, str]] = {}
        self.rotates = False
        self.disabled = False
        self.holding = False  # new comments of ours wait for review
        self.banned: set[str] = set()
        self.videos = {"vid-lemon-1": {"title": "How we press lemons", "description": "From tree to bottle."}}
        self.comments: dict[str, dict[str, Any]] = {}
        self.below: dict[str, list[str]] = {}  # comment -> its answers
        self.begun = datetime.now(UTC) - timedelta(hours=1)

    # --- members

    def put(self, who: str, text: str, parent: str = "", video: str = "vid-lemon-1") -> dict[str, Any]:
        number = next(self._numbers)
        made = f"{parent}.Ag{number:06d}" if parent else f"Ugz{number:06d}AaABAg"
        at = (datetime.now(UTC) + timedelta(seconds=self.skew, milliseconds=number)).isoformat().replace("+00:00", "Z")
        mine = who == "lemonade"
        snippet = {
            "channelId": self.me, "videoId": video, "textDisplay": text, "textOriginal": text,
            "authorDisplayName": f"@{who}", "authorChannelUrl": f"http://www.youtube.com/@{who}",
            "authorChannelId": {"value": self.me if mine else f"UC{who}"}, "canRate": True, "likeCount": 0,
            "publishedAt": at, "updatedAt": at,
            "moderationStatus": "heldForReview" if mine and self.holding else "published",
        }  # fmt: skip
        if not video:
            del snippet["videoId"]
        if parent:
            snippet["parentId"] = parent
            self.below.setdefault(parent, []).append(made)
        self.comments[made] = {"kind": "youtube#comment", "etag": str(number), "id": made, "snippet": snippet}
        return self.comments[made]

    def say(self, who: str, text: str, answering: str = "") -> str:
        return str(self.put(who, text, answering.partition(".")[0])["id"])

    # --- the API

    def writes(self, call: Call) -> bool:
        return (call.method, call.path.removeprefix("/youtube/v3/")) in (
            ("POST", "comments"), ("POST", "commentThreads"), ("PUT", "comments"), ("DELETE", "comments"),
        )  # fmt: skip

    def serve(self, call: Call) -> Reply:
        if call.path == "/token":
            return self.token(call.body)
        self.units += COST[call.method]
        if call.headers.get("authorization", "").removeprefix("Bearer ") not in self.access:
            return refused(401, "authError", "Invalid Credentials", "global")
        if self.units > self.quota:
            said = 'The request cannot be completed because you have exceeded your <a href="/quota">quota</a>.'
            return refused(403, "quotaExceeded", said, "youtube.quota")
        path = call.path.removeprefix("/youtube/v3/")
        routes = {
            "GET channels": self.channels, "GET videos": self.watched, "GET commentThreads": self.threads,
            "GET comments": self.answers, "POST comments": self.insert, "DELETE comments": self.delete,
            "POST comments/setModerationStatus": self.moderated, "PUT comments": self.update,
            "POST commentThreads": self.begin, "GET playlistItems": self.uploads,
        }  # fmt: skip
        return routes[f"{call.method} {path}"](call)

    def token(self, form: dict[str, str]) -> Reply:
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return Reply({"error": "invalid_client", "error_description": "The OAuth client was not found."}, 401)
        given: dict[str, Any] = {"access_token": f"ya29.{next(self._numbers)}", "expires_in": 3599,
                                 "token_type": "Bearer", "scope": SCOPE}  # fmt: skip
        if form["grant_type"] == "authorization_code":
            asked = self.codes.pop(form["code"], None)
            proof = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            if asked is None or (asked["code_challenge"], asked["redirect_uri"]) != (proof, form["redirect_uri"]):
                return Reply({"error": "invalid_grant", "error_description": "Malformed auth code."}, 400)
            given["refresh_token"] = f"1//{next(self._numbers)}"
            self.refresh.add(given["refresh_token"])
        elif form["refresh_token"] not in self.refresh:
            said = "Token has been expired or revoked."
            return Reply({"error": "invalid_grant", "error_description": said}, 400)
        elif self.rotates:
            self.refresh = {f"1//{next(self._numbers)}"}
            given["refresh_token"] = next(iter(self.refresh))
        self.access.add(given["access_token"])
        return Reply(given)

    def allow(self, asked: dict[str, str]) -> dict[str, str]:
        """What the browser brings back from Google's page, once the person has said yes."""
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert (asked["client_id"], asked["scope"]) == (CLIENT, SCOPE)
        code = f"4/{next(self._numbers)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "scope": SCOPE}

    def channels(self, call: Call) -> Reply:
        assert call.query["mine"] == "true"
        uploads = {"relatedPlaylists": {"uploads": f"UU{self.me[2:]}"}}
        mine = {"id": self.me, "snippet": {"title": "Lemonade lovers"}}
        mine |= {"contentDetails": uploads} if "contentDetails" in call.query["part"] else {}
        return Reply({"items": [mine] if self.me else []})

    def uploads(self, call: Call) -> Reply:
        if call.query["playlistId"] != f"UU{self.me[2:]}" or not self.videos:
            return refused(404, "playlistNotFound", domain="youtube.playlistItem")
        rows = [
            {"id": f"UU.{one}", "snippet": {"title": about["title"], "resourceId": {"videoId": one}}}
            for one, about in self.videos.items()
        ]
        return self.paged(call, rows)

    def watched(self, call: Call) -> Reply:
        wanted = call.query["id"].split(",")
        assert len(wanted) <= 50
        return Reply({"items": [{"id": one, "snippet": self.videos[one]} for one in wanted if one in self.videos]})

    def under(self, parent: str) -> list[dict[str, Any]]:
        return [self.comments[one] for one in self.below.get(parent, ()) if one in self.comments]

    def thread(self, top: dict[str, Any], *, told: bool, state: str = "published") -> dict[str, Any]:
        public = [one for one in self.under(top["id"]) if one["snippet"]["moderationStatus"] == "published"]
        held = [one for one in self.under(top["id"]) if one["snippet"]["moderationStatus"] == state]
        seen = public if state == "published" else [*held, *public]
        first = self.shown(top, told=told)
        snippet = {"channelId": self.me, "topLevelComment": first,
                   "canReply": True, "totalReplyCount": len(public), "isPublic": True}  # fmt: skip
        if "videoId" in top["snippet"]:
            snippet["videoId"] = top["snippet"]["videoId"]
        made: dict[str, Any] = {"kind": "youtube#commentThread", "id": top["id"], "snippet": snippet}
        if seen:
            made["replies"] = {"comments": [self.shown(one, told=told) for one in seen[: self.inline]]}
        return made

    @staticmethod
    def shown(comment: dict[str, Any], *, told: bool = True) -> dict[str, Any]:
        kept = {key: value for key, value in comment["snippet"].items() if told or key != "moderationStatus"}
        return {**comment, "snippet": kept}

    def threads(self, call: Call) -> Reply:
        tops = [one for one in self.comments.values() if "parentId" not in one["snippet"]]
        if "id" in call.query:
            assert "order" not in call.query
            wanted = call.query["id"].split(",")
            assert len(wanted) <= 50
            found = [one for one in tops if one["id"] in wanted and one["snippet"]["moderationStatus"] != "rejected"]
            return Reply({"items": [self.thread(one, told=False) for one in found]})
        if call.query.get("allThreadsRelatedToChannelId", self.me) != self.me:
            return refused(403, "forbidden", domain="youtube.commentThread")
        if "videoId" in call.query:
            tops = [one for one in tops if one["snippet"].get("videoId") == call.query["videoId"]]
        if self.disabled:
            return refused(403, "commentsDisabled", domain="youtube.commentThread")
        state = call.query.get("moderationStatus", "published")
        chosen = [one for one in tops if state in self.states(one)]
        newest = sorted(chosen, key=lambda one: str(one["snippet"]["publishedAt"]), reverse=True)
        return self.paged(call, [self.thread(one, told=True, state=state) for one in newest])

    def states(self, top: dict[str, Any]) -> set[str]:
        """In which lists a thread is: for approval and spam also for the sake of one of its answers."""
        own = str(top["snippet"]["moderationStatus"])
        if own == "rejected":
            return set()
        return {own, *({one["snippet"]["moderationStatus"] for one in self.under(top["id"])} - {"published"})}

    @staticmethod
    def paged(call: Call, rows: list[dict[str, Any]]) -> Reply:
        most = int(call.query.get("maxResults", 20))
        assert 1 <= most <= 100
        first = int(re.sub(r"\D", "", call.query.get("pageToken", "")) or 0)
        more = {"nextPageToken": f"QURT{first + most}"} if first + most < len(rows) else {}
        return Reply({**more, "items": rows[first : first + most]})

    def answers(self, call: Call) -> Reply:
        if "id" in call.query:
            wanted = call.query["id"].split(",")
            there = [self.comments[one] for one in wanted if one in self.comments]
            kept = [one for one in there if one["snippet"]["moderationStatus"] != "rejected"]
            return Reply({"items": [self.shown(one, told=False) for one in kept]})
        if call.query["parentId"] not in self.comments:
            return refused(404, "commentNotFound")
        seen = [one for one in self.under(call.query["parentId"]) if one["snippet"]["moderationStatus"] == "published"]
        return self.paged(call, [self.shown(one) for one in reversed(seen)])

    def insert(self, call: Call) -> Reply:
        said = call.body["snippet"]
        if not said["textOriginal"].strip():
            return refused(400, "commentTextRequired")
        if len(said["textOriginal"]) > 10_000:
            return refused(400, "commentTextTooLong")
        parent = self.comments.get(said["parentId"])
        if parent is None:
            return refused(404, "parentCommentNotFound")
        if "parentId" in parent["snippet"]:
            return refused(400, "operationNotSupported")
        if self.disabled:
            return refused(403, "commentsDisabled")
        video = parent["snippet"].get("videoId", "")
        return Reply(self.shown(self.put("lemonade", said["textOriginal"], parent["id"], video)))

    def begin(self, call: Call) -> Reply:
        said = call.body["snippet"]
        text = said["topLevelComment"]["snippet"]["textOriginal"]
        if said["channelId"] != self.me:
            return refused(404, "channelNotFound", domain="youtube.commentThread")
        if said["videoId"] not in self.videos:
            return refused(404, "videoNotFound", domain="youtube.commentThread")
        if self.disabled:
            return refused(403, "commentsDisabled", domain="youtube.commentThread")
        if not text.strip():
            return refused(400, "commentTextRequired", domain="youtube.commentThread")
        return Reply(self.thread(self.put("lemonade", text, video=said["videoId"]), told=True))

    def update(self, call: Call) -> Reply:
        comment = self.comments.get(call.body["id"])
        if comment is None:
            return refused(404, "commentNotFound")
        if comment["snippet"]["authorChannelId"]["value"] != self.me:
            return refused(403, "forbidden")
        text = call.body["snippet"]["textOriginal"]
        at = (datetime.now(UTC) + timedelta(seconds=self.skew)).isoformat().replace("+00:00", "Z")
        comment["snippet"].update(textOriginal=text, textDisplay=text, updatedAt=at)
        return Reply(self.shown(comment))

    def delete(self, call: Call) -> Reply:
        comment = self.comments.get(call.query["id"])
        if comment is None:
            return refused(404, "commentNotFound")
        if comment["snippet"]["authorChannelId"]["value"] != self.me:
            return refused(403, "forbidden")
        self.remove(comment["id"])
        return Reply(b"", 204)

    def remove(self, number: str) -> None:
        for one in [number, *(one["id"] for one in self.under(number))]:
            self.comments.pop(one, None)

    def moderated(self, call: Call) -> Reply:
        state = call.query["moderationStatus"]
        assert state in ("heldForReview", "published", "rejected")
        wanted = call.query["id"].split(",")
        assert len(wanted) <= 50
        if call.query.get("banAuthor") == "true" and state != "rejected":
            return refused(400, "banWithoutReject")
        if any(one not in self.comments for one in wanted):
            return refused(403, "forbidden")
        if call.query.get("banAuthor") == "true":
            self.banned |= {self.comments[one]["snippet"]["authorChannelId"]["value"] for one in wanted}
        for one in wanted:
            if self.comments[one]["snippet"]["moderationStatus"] == "rejected" and state != "rejected":
                return refused(400, "processingFailure")
            self.comments[one]["snippet"]["moderationStatus"] = state
        return Reply(b"", 204)
