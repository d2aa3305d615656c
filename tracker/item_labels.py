"""What a map page calls what it shows of a claim: categories, details, filters, affiliations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tracker.vocabulary import Unit

CATEGORIES: Mapping[Unit, str] = {
    Unit.TANK: "armour",
    Unit.IFV: "armour",
    Unit.APC: "armour",
    Unit.MLRS: "artillery",
    Unit.ARTILLERY: "artillery",
    Unit.LAUNCHER: "artillery",
    Unit.AIR_DEFENCE: "air_defence",
    Unit.AIRCRAFT: "aircraft",
    Unit.HELICOPTER: "aircraft",
    Unit.SHIP: "ships",
    Unit.TRAIN: "trains",
    Unit.WAGON: "trains",
}
CATEGORY_LABELS: Mapping[str, str] = {
    "troops": "Troops and vehicles",
    "armour": "Armour",
    "artillery": "Artillery and missiles",
    "air_defence": "Air defence",
    "aircraft": "Aircraft",
    "ships": "Ships",
    "trains": "Trains",
}
DETAILS: Mapping[str, str] = {
    "Size": "size",
    "Place": "place",
    "Could also be": "alternatives",
    "When": "when",
    "Whose": "actor",
    "Claimant": "claimant",
    "Relayed by": "via",
    "Status": "status",
    "Formation": "formation",
    "Grade (source, claim)": "grade",
    "Source": "citation",
    "Archived bytes (SHA-256)": "sha256",
    "Claim": "claim_id",
}
"""What the panel of an item shows, in this order: label -> column."""

FILTERS: Mapping[str, str] = {
    "Whose": "actor",
    "Kind": "kind",
    "Status": "status",
    "Formation": "formation",
    "Claimant": "claimant",
    "Reliability of the source": "reliability",
    "Credibility of the claim": "credibility",
}
"""What a reader may filter by beside the equipment, which the categories are: label -> column."""

IDENTITIES: Mapping[str, str] = {"unknown": "1", "friend": "3", "neutral": "4", "hostile": "6"}
"""Standard identities of APP-6(D) that map symbols are drawn for."""

AFFILIATIONS: Mapping[str, Literal["friend", "neutral", "hostile", "unknown"]] = {
    "RU": "hostile",
    "separatist": "hostile",
    "UA": "friend",
}
"""Whose friend an actor is, seen from the state around which troops gather; unknown of others."""
