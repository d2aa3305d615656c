"""What may leave the house: one function that every page, export, feed and briefing passes."""

from tracker.publication.gathering import published
from tracker.publication.policy import DEFAULT_POLICY, Marking, Policy, Rule
from tracker.publication.publications import Publication, publications
from tracker.publication.publish import Held, Published, publish
from tracker.publication.redaction import Redactor

__all__ = [
    "DEFAULT_POLICY",
    "Held",
    "Marking",
    "Policy",
    "Publication",
    "Published",
    "Redactor",
    "Rule",
    "publications",
    "publish",
    "published",
]
