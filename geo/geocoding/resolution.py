"""Chooses what each name of a text means, all names of the text together."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable

from geo.gazetteer.place import STRIP_KINDS, Place
from geo.geocoding.meanings import Candidate
from geo.geocoding.nearness import apart_km, is_same, lies_in
from geo.geocoding.recognition import Span

# Chosen on one half of the development documents.
CONTAINER_WEIGHT = 9.0
TEMPERATURE = 1.3
ROUNDS = 2
LONGEST_JOINT = 18
SMOOTHING = 0.05
# Weight of names that are not there, in the languages whose villages the gazetteer has: one other
# name does not carry a hamlet over a city.
FEW_NAMES = 0.3
LEAST_VOTE = 0.02
LEAST_MERGED = 0.004
# A text that names nations at every third place and no region or county is world news: its
# nations are who acts, so they say little about where, and doubtful names say less.
NATIONS_SHARE = 0.3
NATION_VOTE = 0.1
DOUBT_EXPONENT = 2
SAME_POINT_DEG = 0.03  # of latitude; rules most pairs out before the distance is computed

# People write of their own country most: log-odds by the language of the text.
OF_LANGUAGE = {"uk": {"UA": 2.0}, "ru": {"RU": 0.8, "UA": 0.8, "BY": 0.8}}
# A river that is named like a town, after a word for its water or its banks.
_WATER = re.compile(
    r"(?:\briver|\bbanks? of|\balong|\bacross|\brivers|\bрек[аиеуой]+|\bберег\w*|\bвдоль|\bустье|"
    r"\bрусл\w+|\bрічк\w+|\bрічц\w+|\bріка|\bріки|\bрікою|\bберез\w+|\bвздовж|\bуздовж|\bгирл\w+) "
    r"(?:the )?(?:river )?(?:реки |річки )?$",
    re.IGNORECASE,
)
WATER_WEIGHT = 12.0
WATER_CHARS = 24
NEAR_WEIGHT = 6.0
NEAR_KM = 60.0
FIRST_CYRILLIC = "\u0400"
KNOWN_TOWN = 20_000  # inhabitants; "Харьков, Сумская область" is a list of two
TOWN_KINDS = frozenset(("settlement", "capital"))
CONTAINER_KINDS = frozenset(("country", "admin1", "admin2"))
REGION_KINDS = frozenset(("admin1", "admin2"))
NATIONAL_KINDS = frozenset(("country", "historic_country", "capital", "landmark"))
_JOINED = re.compile(r"^(?:, (?:in )?| \(|,? in |, the | |,? [вуна]{1,2} (?:окупован\w+ )?)$")
# "Калиновка под Киевом", "a village near Odesa": the first lies by the second.
_BESIDE = re.compile(
    r"^,? (?:под|возле|около|близ|недалеко от|рядом с|под|під|біля|поблизу|неподалік(?: від)?|"
    r"недалеко від|поруч із|near|outside|close to) (?:the )?$"
)


# "в Берёзовом на Угледарском направлении", "в тылу Бахмутского фронта".
_TOWARDS = re.compile(r"^,? (?:на|в|у|в тылу|у тилу|в тилу) $")


class Group:
    """All mentions of one name in a text: they mean the same place.

    Parameters
    ----------
    candidates
        What the name can mean.

    Attributes
    ----------
    mentions
        How often the text names it.
    boost
        Log-odds that containers add to each candidate.
    shares
        Probabilities of the candidates.
    contained
        Words of the container that decided, if any.
    unlisted_in
        The region in which the text puts the name, where the gazetteer has none of that name.
    """

    __slots__ = ("boost", "candidates", "contained", "mentions", "shares", "unlisted_in")

    def __init__(self, candidates: tuple[Candidate, ...]) -> None:
        self.candidates = candidates
        self.mentions = 0
        self.boost = [0.0] * len(candidates)
        self.shares: list[float] = []
        self.contained = ""
        self.unlisted_in: Place | None = None

    def logits(self) -> list[float]:
        """Return the log-odds of the candidates before the other names are heard.

        Returns
        -------
        list of float
            Prior and boost of each candidate.
        """
        return [c.prior + b for c, b in zip(self.candidates, self.boost, strict=True)]


def resolve(text: str, spans: list[Span], lang: str = "") -> dict[str, Group]:
    """Return what each name means, by its key.

    Containers that the text names ("X, Smolensk region") come first, then countries, regions
    and neighbourhoods on which the names of the text agree, in a fixed number of rounds.

    Parameters
    ----------
    text
        The text.
    spans
        Its names, in order.
    lang
        `ru` or `uk` where the text is in that language.

    Returns
    -------
    dict of str to Group
        One group for each distinct key.
    """
    groups: dict[str, Group] = {}
    for span in spans:
        group = groups.get(span.key)
        if group is None:
            group = groups[span.key] = Group(span.candidates)
            if lang in OF_LANGUAGE:
                of_country = OF_LANGUAGE[lang]
                group.boost = [of_country.get(c.place.country or "", 0.0) for c in span.candidates]
        group.mentions += 1
    _apply_waters(text, spans, groups)
    _apply_containers(text, spans, groups)
    for group in groups.values():
        group.shares = _softmax(group.logits())
    if len(groups) > 1:
        world_news = _is_world_news(groups.values())
        absent = FEW_NAMES if lang in OF_LANGUAGE else 0.0
        for _ in range(ROUNDS):
            _vote(groups, world_news=world_news, absent=absent)
    return groups


def _apply_waters(text: str, spans: list[Span], groups: dict[str, Group]) -> None:
    # Let "the bank of X" speak for the river X.
    rivers = {
        key: here
        for key, group in groups.items()
        if len(group.candidates) > 1
        and (here := [i for i, c in enumerate(group.candidates) if c.place.kind in STRIP_KINDS])
    }
    if not rivers:
        return
    for span in spans:
        head = text[max(0, span.start - WATER_CHARS) : span.start]
        if span.key in rivers and _WATER.search(head):
            for i in rivers[span.key]:
                groups[span.key].boost[i] += WATER_WEIGHT


def _is_world_news(groups: Iterable[Group]) -> bool:
    # Whether a text speaks of nations and of no part of one.
    named = nations = 0
    for group in groups:
        kind = group.candidates[0].place.kind
        if group.contained or kind in REGION_KINDS:
            return False
        named += group.mentions
        nations += group.mentions if kind == "country" else 0
    return nations >= NATIONS_SHARE * named


def _apply_containers(text: str, spans: list[Span], groups: dict[str, Group]) -> None:
    """Let "A, B" fix A inside B and B as what holds A."""
    for inner, outer in itertools.pairwise(spans):
        gap = outer.start - inner.end
        if gap > LONGEST_JOINT or gap < 1 or inner.key == outer.key:
            continue
        joint = text[inner.end : outer.start]
        if _BESIDE.match(joint) or (_TOWARDS.match(joint) and _is_adjective(outer)):
            _pull_beside(groups[inner.key], groups[outer.key])
            continue
        if not _JOINED.match(joint):
            continue
        comma = "," in joint or "(" in joint
        fits = [
            (i, j)
            for j, o in enumerate(outer.candidates)
            if o.place.kind in CONTAINER_KINDS
            for i, c in enumerate(inner.candidates)
            if c.place.index != o.place.index and lies_in(c.place, o.place)
        ]
        if not fits and _is_put_into(inner, joint, outer):
            groups[inner.key].unlisted_in = outer.candidates[0].place
        if not fits or not (comma or outer.candidates[fits[0][1]].place.kind == "admin1"):
            continue
        group, container = groups[inner.key], groups[outer.key]
        for i in {i for i, _ in fits}:
            group.boost[i] += CONTAINER_WEIGHT
        best = max(container.candidates[j].prior for _, j in fits)
        for j in {j for _, j in fits}:
            if container.candidates[j].prior >= best - 1e-9 or not comma:
                container.boost[j] = max(container.boost[j], CONTAINER_WEIGHT / 2)
        group.contained = text[outer.start : outer.end]


def _is_adjective(span: Span) -> bool:
    # Whether a name is the adjective of a direction, a front or a district.
    return "adjective:noun" in span.evidence or "adjective:district" in span.evidence


def _pull_beside(group: Group, other: Group) -> None:
    # Let "A near B" speak for an A within reach of the likeliest B.
    anchor = max(other.candidates, key=lambda c: c.prior).place
    if anchor.kind in TOWN_KINDS:
        for i, candidate in enumerate(group.candidates):
            if apart_km(candidate.place, anchor) <= NEAR_KM:
                group.boost[i] += NEAR_WEIGHT


def _is_put_into(inner: Span, joint: str, outer: Span) -> bool:
    # Whether a text puts a town into a region: "Лозовое Донецкой области", "X (Сумская область)".
    region = outer.candidates[0].place
    return (
        region.kind == "admin1"
        and " " in outer.key
        and outer.key[-1] >= FIRST_CYRILLIC
        and inner.name.place.kind in TOWN_KINDS
        and (joint in {" ", " ("} or (joint == ", " and inner.name.place.population < KNOWN_TOWN))
    )


def _vote(groups: dict[str, Group], *, world_news: bool, absent: float) -> None:
    """Move the shares towards the countries, regions and cells that other names stand for."""
    votes: dict[object, float] = {}
    own: dict[str, dict[object, float]] = {}
    total = 0.0
    for key, group in groups.items():
        weight = math.sqrt(group.mentions)
        total += weight
        own[key] = (_world_ballot if world_news else _ballot)(group, weight)
        for what, amount in own[key].items():
            votes[what] = votes.get(what, 0.0) + amount
    scale = 1.0 / (total * SMOOTHING + absent)
    for key, group in groups.items():
        if len(group.candidates) > 1:
            supports = _supports(group.candidates, votes, own[key], scale)
            group.shares = _softmax(
                [logit + s for logit, s in zip(group.logits(), supports, strict=True)]
            )


def _ballot(group: Group, weight: float) -> dict[object, float]:
    # How much a name speaks for each country, region and cell.
    ballot: dict[object, float] = {}
    for candidate, share in zip(group.candidates, group.shares, strict=True):
        if share >= LEAST_VOTE:
            for what in candidate.ballot:
                ballot[what] = ballot.get(what, 0.0) + share * weight
    return ballot


def _world_ballot(group: Group, weight: float) -> dict[object, float]:
    # As `_ballot`, in news of nations: a nation or its government hardly speaks for its towns.
    ballot: dict[object, float] = {}
    for candidate, share in zip(group.candidates, group.shares, strict=True):
        if share >= LEAST_VOTE:
            place = candidate.place
            vote = weight * share**DOUBT_EXPONENT
            for what in candidate.ballot:
                national = what == place.country and place.kind in NATIONAL_KINDS
                ballot[what] = ballot.get(what, 0.0) + (NATION_VOTE * vote if national else vote)
    return ballot


def _supports(
    candidates: tuple[Candidate, ...],
    votes: dict[object, float],
    mine: dict[object, float],
    scale: float,
) -> list[float]:
    # The log-odds that the other names of the text lend to each candidate.
    lent: dict[object, float] = {}
    supports = []
    for candidate in candidates:
        support = 0.0
        for what, weight in candidate.votes:
            term = lent.get(what)
            if term is None:
                others = votes.get(what, 0.0) - mine.get(what, 0.0)
                term = lent[what] = math.log1p(others * scale) if others > 1e-9 else 0.0
            support += weight * term
        supports.append(support)
    return supports


def _softmax(logits: list[float]) -> list[float]:
    if len(logits) == 1:
        return [1.0]
    top = max(logits)
    powers = [math.exp((x - top) / TEMPERATURE) for x in logits]
    total = sum(powers)
    return [p / total for p in powers]


def ranked(group: Group) -> list[tuple[Candidate, float]]:
    """Return the candidates of a group with their probabilities, likeliest first.

    Entries of several tables for one place are one: the later one lends its share to the first.

    Returns
    -------
    list[tuple[Candidate, float]]
        The candidates of a group with their probabilities, likeliest first.
    """
    pairs = list(zip(group.candidates, group.shares, strict=True))
    if len(pairs) == 1:
        return pairs
    pairs.sort(key=lambda p: -p[1])
    kept: list[tuple[Candidate, float]] = []
    for candidate, share in pairs:
        twin = _twin(candidate.place, kept) if share >= LEAST_MERGED else None
        if twin is None:
            kept.append((candidate, share))
        else:
            kept[twin] = (kept[twin][0], kept[twin][1] + share)
    return kept


def _twin(place: Place, kept: list[tuple[Candidate, float]]) -> int | None:
    # Which of the candidates so far is the same place.
    country, lat, is_area = place.country, place.lat, place.is_area
    if lat is None:
        return None
    for i, (candidate, _) in enumerate(kept):
        other = candidate.place
        if (
            other.country == country
            and other.lat is not None
            and (abs(lat - other.lat) <= SAME_POINT_DEG or is_area or other.is_area)
            and is_same(place, other)
        ):
            return i
    return None
