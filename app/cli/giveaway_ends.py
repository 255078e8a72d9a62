"""`giveaway restore|promise|call-off|pass-on|tell`: what else may become of a give-away, and who hears of it."""

from __future__ import annotations

from argparse import Namespace

from app.base.words import counted, tr
from app.cli.arguments import Commands, Parser
from app.cli.output import Output, table
from app.cli.shapes import Shape, person, spoken
from app.giveaways.notices import EVERYBODY, MOST, OTHERS, STANDING_NAMES, TO_TELL, TOLD, WAITING, WHOM_NAMES
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to those of `giveaway`."""
    made = group.add("restore", restore, tr("undo striking or keeping somebody by hand: the rules decide again"))
    _name(made)
    made.add_argument("entries", metavar=tr("ENTRY"), type=int, nargs="+", help=tr("its number, from `giveaway show`"))
    made = group.add("promise", promise, tr("change where the seed comes from, until it is closed"))
    _name(made)
    seed = tr("which public value is going to be the seed")
    made.add_argument("--seed-from", required=True, metavar=tr("TEXT"), help=seed)
    fallback(made)
    _name(group.add("call-off", call_off, tr("call it off: nobody wins, and everybody can be told")))
    made = group.add("pass-on", pass_on, tr("give a winner's prize to the next in the order of the same draw"))
    _name(made)
    made.add_argument("entry", metavar=tr("ENTRY"), type=int, help=tr("the winner's number, from `giveaway winners`"))
    made.add_argument("--why", default="", metavar=tr("TEXT"), help=tr("the reason"))
    _name(group.add("post-hash", post_hash, tr("begin the post that publishes the hash of the list")))
    made = group.add("tell", tell, tr("begin drafts to those who took part, one a person; nothing is sent"))
    _name(made)
    whom = tr("who is told; default: the others, or everybody if it was called off")
    made.add_argument("--whom", choices=tuple(WHOM_NAMES), default="", help=whom)
    made.add_argument("--most", type=int, default=MOST, metavar=tr("N"), help=tr("how many drafts at most"))
    how = made.add_mutually_exclusive_group()
    how.add_argument("--post", action="store_true", help=tr("one post that tells everybody, in place of drafts"))
    how.add_argument("--list", action="store_true", help=tr("only say who has been told and who hasn't"))


def fallback(made: Parser) -> None:
    """Add the option for the value that is taken if the promised one never comes."""
    said = tr("what is taken as the seed if that never comes")
    made.add_argument("--fallback", default="", metavar=tr("TEXT"), help=said)


def dry_run(made: Parser) -> None:
    """Add the option that enters nobody."""
    made.add_argument("--dry-run", action="store_true", help=tr("say what would be entered, and enter nothing"))


def _name(made: Parser) -> None:
    made.add_argument("name", metavar=tr("NAME"), help=tr("the name of the give-away"))


def restore(bench: Workbench, asked: Namespace) -> Output:
    """Let the rules alone decide again."""
    one = bench.giveaways.named(asked.name)
    bench.giveaways.restore(one.id, asked.entries)
    counts = bench.giveaways.counts(one.id)
    said = tr("Taking part: {entries}. Struck: {struck}.").format(entries=counts.entries, struck=counts.struck)
    return Output({"name": one.name, "entries": counts.entries, "struck": counts.struck}, [said])


def promise(bench: Workbench, asked: Namespace) -> Output:
    """Say anew where the seed comes from."""
    one = bench.giveaways.named(asked.name)
    bench.giveaways.promise(one.id, asked.seed_from, asked.fallback)
    promised = bench.giveaways.get(one.id).seed_promise
    return Output({"name": one.name, "seed_from": promised}, [tr("The seed: {promise}").format(promise=promised)])


def call_off(bench: Workbench, asked: Namespace) -> Output:
    """Call it off."""
    one = bench.giveaways.named(asked.name)
    bench.giveaways.call_off(one.id)
    said = tr("“{name}” is called off. Tell those who took part with `giveaway tell`.")
    return Output({"name": one.name, "state": spoken("called_off")}, [said.format(name=one.name)])


def pass_on(bench: Workbench, asked: Namespace) -> Output:
    """Give a winner's prize to the next."""
    one = bench.giveaways.named(asked.name)
    following = bench.giveaways.pass_on(one.id, asked.entry, asked.why)
    if following is None:
        shape: Shape = {"name": one.name, "passed_on": asked.entry, "next": None}
        return Output(shape, [tr("Everybody who took part has won already: nobody is next.")])
    named: Shape = {"entry": following.id, "name": following.name, "place": following.place}
    said = tr("Next in the order of the draw: {name}, place {place}.")
    return Output(
        {"name": one.name, "passed_on": asked.entry, "next": named},
        [said.format(name=following.name, place=following.place)],
    )


def post_hash(bench: Workbench, asked: Namespace) -> Output:
    """Begin the post with the hash."""
    one = bench.giveaways.named(asked.name)
    draft = bench.notices.post_hash(one.id)
    said = tr("A post is among your drafts. Nothing is sent yet.")
    return Output({"name": one.name, "hash": one.list_sha256, "post": draft.text}, [said, draft.text])


def tell(bench: Workbench, asked: Namespace) -> Output:
    """Begin drafts, or a post; or say who has been told."""
    one = bench.giveaways.named(asked.name)
    whom = asked.whom or (OTHERS if one.called_off_at is None else EVERYBODY)
    if asked.list:
        return _standing(bench, one.id, one.name, whom, asked.most)
    if asked.post:
        draft = bench.notices.post(one.id, whom)
        said = tr("A post is among your drafts. Nothing is sent yet.")
        return Output({"name": one.name, "whom": whom, "post": draft.text}, [said, draft.text])
    begun = bench.notices.begin(one.id, whom, asked.most)
    left = bench.notices.telling(one.id, whom).count(TO_TELL)
    ready = counted(
        len(begun.drafts), "{count} draft is ready. Nothing is sent yet.",
        "{count} drafts are ready. Nothing is sent yet.",
    )  # fmt: skip
    lines = [
        ready,
        *(tr("{name}: {reason}").format(name=one.name, reason=one.why) for one in begun.missing),
        counted(left, "{count} more is to be told.", "{count} more are to be told."),
    ]
    shape: Shape = {
        "name": one.name, "whom": whom, "drafts": len(begun.drafts), "left": left,
        "missing": [{"name": one.name, "why": one.why} for one in begun.missing],
    }  # fmt: skip
    return Output(shape, lines)


def _standing(bench: Workbench, number: int, name: str, whom: str, most: int) -> Output:
    telling = bench.notices.telling(number, whom)
    shown = telling.notices[:most]
    shape: Shape = {
        "name": name, "whom": whom, "told": telling.count(TOLD), "waiting": telling.count(WAITING),
        "to_tell": telling.count(TO_TELL),
        "by_post": telling.by_post or None,
        "people": [
            {"entry": one.entry.id, "member": person(one.entry.member_id, one.entry.name),
             "standing": spoken(one.standing)}
            for one in shown
        ],
    }  # fmt: skip
    lines = table([(one.entry.name, one.entry.channel, tr(STANDING_NAMES[one.standing])) for one in shown])
    lines = [*filter(None, [telling.post_words]), *lines]
    return Output(shape, lines or [tr("There's nobody to tell.")])
