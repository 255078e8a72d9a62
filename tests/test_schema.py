"""docs/schema.sql is what an empty file holds after all migrations."""

from __future__ import annotations

import schema


def test_the_described_schema_is_the_real_one() -> None:
    written = schema.SCHEMA.read_text(encoding="utf-8")
    assert written == schema.schema(), "run .venv/bin/python packaging/schema.py"
