"""What may leave the house: one function that every page, export, feed and briefing passes."""

from tracker.publication.gathering import published, published_in_parts
from tracker.publication.policy import DEFAULT_POLICY, Marking, Policy, Rule
from tracker.publication.publications import Publication, publications
from tracker.publication.publish import Held, Published, publish
from tracker.publication.redaction import Redactor
from tracker.publication.withheld import Withheld, in_words

__all__ = [
    "DEFAULT_POLICY",
    "Held",
    "Marking",
    "Policy",
    "Publication",
    "Published",
    "Redactor",
    "Rule",
    "Withheld",
    "in_words",
    "publications",
    "publish",
    "published",
    "published_in_parts",
]
