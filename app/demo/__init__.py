"""The demo community: a small lemonade brand, made up by us, to look around in. Nothing in it leaves the laptop."""

from app.demo.build import build, taken_away_unless_whole, throwaway

__all__ = ["build", "taken_away_unless_whole", "throwaway"]
