"""A post of the demo community's own that is being written; what it published before hangs among the conversations."""

from __future__ import annotations

from app.base import resources
from app.demo.planting import Planting


def plant(planting: Planting) -> None:
    """Keep the drafts, through the desk of new messages."""
    letters = planting.bench.letters
    for post in resources.table("demo", "own_posts.toml")["draft"]:
        account = planting.accounts[post["account"]]
        begun = letters.new_post(account)._replace(receivers=(letters.venue(account, post["venue"]).box,))
        letters.keep(begun._replace(text=post["text"].strip(), language=post["language"]))
