"""Gather what a page would be made from, and let the policy decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker import clock
from tracker.estimates.estimate import Estimate
from tracker.publication.policy import Policy
from tracker.publication.publications import publications
from tracker.publication.publish import Held, Published, publish
from tracker.store.repository import Repository


def published(
    repository: Repository, *, as_of: date, estimates: Sequence[Estimate], policy: Policy
) -> Published:
    """Gather what may leave the house: claims, places, movements and estimates.

    Parameters
    ----------
    repository : Repository
        The open database.
    as_of : date
        Only what was public by the end of this UTC day.
    estimates : sequence of Estimate
        Estimates that go with it.
    policy : Policy
        What may be shown.

    Returns
    -------
    Published
        What pages, feeds and files are made from, and what was withheld. Delays count back from
        now, whatever day is shown.
    """
    held = Held(
        claims=repository.claims(as_of=as_of),
        placed=repository.placed(as_of=as_of),
        legs=repository.legs(as_of=as_of),
        estimates=estimates,
        publications=publications(repository.reports(as_of=as_of)),
    )
    return publish(held, policy, clock.now())
