"""The demo community: a small lemonade brand, made up by us, to look around in. Nothing in it leaves the laptop."""

from app.demo.build import build, throwaway

__all__ = ["build", "throwaway"]
