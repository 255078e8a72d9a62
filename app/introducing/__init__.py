"""Introducing two members: the letters that ask both, bring them together, or let it be. Nothing is sent by itself."""

from app.introducing.desk import Begun, Introducing

__all__ = ["Begun", "Introducing"]
