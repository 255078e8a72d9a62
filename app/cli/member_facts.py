"""`member add|edit|label|notes|field|days`: what is known of a member, and what the person adds about them."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterable
from datetime import datetime, time

from app.base import clock, ids
from app.base.errors import UserError
from app.base.text import fold
from app.base.words import N_, counted, tr
from app.calendar.yearly import in_words
from app.cli.arguments import Commands, limit
from app.cli.known import known
from app.cli.member_card import card_of
from app.cli.output import Output, one_line, table, when
from app.cli.search import member_of
from app.cli.shapes import Shape, note_json
from app.members import EDITABLE
from app.members.days import Coming, coming
from app.members.own import Field
from app.members.saving import save
from app.workbench import Workbench

MEMBER = N_("P-..., or words from the name")
_MOST_DAYS = 366


def add(group: Commands) -> None:
    """Add the commands to the group `member`."""
    made = group.add("add", add_member, tr("add somebody who hasn't written yet"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("their name"))
    made.add_argument(
        "--set", metavar=tr("KEY=VALUE"), action="append", default=[],
        help=tr("one of: {fields}; or a field of your own").format(fields=", ".join(EDITABLE)),
    )  # fmt: skip
    made = group.add("edit", edit, tr("change a member's details"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(MEMBER))
    made.add_argument(
        "--set",
        metavar=tr("KEY=VALUE"),
        action="append",
        required=True,
        help=tr("one of: {fields}; or a field of your own").format(fields=", ".join(EDITABLE)),
    )
    made = group.add("label", label, tr("add labels to a member (+a) or remove them (-b)"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(MEMBER))
    made.add_argument(
        "changes", metavar=tr("+a -b"), nargs=argparse.REMAINDER,
        help=tr("labels, each with + or -; leave out to show them"),
    )  # fmt: skip
    _notes(group.group("notes", tr("dated notes on a member")))
    _fields(group.group("field", tr("fields of your own, which every member can have something in")))
    made = group.add("days", show_days, tr("list whose birthday or name day comes next"))
    made.add_argument("--days", type=int, default=30, metavar=tr("N"), help=tr("look so many days ahead (default: 30)"))
    limit(made)


def _notes(group: Commands) -> None:
    made = group.add("list", list_notes, tr("list the dated notes on a member, the latest first"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(MEMBER))
    limit(made)
    made = group.add("add", add_note, tr("note something about a member on a day"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(MEMBER))
    made.add_argument("text", metavar=tr("TEXT"), nargs="+", help=tr("the note"))
    made.add_argument("--on", metavar=tr("DAY"), default="", help=tr("the day it is about (default: today)"))
    made = group.add("edit", edit_note, tr("change a note"))
    made.add_argument("note", type=int, metavar=tr("NUMBER"), help=tr("the note's number, as `notes list` shows it"))
    made.add_argument("text", metavar=tr("TEXT"), nargs="+", help=tr("its new words"))
    made.add_argument("--on", metavar=tr("DAY"), default="", help=tr("its new day"))
    made = group.add("remove", remove_note, tr("delete a note"))
    made.add_argument("note", type=int, metavar=tr("NUMBER"), help=tr("the note's number, as `notes list` shows it"))


def _fields(group: Commands) -> None:
    limit(group.add("list", list_fields, tr("list the fields, in the order in which they are shown")))
    made = group.add("add", add_field, tr("add a field"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("what it is called"))
    made = group.add("rename", rename_field, tr("call a field something else"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("the field"))
    made.add_argument("new", metavar=tr("NEW"), help=tr("its new name"))
    made = group.add("move", move_field, tr("move a field to another place in the order"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("the field"))
    made.add_argument("place", type=int, metavar=tr("PLACE"), help=tr("1 for the first"))
    made = group.add("remove", remove_field, tr("delete a field, with all that members have in it"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("the field"))


def edit(bench: Workbench, asked: Namespace) -> Output:
    """Change a member's details and what they have in own fields, as one action; show the card."""
    number = member_of(bench, asked.member)
    return card_of(bench, save(bench.store, bench.members, number, _pairs(bench, asked.set)))


def add_member(bench: Workbench, asked: Namespace) -> Output:
    """Add a member and show their card."""
    values = _pairs(bench, asked.set)
    if "name" in values:
        msg = tr("Give the name before --set, and leave out name=….")
        raise UserError(msg)
    return card_of(bench, save(bench.store, bench.members, None, {**values, "name": asked.name}))


def _pairs(bench: Workbench, pairs: Iterable[str]) -> dict[str | int, object]:
    """What KEY=VALUE sets: details by column, and what stands in own fields by their id."""
    fields = {fold(one.name): one.id for one in bench.members.own.fields()}
    values: dict[str | int, object] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if sign and key in EDITABLE:
            values[key] = value
        elif sign and fold(key.strip()) in fields:
            values[fields[fold(key.strip())]] = value
        else:
            names = [*EDITABLE, *(one.name for one in bench.members.own.fields())]
            msg = tr("“{pair}” doesn't set anything. Write KEY=VALUE with one of {fields}.")
            raise UserError(msg.format(pair=pair, fields=", ".join(names)))
    return values


