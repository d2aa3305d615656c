"""What a site is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.areas import Area
from tracker.item_labels import AFFILIATIONS
from tracker.page_words import Language
from tracker.publication import Published
from tracker.store.filed import FiledReport


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What every page says about the site.

    Parameters
    ----------
    title : str
        Heading.
    as_of : date
        Only what was public by the end of this UTC day is shown.
    area : str
        Id of the theatre.
    actor, actor_name : str
        Whose strength is estimated: the id, and the name in English.
    marking : str
        How far it may travel.
    licence, cite_as : str
        In words; empty where not stated.
    address : str
        Where the site will stand, with a final slash; empty where that is open.
    lang : str
        Language of the maps.
    affiliations : Mapping of str to str
        Whose friend an actor is, for the map symbols.
    """

    title: str
    as_of: date
    area: str
    actor: str
    actor_name: str
    marking: str = ""
    licence: str = ""
    cite_as: str = ""
    address: str = ""
    lang: Language = "en"
    affiliations: Mapping[str, str] = field(default_factory=lambda: AFFILIATIONS)

    @property
    def citation(self) -> str:
        """How to cite the site, with the day that it shows."""
        name = self.cite_as or self.title
        where = f", {self.address}" if self.address else ""
        return f"{name}, as known on {self.as_of}{where}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """What a site is made from.

    Parameters
    ----------
    facts : Facts
        What every page says.
    areas : sequence of Area
        The theatre and its parts, the theatre first.
    shown : Published
        What may be shown: the output of the publication policy, and nothing else.
    reports : sequence of FiledReport
        Reports, for the health of their sources; their texts are not shown.
    briefings : sequence of date
        Days of the briefings that lie in the folder `briefings`.
    grades : Mapping of str to str
        Grade of a source's publisher by its id, where its settings state one.
    """

    facts: Facts
    areas: Sequence[Area]
    shown: Published
    reports: Sequence[FiledReport] = ()
    briefings: Sequence[date] = ()
    grades: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """One file of the site.

    Parameters
    ----------
    path : str
        Relative to the site's folder, with slashes.
    data : bytes
        Its content.
    """

    path: str
    data: bytes
