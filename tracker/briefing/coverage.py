"""Who spoke, who fell silent, and which claims a person should check first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from tracker.briefing.draft import Draft, end_of
from tracker.briefing.model import Section, Statement
from tracker.briefing.phrases import (
    change_in_words,
    percent,
    plain,
    speaker_in_words,
    subject_in_words,
)
from tracker.claims.claim import Claim
from tracker.evidence.contradictions import Contradiction
from tracker.evidence.review import MOVES_MEDIAN, UNSURE_BELOW, Doubt, doubts

SILENT_AFTER = timedelta(days=14)
USUAL = timedelta(weeks=8)
"""Before that silence, the time in which a speaker has to have spoken `SPOKE_OFTEN` times."""
SPOKE_OFTEN = 3
MOST_SILENT = 8
MOST_LOOKED_AT = 5


def write_coverage(draft: Draft) -> list[Section]:
    """Say how much was said, so that silence is not taken for calm.

    Parameters
    ----------
    draft : Draft
        The briefing.

    Returns
    -------
    list of Section
        One section: claims and speakers of the period beside what is usual, and who fell silent.
    """
    edition, fresh = draft.edition, draft.fresh
    own = [claim for claim in draft.evidence.claims if draft.is_subject(claim)]
    since = end_of(edition.since)
    before = [claim for claim in own if since - USUAL <= claim.known_at < since]
    counts = draft.say(
        "coverage.counts",
        claims=draft.say("coverage.claims", n=len(fresh)),
        speakers=draft.say("count.speakers", n=len({_speaker(claim) for claim in fresh})),
        days=(edition.as_of - edition.since).days,
        usual=draft.language.rate(len(before) / (USUAL.days / 7)),
    )
    silent = _silent(own, edition.as_of)
    who = "; ".join(
        draft.say("coverage.speaker", name=plain(name), day=draft.day(last))
        for name, last in silent[:MOST_SILENT]
    )
    words = draft.say("coverage.silent", who=who) if who else draft.say("coverage.none_silent")
    lines = [counts, words]
    if sources := _silent_sources(draft):
        lines.append(draft.say("coverage.source", who=", ".join(map(plain, sources))))
    statements = tuple(Statement(text=line) for line in lines)
    return [Section(heading=draft.say("heading.coverage"), statements=statements)]


def _speaker(claim: Claim) -> str:
    return claim.claimant_id or claim.claimant or ""


def _silent(claims: Sequence[Claim], as_of: date) -> list[tuple[str, date]]:
    spoken: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if _speaker(claim):
            spoken[_speaker(claim)].append(claim)
    quiet_since = end_of(as_of) - SILENT_AFTER
    found = []
    for said in spoken.values():
        last = max(said, key=lambda claim: claim.known_at)
        often = sum(claim.known_at >= quiet_since - USUAL for claim in said) >= SPOKE_OFTEN
        if last.known_at < quiet_since and often:
            found.append((last.claimant or "", last.known_at.date()))
    return sorted(found, key=lambda one: (one[1], one[0]))


def _silent_sources(draft: Draft) -> list[str]:
    days: dict[str, list[date]] = defaultdict(list)
    versions = {claim.version_id for claim in draft.evidence.claims}
    for version, one in draft.evidence.publications.items():
        if version in versions and one.source:
            days[one.source].append(one.published_at.date())
    quiet_since = draft.edition.as_of - SILENT_AFTER
    first = quiet_since - USUAL
    recent = {name: [day for day in own if day >= first] for name, own in days.items()}
    return sorted(
        name for name, own in recent.items() if len(own) >= SPOKE_OFTEN and max(own) < quiet_since
    )


def write_look(draft: Draft, conflicts: Sequence[Contradiction]) -> list[Section]:
    """Name the new claims that most need a human look.

    Parameters
    ----------
    draft : Draft
        The briefing.
    conflicts : sequence of Contradiction
        Pairs of which one is new.

    Returns
    -------
    list of Section
        One section, or none: claims that nobody has judged yet, which move the number, stand
        against another, or were read unsurely.
    """
    steps = draft.evidence.news.steps if draft.evidence.news is not None else ()
    influences = {step.claim.id: step.median_change for step in steps if step.claim is not None}
    sides = {one.id: one for pair in conflicts for one in (pair.first, pair.second)}
    own = list({claim.id: claim for claim in (*draft.fresh, *sides.values())}.values())
    found = doubts(
        [claim for claim in own if not claim.relays],
        draft.evidence.judgements,
        influences,
        draft.places,
    )
    statements = tuple(_line(draft, doubt) for doubt in found[:MOST_LOOKED_AT])
    return [Section(heading=draft.say("heading.look"), statements=statements)] * bool(statements)


def _line(draft: Draft, doubt: Doubt) -> Statement:
    claim, change = doubt.claim, doubt.median_change
    against = [draft.claims[one] for one in doubt.against if one in draft.claims]
    reasons = []
    if change is not None and abs(change) >= MOVES_MEDIAN:
        reasons.append(draft.say("look.moves", change=change_in_words(change)))
    if against:
        numbers = ", ".join(f"[{draft.references.number(one)}]" for one in against)
        reasons.append(draft.say("look.against", refs=numbers))
    if claim.confidence is not None and claim.confidence < UNSURE_BELOW:
        reasons.append(draft.say("look.unsure", p=percent(claim.confidence)))
    text = draft.say(
        "look.line",
        speaker=speaker_in_words(claim, draft.language),
        subject=subject_in_words(claim, draft.language).rstrip(","),
        reasons="; ".join(reasons),
    )
    return Statement(text=text, references=(draft.references.number(claim),))
