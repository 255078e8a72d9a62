"""Commands for the give-away that is shown."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_GIVEAWAY, _DELIGHT = N_("This give-away"), ("delight",)

GIVEAWAYS = (
    Command(
        "giveaway_collect", N_("Collect entrants"), (), _DELIGHT, "ticket", _GIVEAWAY,
        N_("From comments, a conversation, a label or a table"),
    ),
    Command(
        "giveaway_strike", N_("Strike an entrant"), (), _DELIGHT, "ticket", _GIVEAWAY,
        N_("The one who is chosen in the list, for a reason"),
    ),
    Command(
        "giveaway_promise", N_("Where the seed comes from"), (), _DELIGHT, "ticket", _GIVEAWAY,
        N_("Before it is closed"),
    ),
    Command(
        "giveaway_post_hash", N_("Post the hash of the list"), (), _DELIGHT, "ticket", _GIVEAWAY,
        N_("Before the seed is known"),
    ),
    Command(
        "giveaway_tell", N_("Tell the entrants"), (), _DELIGHT, "ticket", _GIVEAWAY,
        N_("Drafts to winners and the others, or one post to all"),
    ),
    Command(
        "giveaway_pass_on", N_("Pass a prize on"), (), _DELIGHT, "ticket", _GIVEAWAY,
        N_("To the next in the order of the same draw"),
    ),
    Command("giveaway_call_off", N_("Call the give-away off"), (), _DELIGHT, "ticket", _GIVEAWAY),
)  # fmt: skip
