"""The demo community: a fictional lemonade brand to explore Rapport with. Nothing in it leaves the computer."""

from app.demo.build import build, taken_away_unless_whole, throwaway

__all__ = ["build", "taken_away_unless_whole", "throwaway"]
