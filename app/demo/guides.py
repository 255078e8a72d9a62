"""The demo's templates, voice guide, words of its own and teammates."""

from __future__ import annotations

from app import templates, voice
from app.base import resources
from app.demo.planting import Plant, Planting


def plant(planting: Planting) -> None:
    """Create templates, voice guide, own words and teammates, but not yet their stand-ins."""
    bench = planting.bench
    bench.templates.bring_in(templates.read(_text("templates.toml")), at=planting.moment("-400d"))
    bench.templates.bring_in(
        templates.read(resources.ROOT.joinpath("starter", "following.toml").read_text("utf-8")),
        at=planting.moment("-400d"),
    )
    bench.voice.bring_in(voice.read(_text("voice.toml")))
    for language, words in resources.table("demo", "words.toml")["words"].items():
        for word in words:
            bench.spelling.add(word, language)
    for who in _team():
        planting.teammates[who["key"]] = bench.teammates.add(
            who["name"],
            team=who.get("team", ""),
            email=who.get("email", ""),
            languages=who.get("languages", ()),
            subjects=who.get("subjects", ()),
            away_from=planting.day(who.get("away_from", "")),
            away_until=planting.day(who.get("away_until", "")),
        )


def plant_stand_ins(planting: Planting) -> None:
    """Set the teammates' stand-ins."""
    for who in _team():
        if "stand_in" in who:
            stand_in = planting.teammates[who["stand_in"]]
            planting.bench.teammates.edit(planting.teammates[who["key"]], {"stand_in_id": stand_in})


def plant_responsible(planting: Planting) -> None:
    """Say who answers for accounts and subjects."""
    desk = planting.bench.responsible
    for one in resources.table("demo", "teammates.toml")["responsible"]:
        mate, stand_in = planting.teammates.get(one.get("teammate")), planting.teammates.get(one.get("stand_in"))
        if "account" in one:
            desk.set_account(planting.accounts[one["account"]], mate, stand_in)
        else:
            desk.set_subject(one["subject"], mate, stand_in)


def _team() -> list[Plant]:
    teammates: list[Plant] = resources.table("demo", "teammates.toml")["teammate"]
    return teammates


def _text(name: str) -> str:
    return resources.ROOT.joinpath("demo", name).read_text("utf-8")
