"""`list`, `done`, `snooze`: list conversations and change their state."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from itertools import takewhile

from app.base import clock, ids, language_names
from app.base.errors import UserError
from app.base.words import N_, tr
from app.cli.arguments import STATES, Commands, limit, state_key
from app.cli.known import known
from app.cli.output import Output, ago, one_line, table, when
from app.cli.shapes import conversation_json, spoken, until
from app.inbox import UNTIL_REPLY, ConversationRow, Query, is_reply
from app.mail.charsets import OFFERED
from app.search import Filter
from app.workbench import Workbench

_ROWS_PER_QUERY = 500


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("list", show_list, tr("list conversations; those that need you come longest-waiting first"))
    made.add_argument(
        "--state",
        choices=STATES,
        default="needs-me",
        help=tr(
            "default: needs-me, also while your reply is scheduled or still to be posted; waiting: you wrote last; "
            "quiet: automatic mail, newsletters and mailing lists; closed-by-itself: a thanks ended it, or nobody "
            "answered your question; asked: nobody answered your question, and it came back"
        ),
    )
    made.add_argument("--channel", metavar=tr("NAME"), help=tr("only this account"))
    made.add_argument("--label", metavar=tr("LABEL"), help=tr("only conversations with this label"))
    made.add_argument(
        "--search", metavar=tr("SEARCH"), help=tr("only conversations with a message that “rapport search” finds")
    )
    limit(made, 50)
    made = commands.add("done", done, tr("mark conversations as done"))
    made.add_argument("id", metavar=tr("ID"), nargs="+", help=tr("C-..."))
    made.add_argument(
        "--reason",
        metavar=tr("REASON"),
        default="",
        help=tr("how it was solved; required if one is marked unhappy or difficult"),
    )
    made = commands.add("person", person, tr("say that people wrote quiet conversations; the senders are remembered"))
    made.add_argument("id", metavar=tr("ID"), nargs="+", help=tr("C-..."))
    made = commands.add(
        "bring-back", bring_back, tr("reopen conversations that closed by themselves; who ended them is remembered")
    )
    made.add_argument("id", metavar=tr("ID"), nargs="+", help=tr("C-..."))
    made = commands.add("let-go", let_go, tr("let questions of yours go that nobody answered (`list --state asked`)"))
    made.add_argument("id", metavar=tr("ID"), nargs="+", help=tr("C-..."))
    made = commands.add(
        "same-person", same_person, tr("answer that a new name on a known address is the same person's")
    )
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..., a message with that name"))
    made = commands.add(
        "another-person", another_person, tr("answer that it is another person's, who becomes a member")
    )
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..., a message with that name"))
    made = commands.add("read-as", read_as, tr("read a letter that names no character set in another one"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))
    made.add_argument(
        "charset", metavar=tr("CHARSET"), help=tr("for example {charsets}").format(charsets=", ".join(OFFERED))
    )
    made = commands.add("language", language, tr("correct the language of a message, which Rapport remembers"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))
    made.add_argument("language", metavar=tr("L"), help=tr("its code, or its name in English"))
    made = commands.add("snooze", snooze, tr("snooze conversations until a given time"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..., followed by further ones"))
    made.add_argument(
        "when",
        metavar=tr("WHEN"),
        nargs="+",
        help=tr("tomorrow, mon 9, in 3 days, next block, 24.12., reply: words in five languages, or ISO 8601"),
    )


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the conversations in a state."""
    bench.inbox.wake(clock.now())
    account = None if asked.channel is None else bench.accounts.named(asked.channel).id
    label = "" if asked.label is None else known(N_("label"), asked.label, bench.inbox.all_labels())
    query = Query(state_key(asked.state), account, label)
    rows = _found(bench, query, asked) if asked.search is not None else list(_rows(bench, query, asked.limit))
    return Output(
        [conversation_json(row) for row in rows],
        lines_of(rows) or [tr("No conversations found (--state {state}).").format(state=asked.state)],
    )


def _found(bench: Workbench, query: Query, asked: Namespace) -> list[ConversationRow]:
    """The conversations with a hit, the latest hit first. Raises UserError for a search that is not understood."""
    state = "" if query.state == "all" else query.state
    sought, wanted = bench.search.understand(asked.search), Filter(query.account_id, state, label=query.label)
    if sought.problem:
        raise UserError(sought.problem)
    there: dict[int, None] = {}
    before = None
    while len(there) < asked.limit and not sought.is_empty:
        page = bench.search.page(sought, wanted, before=before)
        there.update(dict.fromkeys(hit.conversation_id for hit in page.hits))
        before = page.next
        if before is None:
            break
    return bench.inbox.rows(list(there)[: asked.limit])


def _rows(bench: Workbench, query: Query, limit: int) -> list[ConversationRow]:
    """Fetch up to `limit` rows, one page after another."""
    rows: list[ConversationRow] = []
    after = None
    while True:
        wanted = min(_ROWS_PER_QUERY, limit - len(rows))
        refs = bench.inbox.refs(query, wanted, after) if wanted else []
        if not refs:
            return rows
        rows += bench.inbox.rows([ref.id for ref in refs])
        after = refs[-1]


def lines_of(rows: Sequence[ConversationRow]) -> list[str]:
    """Conversations as lines of a table."""
    now = clock.now()
    return table([_cells(row, now) for row in rows], 28)


def _cells(row: ConversationRow, now: int) -> tuple[str, ...]:
    since = row.waiting_since if row.state == "needs_me" else row.last_at
    last = tr("{name}: {text}").format(name=row.writer, text=row.preview) if row.writer else row.preview
    words = one_line(f"{row.title}: {last}" if row.title else last, 90)
    return ids.display("C", row.id), spoken(row.state), ago(since, now), row.account, row.member, _marks(row), words


