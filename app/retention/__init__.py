"""Rules by which what was said is kept only for so long: what is due, what is held back, a trial, and the run."""

from app.retention.desk import Retention
from app.retention.due import Due, Trial
from app.retention.rule import Rule

__all__ = ["Due", "Retention", "Rule", "Trial"]
