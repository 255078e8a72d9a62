"""The demo's templates, voice guide and teammates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.base import resources
from app.demo.times import day, moment

if TYPE_CHECKING:
    from app.demo.planting import Planting


def plant(planting: Planting) -> None:
    """Write them all."""
    for template in resources.table("demo", "templates.toml")["template"]:
        _template(planting, template)
    _voice(planting, resources.table("demo", "voice.toml"))
    _teammates(planting, resources.table("demo", "teammates.toml")["teammate"])


def _template(planting: Planting, told: dict[str, Any]) -> None:
    at = moment("-400d", planting.now)
    made = planting.conn.execute(
        "INSERT INTO template (key, name, use, created_at) VALUES (?, ?, ?, ?)",
        (told["key"], told["name"], told.get("use", ""), at),
    )
    planting.conn.executemany(
        "INSERT INTO template_text (template_id, language, variant, body, updated_at) VALUES (?, ?, ?, ?, ?)",
        [
            (made.lastrowid, text["language"], text.get("variant", "A"), text["body"].strip(), at)
            for text in told["text"]
        ],
    )


def _voice(planting: Planting, told: dict[str, Any]) -> None:
    conn = planting.conn
    conn.execute("INSERT OR REPLACE INTO voice_guide VALUES (1, ?, 7)", (told["guide"]["who_we_are"].strip(),))
    for place, trait in enumerate(told.get("trait", ())):
        made = conn.execute(
            "INSERT INTO voice_trait (name, why, position) VALUES (?, ?, ?)",
            (trait["name"], trait.get("why", ""), place),
        )
        conn.executemany(
            "INSERT INTO voice_example (trait_id, language, do, dont) VALUES (?, ?, ?, ?)",
            [(made.lastrowid, pair["language"], pair["do"], pair.get("dont", "")) for pair in trait.get("example", ())],
        )
    conn.executemany(
        "INSERT INTO voice_rule (language, words, level, risk, why, instead, until, position)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                rule.get("language", ""), "\n".join(rule["words"]), rule["level"], rule.get("risk", "tone"),
                rule["why"],
                rule.get("instead", ""), moment(rule["until"], planting.now) if rule.get("until") else None, place,
            )
            for place, rule in enumerate(told.get("rule", ()))
        ],
    )  # fmt: skip


def _teammates(planting: Planting, told: list[dict[str, Any]]) -> None:
    conn = planting.conn
    for who in told:
        away = [day(who[key], planting.now) if who.get(key) else None for key in ("away_from", "away_until")]
        made = conn.execute(
            "INSERT INTO teammate (name, team, email, languages, subjects, away_from, away_until)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (who["name"], who.get("team", ""), who.get("email", ""), " ".join(who.get("languages", ())),
             "\n".join(who.get("subjects", ())), *away),
        )  # fmt: skip
        planting.teammates[who["key"]] = int(made.lastrowid or 0)
    for who in told:
        if who.get("stand_in"):
            pair = (planting.teammates[who["stand_in"]], planting.teammates[who["key"]])
            conn.execute("UPDATE teammate SET stand_in_id = ? WHERE id = ?", pair)