def label(bench: Workbench, asked: Namespace) -> Output:
    """Add and remove labels of a member, or show them."""
    number = member_of(bench, asked.member)
    changes = [change for change in asked.changes if change != "--json"]
    wrong = [one for one in changes if one[:1] not in ("+", "-") or not one[1:].strip() or one.startswith("--")]
    if wrong:
        msg = tr("“{typed}” isn't a label change. Write +name to add a label and -name to remove one.")
        raise UserError(msg.format(typed=wrong[0]))
    if changes:
        there = bench.inbox.all_labels()
        off = [known(N_("label"), change[1:].strip(), there) for change in changes if change[0] == "-"]
        bench.members.own.label(number, [change[1:] for change in changes if change[0] == "+"], off)
    names, who = list(bench.members.own.labels(number)), bench.members.get(number).name
    sentence = tr("{name} has {labels}: {names}.") if names else tr("{name} has {labels}.")
    words = counted(len(names), "{count} label", "{count} labels")
    return Output(
        {"id": ids.display("P", number), "name": who, "labels": names},
        [sentence.format(name=who, labels=words, names=", ".join(names))],
    )


def list_notes(bench: Workbench, asked: Namespace) -> Output:
    """List a member's notes."""
    notes = bench.members.own.notes(member_of(bench, asked.member))[: asked.limit]
    cells = [(str(note.id), when(note.at), one_line(note.text, 200)) for note in notes]
    return Output([note_json(note) for note in notes], table(cells) or [tr("No notes yet.")])


def add_note(bench: Workbench, asked: Namespace) -> Output:
    """Add a note."""
    number = member_of(bench, asked.member)
    made = bench.members.own.add_note(number, " ".join(asked.text), _at(bench, asked.on))
    name = bench.members.get(number).name
    return _noted(bench, made, tr("Noted about {name}: number {number}.").format(name=name, number=made))


def edit_note(bench: Workbench, asked: Namespace) -> Output:
    """Change a note."""
    member, _ = bench.members.own.note(asked.note)
    bench.members.own.edit_note(asked.note, " ".join(asked.text), _at(bench, asked.on))
    name = bench.members.get(member).name
    return _noted(bench, asked.note, tr("The note on {name} is changed.").format(name=name))


def _noted(bench: Workbench, number: int, sentence: str) -> Output:
    return Output(note_json(bench.members.own.note(number)[1]), [sentence])


def remove_note(bench: Workbench, asked: Namespace) -> Output:
    """Delete a note."""
    member, gone = bench.members.own.note(asked.note)
    bench.members.own.remove_note(asked.note)
    name = bench.members.get(member).name
    return Output(note_json(gone), [tr("The note on {name} is deleted.").format(name=name)])


def _at(bench: Workbench, typed: str) -> int | None:
    """Noon of a typed day, in Unix seconds; None where none is typed."""
    day = bench.dates.day(typed, back=True) if typed.strip() else ""
    return clock.at_local(datetime.combine(datetime.fromisoformat(day).date(), time(12))) if day else None


def list_fields(bench: Workbench, asked: Namespace) -> Output:
    """List the own fields."""
    fields = bench.members.own.fields()[: asked.limit]
    lines = table([(one.name, _on(one)) for one in fields])
    return Output([_field_json(one) for one in fields], lines or [tr("There are no fields of your own yet.")])


def add_field(bench: Workbench, asked: Namespace) -> Output:
    """Add a field."""
    made = bench.members.own.field(bench.members.own.add_field(asked.name))
    return Output(_field_json(made), [tr("There is a field {name} now.").format(name=made.name)])


def rename_field(bench: Workbench, asked: Namespace) -> Output:
    """Rename a field."""
    before = _named(bench, asked.name)
    bench.members.own.rename_field(before.id, asked.new)
    after = bench.members.own.field(before.id)
    sentence = tr("The field {before} is called {after} now.")
    return Output(_field_json(after), [sentence.format(before=before.name, after=after.name)])


def move_field(bench: Workbench, asked: Namespace) -> Output:
    """Move a field, and list them all."""
    bench.members.own.move_field(_named(bench, asked.name).id, asked.place - 1)
    fields = bench.members.own.fields()
    return Output([_field_json(one) for one in fields], table([(one.name, _on(one)) for one in fields]))


def remove_field(bench: Workbench, asked: Namespace) -> Output:
    """Delete a field."""
    gone = bench.members.own.remove_field(_named(bench, asked.name).id)
    sentence = tr("The field {name} is deleted; it was filled {where}.")
    return Output(_field_json(gone), [sentence.format(name=gone.name, where=_on(gone))])


def _named(bench: Workbench, typed: str) -> Field:
    """The field of that name. Raises NotFoundError with close names."""
    fields = bench.members.own.fields()
    name = known(N_("field"), typed, [one.name for one in fields])
    return next(one for one in fields if one.name == name)


def _field_json(field: Field) -> Shape:
    return {"name": field.name, "members": field.members}


def _on(field: Field) -> str:
    return counted(field.members, "for {count} member", "for {count} members")


def show_days(bench: Workbench, asked: Namespace) -> Output:
    """List birthdays and name days to come."""
    if not 1 <= asked.days <= _MOST_DAYS:
        msg = tr("“{typed}” isn't a number of days. Write one from 1 to {most}.")
        raise UserError(msg.format(typed=asked.days, most=_MOST_DAYS))
    today = clock.local(clock.now()).date()
    days = coming(bench.store.read, today, asked.days)[: asked.limit]
    lines = table([_day_cells(one) for one in days])
    return Output([_day_json(one) for one in days], lines or [tr("Nobody's birthday or name day comes so soon.")])


def _day_json(one: Coming) -> Shape:
    return {
        "member": {"id": ids.display("P", one.member_id), "name": one.member},
        "kind": one.kind, "day": one.day.isoformat(), "name": one.name or None,
    }  # fmt: skip


def _day_cells(one: Coming) -> tuple[str, ...]:
    kind = tr("birthday") if one.kind == "birthday" else tr("name day")
    return ids.display("P", one.member_id), in_words(f"{one.day:%m-%d}"), kind, one.member
