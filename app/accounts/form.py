"""Validation of the account form's values, whose fields the channel declares."""

from __future__ import annotations

from collections.abc import Mapping

from app.accounts.senders import in_field
from app.base.errors import FieldError, UserError
from app.base.words import tr
from app.channels.base import Channel


def answered(of: Channel, fields: Mapping[str, str]) -> dict[str, str]:
    """The plain fields with defaults filled in. Raises UserError for unknown fields, FieldError for invalid values."""
    plain = {field.key: field for field in of.fields if not field.secret}
    for key in fields:
        if key not in plain:
            msg = tr("{title} has no field “{key}”. It has: {fields}.").format(
                title=tr(of.title), key=key, fields=", ".join(plain)
            )
            raise UserError(msg)
    values: dict[str, str] = {}
    for key, field in plain.items():
        value = str(fields.get(key, "")).strip() or field.default
        if field.needed(fields) and not value:
            msg = tr("Fill in “{label}”: {title} needs it.").format(label=tr(field.label), title=of.title)
            raise FieldError(msg, key)
        if field.choices and value and value not in field.choices:
            msg = tr("“{label}” can't be “{value}”. Choose from: {choices}.").format(
                label=tr(field.label), value=value, choices=", ".join(filter(None, field.choices))
            )
            raise FieldError(msg, key)
        if key.endswith("_port") and value and not (value.isdecimal() and 0 < int(value) < 65_536):  # noqa: PLR2004  ports are 16 bits
            msg = tr("“{value}” isn't a port. Use a number from 1 to 65535.").format(value=value)
            raise FieldError(msg, key)
        if value:
            values[key] = value
    return values


def own_names(of: Channel, fields: Mapping[str, str]) -> list[str]:
    """Our own addresses or handles on the channel, lower-cased, from the fields that the channel declares as such."""
    values = [fields.get(key, "") for key in of.extra.get("own", "").split()]
    if of.by_address:
        return list(dict.fromkeys(sender.address.lower() for text in values for sender in in_field(text)))
    names = [name.strip().lower() for text in values for name in text.replace(",", "\n").split("\n")]
    return list(dict.fromkeys(name for name in names if name and not any(mark.isspace() for mark in name)))
