"""What comes back from teammates: edited files of hand-offs and gifts, and letters that answer one."""

from __future__ import annotations

from app.returns.columns import Place, places
from app.returns.desk import Choices, Returns, decisions
from app.returns.headers import OWNED as FILLED_IN
from app.returns.letters import PlainAnswer
from app.returns.rows import (
    COLUMN_NAMES,
    MINE,
    THEIRS,
    Applied,
    Change,
    Conflict,
    Ignored,
    Preview,
    Question,
    Row,
)
from app.returns.telling import because, encoding_name, value_in_words

__all__ = [
    "COLUMN_NAMES",
    "FILLED_IN",
    "MINE",
    "THEIRS",
    "Applied",
    "Change",
    "Choices",
    "Conflict",
    "Ignored",
    "Place",
    "PlainAnswer",
    "Preview",
    "Question",
    "Returns",
    "Row",
    "because",
    "decisions",
    "encoding_name",
    "places",
    "value_in_words",
]
