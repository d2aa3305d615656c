"""One row of coded claims: its cells read strictly into a report, a version and a claim."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from tracker.claimants import Claimants
from tracker.claims.claim import Claim, Equipment, PlaceMention, Quote, cited_address
from tracker.claims.measure import Measure
from tracker.errors import InvalidValueError
from tracker.reports.report import Report, Version
from tracker.timespan import Timespan, parse_date, span_of_dates
from tracker.vocabulary import (
    FORWARD_LOOKING,
    Change,
    ClaimKind,
    Credibility,
    Direction,
    Extent,
    Flow,
    Mode,
    Per,
    PlaceRole,
    Precision,
    Presence,
    Qualifier,
    Scope,
    Status,
    Unit,
)

EXTRACTOR = "coded/1"
REQUIRED = ("id", "actor", "area", "observed_from", "published", "claimant", "kind", "status")
OPTIONAL = (
    "observed_to",
    "via",
    "qualifier",
    "low",
    "high",
    "best",
    "unit",
    "scope",
    "extent",
    "change",
    "quote",
    "citation",
    "flow",
    "approx",
    "per",
    "relative_to",
    "presence",
    "from",
    "to",
    "via_place",
    "direction",
    "mode",
    "equipment",
    "equipment_text",
    "formation",
    "observed_precision",
    "target_date",
    "expected_until",
    "relays",
    "relay_type",
    "corrects",
    "inferred",
    "verification",
    "confidence",
    "note",
    "lon",
    "lat",
    "radius_km",
)
COLUMNS = (*REQUIRED, *OPTIONAL)

MOST_TEXT_CHARACTERS = 300
_POINTS = frozenset({Qualifier.EXACT, Qualifier.ABOUT})
_FLOORS = frozenset({Qualifier.MORE_THAN, Qualifier.WELL_OVER, Qualifier.AT_LEAST})
_CEILINGS = frozenset(
    {
        Qualifier.UP_TO,
        Qualifier.AS_MANY_AS,
        Qualifier.AT_MOST,
        Qualifier.FEWER_THAN,
        Qualifier.NEARLY,
    }
)
_ROLES = {
    "area": PlaceRole.AT,
    "from": PlaceRole.FROM,
    "to": PlaceRole.TO,
    "via_place": PlaceRole.VIA_PLACE,
}
_E = TypeVar("_E", bound=Enum)


@dataclass(frozen=True, kw_only=True, slots=True)
class CodedClaim:
    """One accepted row.

    Parameters
    ----------
    row_id : str
        The row's own id.
    report, version, claim : Report, Version, Claim
        What it becomes.
    position : tuple of float or None
        Longitude, latitude (degrees) and radius (km) of its `area`, where the row gives them.
    """

    row_id: str
    report: Report
    version: Version
    claim: Claim
    position: tuple[float, float, float] | None = None


def read_row(row: Mapping[str, str], source: str, claimants: Claimants) -> CodedClaim:
    """Read one row.

    Parameters
    ----------
    row : Mapping of str to str
        Cells by column, stripped; every required column is there.
    source : str
        Id under which the file's rows are known.
    claimants : Claimants
        Registry that knows ids and grades of claimants.

    Returns
    -------
    CodedClaim
        What the row becomes.

    Raises
    ------
    InvalidValueError
        Where a cell cannot be what its column says.
    """
    row_id = _required(row, "id")
    published = parse_date(_required(row, "published"))
    quote = row.get("quote") or _row_as_words(row)
    note = row.get("note", "")
    report = Report(source=source, own_id=row_id, address=cited_address(row.get("citation")))
    version = Version(
        report_id=report.id,
        title=f"{row['claimant']} ({row_id})",
        text=f"{quote}\n{note}" if note else quote,
        published_at=published.end,
        known_at=published.end,
    )
    claimant = row["claimant"] or None
    claimant_id = claimants.find(claimant) if claimant else None
    claim = Claim(
        report_id=report.id,
        version_id=version.id,
        quote=Quote.whole(quote),
        known_at=published.end,
        extractor=EXTRACTOR,
        actor=_required(row, "actor"),
        claimant=claimant,
        claimant_id=claimant_id,
        reliability=claimants.get(claimant_id).reliability if claimant_id else None,
        measure=_measure(row),
        equipment=_equipment(row),
        places=_places(row),
        observed=_observed(row),
        via=_several(row, "via"),
        relays=_several(row, "relays"),
        corrects=_several(row, "corrects"),
        relay_type=row.get("relay_type") or None,
        formation=row.get("formation") or None,
        citation=row.get("citation") or None,
        inferred=_yes(row, "inferred"),
        credibility=_credibility(row),
        kind=_required_word(row, "kind", ClaimKind),
        status=_required_word(row, "status", Status),
        flow=_word(row, "flow", Flow),
        extent=_word(row, "extent", Extent),
        scope=_word(row, "scope", Scope),
        presence=_word(row, "presence", Presence),
        direction=_word(row, "direction", Direction),
        mode=_word(row, "mode", Mode),
    )
    return CodedClaim(
        row_id=row_id, report=report, version=version, claim=claim, position=_position(row)
    )


def _required(row: Mapping[str, str], name: str) -> str:
    if not row[name]:
        raise InvalidValueError(f"the cell {name!r} is empty and must not be.")
    return row[name]


def _word(row: Mapping[str, str], name: str, kind: type[_E]) -> _E | None:
    cell = row.get(name, "")
    if not cell:
        return None
    allowed = [str(member.value) for member in kind]
    if cell not in allowed:
        near = difflib.get_close_matches(cell, allowed, n=1)
        hint = f"; is it {near[0]!r}?" if near else ""
        raise InvalidValueError(f"{name} {cell[:40]!r} is none of {', '.join(allowed)}{hint}")
    return kind(cell)


def _required_word(row: Mapping[str, str], name: str, kind: type[_E]) -> _E:
    _required(row, name)
    word = _word(row, name, kind)
    assert word is not None
    return word


def _several(row: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in row.get(name, "").split(";") if part.strip())


def _yes(row: Mapping[str, str], name: str) -> bool:
    cell = row.get(name, "").casefold()
    if cell not in {"", "yes", "no", "true", "false"}:
        raise InvalidValueError(f"{name} {cell[:40]!r} is neither yes nor no.")
    return cell in {"yes", "true"}


def _number(row: Mapping[str, str], name: str) -> float | None:
    cell = row.get(name, "")
    if not cell:
        return None
    try:
        return float(cell)
    except ValueError:
        raise InvalidValueError(
            f"{name} {cell[:40]!r} is no number; write digits without separators."
        ) from None


def _measure(row: Mapping[str, str]) -> Measure | None:
    qualifier = _word(row, "qualifier", Qualifier)
    low, high, best = (_number(row, name) for name in ("low", "high", "best"))
    if qualifier is None:
        if (low, high, best) != (None, None, None):
            raise InvalidValueError("a number needs a qualifier beside it, 'exact' for a bare one.")
        return None
    if qualifier in _FLOORS and low is None:
        low = best
    if qualifier in _CEILINGS and high is None:
        high = best
    needed = {"low": low} if qualifier in _FLOORS else {}
    needed |= {"high": high} if qualifier in _CEILINGS else {}
    needed |= {"best": best} if qualifier in _POINTS else {}
    for name, number in needed.items():
        if number is None:
            raise InvalidValueError(f"the qualifier {qualifier} needs a number in {name!r}.")
    measure = Measure(
        qualifier=qualifier,
        unit=_word(row, "unit", Unit),
        approx=_yes(row, "approx"),
        per=_word(row, "per", Per),
        relative_to=row.get("relative_to") or None,
        change=_word(row, "change", Change) or Change.TOTAL,
        low=low,
        high=high,
        best=best,
    )
    for name, number in needed.items():
        if best is not None and number != best:
            raise InvalidValueError(
                f"{name} {number:g} and best {best:g} differ, but {qualifier} states one number; "
                "write it into both, or use the qualifier range."
            )
    return measure


def _equipment(row: Mapping[str, str]) -> tuple[Equipment, ...]:
    words = row.get("equipment_text", "")
    allowed = {"equipment": ""}
    classes: list[Equipment] = []
    for part in _several(row, "equipment"):
        allowed["equipment"] = part
        unit = _word(allowed, "equipment", Unit)
        assert unit is not None
        classes.append(Equipment(unit=unit, text=words or part))
    return tuple(classes)


def _places(row: Mapping[str, str]) -> tuple[PlaceMention, ...]:
    return tuple(
        PlaceMention(role=role, text=name[:MOST_TEXT_CHARACTERS])
        for column, role in _ROLES.items()
        for name in _several(row, column)
    )


def _observed(row: Mapping[str, str]) -> Timespan | None:
    status = _word(row, "status", Status)
    planned_for = row.get("target_date") or row.get("expected_until")
    precision = _word(row, "observed_precision", Precision)
    if status in FORWARD_LOOKING and planned_for:
        return parse_date(planned_for)
    if not row["observed_from"]:
        return None
    last = row.get("observed_to") or row["observed_from"]
    return span_of_dates(row["observed_from"], last, precision)


def _credibility(row: Mapping[str, str]) -> Credibility | None:
    # Announced and verified by nobody: on the Admiralty scale its truth cannot be judged.
    unverified = row.get("verification") == "claimed_unverified"
    return Credibility.CANNOT_BE_JUDGED if unverified else None


def _position(row: Mapping[str, str]) -> tuple[float, float, float] | None:
    lon, lat = _number(row, "lon"), _number(row, "lat")
    if lon is None and lat is None:
        return None
    if lon is None or lat is None or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InvalidValueError(f"lon {lon}, lat {lat} is no position on the globe.")
    radius_km = _number(row, "radius_km")
    if radius_km is None or not 0 <= radius_km <= 20_000:
        raise InvalidValueError("a position needs its radius_km, between 0 and 20000.")
    return lon, lat, radius_km


def _row_as_words(row: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {cell}" for name, cell in row.items() if cell and name in COLUMNS)
