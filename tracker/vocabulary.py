"""The closed vocabularies that every stage uses alike."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class ClaimKind(StrEnum):
    """What a claim asserts: a size somewhere, a move, or something seen."""

    PRESENCE = "presence"
    MOVEMENT = "movement"
    SIGHTING = "sighting"


class Flow(StrEnum):
    """Sense of a movement as seen from its area."""

    IN = "in"
    OUT = "out"
    THROUGH = "through"


class Status(StrEnum):
    """How real the asserted thing is; only `actual` is present strength."""

    ACTUAL = "actual"
    IN_TRANSIT = "in_transit"
    PLANNED = "planned"
    EXPECTED = "expected"
    REQUIRED = "required"
    THREATENED = "threatened"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    RETRACTED = "retracted"
    BACKGROUND = "background"


FORWARD_LOOKING = frozenset(
    {
        Status.PLANNED,
        Status.EXPECTED,
        Status.REQUIRED,
        Status.THREATENED,
        Status.HYPOTHETICAL,
    }
)
"""Statuses that speak of a time which may lie after the publication."""


class Qualifier(StrEnum):
    """How a stated number bounds the size."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    WELL_OVER = "well_over"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    AS_MANY_AS = "as_many_as"
    AT_MOST = "at_most"
    FEWER_THAN = "fewer_than"
    NEARLY = "nearly"
    RANGE = "range"
    TENS_OF_THOUSANDS = "tens_of_thousands"
    THOUSANDS = "thousands"
    HUNDREDS = "hundreds"
    DOZENS = "dozens"
    SEVERAL = "several"
    A_FEW = "a_few"
    A_COUPLE = "a_couple"
    NONE = "none"
    RATIO = "ratio"


class Unit(StrEnum):
    """What is counted."""

    PERSONNEL = "personnel"
    BTG = "BTG"
    COMPANY = "company"
    BATTALION = "battalion"
    BRIGADE = "brigade"
    REGIMENT = "regiment"
    DIVISION = "division"
    CORPS = "corps"
    ARMY = "army"
    TANK = "tank"
    IFV = "IFV"
    APC = "APC"
    MLRS = "MLRS"
    ARTILLERY = "artillery"
    AIR_DEFENCE = "air_defence"
    AIRCRAFT = "aircraft"
    HELICOPTER = "helicopter"
    SHIP = "ship"
    TRAIN = "train"
    WAGON = "wagon"
    VEHICLE = "vehicle"
    CONVOY = "convoy"
    LAUNCHER = "launcher"


class Change(StrEnum):
    """Whether a number is the size itself or what was added to it."""

    TOTAL = "total"
    INCREMENT = "increment"


class Extent(StrEnum):
    """How much of the area's forces a claim speaks of."""

    WHOLE = "whole"
    PART = "part"
    UNIT = "unit"


class Presence(StrEnum):
    """In which capacity forces are at the place."""

    IN_PLACE = "in_place"
    EN_ROUTE = "en_route"
    MIXED = "mixed"
    EXERCISE = "exercise"
    RESERVE = "reserve"
    COMMITTED = "committed"


class Scope(StrEnum):
    """Which services and formations a size includes."""

    ALL_SERVICES = "all_services"
    LAND_ONLY = "land_only"
    AIR = "air"
    NAVAL = "naval"
    AIR_AND_NAVAL = "air_and_naval"
    INCL_SEPARATISTS = "incl_separatists"
    SEPARATISTS_ONLY = "separatists_only"
    RUSSIAN_AND_BELARUSIAN = "russian_and_belarusian"


class PlaceRole(StrEnum):
    """What a place is to a claim."""

    AT = "at"
    FROM = "from"
    TO = "to"
    VIA_PLACE = "via_place"


class Direction(StrEnum):
    """Compass sense of a movement."""

    N = "N"
    NE = "NE"
    E = "E"
    SE = "SE"
    S = "S"
    SW = "SW"
    W = "W"
    NW = "NW"


class Mode(StrEnum):
    """How forces travel."""

    RAIL = "rail"
    ROAD = "road"
    SEA = "sea"
    AIR = "air"


class Per(StrEnum):
    """Rate base of a number."""

    DAY = "day"


class Precision(StrEnum):
    """How sharply a time is known."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    UNKNOWN = "unknown"


class Reliability(StrEnum):
    """Reliability of a source on the Admiralty scale (NATO STANAG 2511)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(IntEnum):
    """Credibility of one piece of information on the Admiralty scale (NATO STANAG 2511)."""

    CONFIRMED = 1
    PROBABLY_TRUE = 2
    POSSIBLY_TRUE = 3
    DOUBTFUL = 4
    IMPROBABLE = 5
    CANNOT_BE_JUDGED = 6


class Outcome(StrEnum):
    """What a person decided about a claim; `none` is 'not looked at', never 'unsure'."""

    NONE = "none"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"