def _marks(row: ConversationRow) -> str:
    marks = (
        (tr("unhappy"), row.unhappy),
        (tr("difficult"), row.hard),
        (tr("scheduled"), row.due),
        (tr("in the outbox"), row.queued),
    )
    return ", ".join(word for word, on in marks if on)


def done(bench: Workbench, asked: Namespace) -> Output:
    """Mark conversations as done; if one of them may not be, none is."""
    numbers = [ids.number("C", text) for text in asked.id]
    bench.inbox.done(numbers, reason=asked.reason)
    rows = [bench.inbox.row(number) for number in numbers]
    kept = (bench.inbox.several.draft_remark(numbers), bench.inbox.several.promise_remark(numbers))
    return Output(
        [conversation_json(row) for row in rows],
        [*(tr("{id} is done.").format(id=ids.display("C", row.id)) for row in rows), *filter(None, kept)],
    )


def bring_back(bench: Workbench, asked: Namespace) -> Output:
    """Reopen conversations that closed by themselves."""
    numbers = [ids.number("C", text) for text in asked.id]
    bench.intake.bring_back(numbers)
    rows = [bench.inbox.row(number) for number in numbers]
    return Output(
        [conversation_json(row) for row in rows],
        [tr("{id} is open again.").format(id=ids.display("C", row.id)) for row in rows],
    )


def let_go(bench: Workbench, asked: Namespace) -> Output:
    """Let questions go that came back."""
    bench.inbox.wake(clock.now())
    numbers = [ids.number("C", text) for text in asked.id]
    bench.inbox.questions.let_go(numbers)
    rows = [bench.inbox.row(number) for number in numbers]
    return Output(
        [conversation_json(row) for row in rows],
        [tr("{id} is done.").format(id=ids.display("C", row.id)) for row in rows],
    )


def person(bench: Workbench, asked: Namespace) -> Output:
    """Take quiet conversations for people's."""
    numbers = [ids.number("C", text) for text in asked.id]
    bench.intake.by_person(numbers)
    rows = [bench.inbox.row(number) for number in numbers]
    return Output(
        [conversation_json(row) for row in rows],
        [tr("{id} is by a person: {name}.").format(id=ids.display("C", row.id), name=row.member) for row in rows],
    )


def same_person(bench: Workbench, asked: Namespace) -> Output:
    """Remember that a new name is the member's."""
    return _answered(bench, asked, same=True)


def another_person(bench: Workbench, asked: Namespace) -> Output:
    """Make a member of whoever signs with the new name."""
    return _answered(bench, asked, same=False)


def _answered(bench: Workbench, asked: Namespace, *, same: bool) -> Output:
    number = ids.number("M", asked.id)
    question = bench.intake.same_person(number, same=same)
    row = bench.inbox.row(bench.inbox.conversation_of(number))
    sentence = tr("{name} is {known}.") if same else tr("{name} is another person than {known}, and a member now.")
    return Output(
        {"name": question.name, "known_as": question.known_as, "same": same, "conversation": conversation_json(row)},
        [sentence.format(name=question.name, known=question.known_as)],
    )


def read_as(bench: Workbench, asked: Namespace) -> Output:
    """Read a letter in another character set, and show its conversation."""
    from app.cli.show import conversation  # noqa: PLC0415  only this command shows one

    number = ids.number("M", asked.id)
    bench.originals.read_as(number, asked.charset)
    return conversation(bench, bench.inbox.conversation_of(number), 20)


def language(bench: Workbench, asked: Namespace) -> Output:
    """Correct the language of a message."""
    number = ids.number("M", asked.id)
    code = bench.intake.set_language(number, asked.language)
    row = bench.inbox.row(bench.inbox.conversation_of(number))
    said = tr("{id} is in {language}.").format(id=asked.id, language=language_names.name(code))
    return Output(
        {"message": ids.display("M", number), "language": code, "conversation": conversation_json(row)}, [said]
    )


def snooze(bench: Workbench, asked: Namespace) -> Output:
    """Snooze conversations: one, or all of several that may be snoozed."""
    more = list(takewhile(_is_conversation, asked.when))
    numbers = [ids.number("C", text) for text in (asked.id, *more)]
    at = _when(" ".join(asked.when[len(more) :]), bench)
    outcome = bench.inbox.several.snooze(numbers, at)
    rows = bench.inbox.rows([bench.inbox.current(number) for number in outcome.done])
    sentence, moment = tr("{id} is snoozed until {when}."), ""
    if at == UNTIL_REPLY:
        sentence = tr("{id} is snoozed until they reply.")
    else:
        moment = when(at)
    lines = [sentence.format(id=ids.display("C", row.id), when=moment) for row in rows]
    shapes = [{**conversation_json(row), "snoozed_until": until(at)} for row in rows]
    if len(numbers) == 1:
        return Output(shapes[0], lines)
    left = [ids.display("C", number) for number in outcome.left]
    return Output({"snoozed": shapes, "left": left}, [*lines, *([outcome.remark] if left else [])])


def _is_conversation(typed: str) -> bool:
    return typed[:2].upper() == "C-" and typed[2:].isdecimal()


def _when(typed: str, bench: Workbench) -> int:
    """Parse when to wake up (Unix seconds, or UNTIL_REPLY); a leading `until` is ignored."""
    bare = typed.removeprefix("until ").strip()
    return UNTIL_REPLY if is_reply(bare) else bench.dates.moment(bare)
