"""What is stored of many documents, asked once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from jobs.documents import Document
from jobs.documents.words import words_of
from jobs.ingest_texts.identity import FEWEST_WORDS, ids_of, phrases_of
from tracker.store.filed import FiledReport
from tracker.store.repository import Repository


class Lookup:
    """Answers of the database to what identifies the reports of some documents.

    Parameters
    ----------
    repository : Repository
        The open database; nothing may be added to it while this is in use.
    documents : sequence of (Document, datetime or None)
        The documents, each with its publication where that is known.
    """

    def __init__(
        self, repository: Repository, documents: Sequence[tuple[Document, datetime | None]]
    ) -> None:
        self._repository = repository
        ids = {name for document, stated in documents for name in ids_of(document, stated)}
        addresses = {document.address for document, _ in documents if document.address is not None}
        self._by_id: dict[str, FiledReport] = {}
        self._by_address: dict[str, list[FiledReport]] = defaultdict(list)
        for filed in repository.find_reports(ids=sorted(ids), addresses=sorted(addresses)):
            self._by_id[filed.report.id] = filed
            if filed.report.address is not None:
                self._by_address[filed.report.address].append(filed)
        named = [document for document, _ in documents if document.address is not None]
        phrases = {phrase for document in named for phrase in _phrases(document)}
        # Hardly ever is there one: then no document has to ask for itself.
        self._may_be_nameless = bool(phrases) and bool(
            repository.reports_with_any(sorted(phrases), nameless=True, limit=1)
        )

    def find_reports(
        self, *, ids: Sequence[str] = (), addresses: Sequence[str] = ()
    ) -> list[FiledReport]:
        """Find reports by what identifies them.

        Parameters
        ----------
        ids, addresses : sequence of str
            Those of one of the documents.

        Returns
        -------
        list of FiledReport
            Each once.
        """
        found = {name: self._by_id[name] for name in ids if name in self._by_id}
        for address in addresses:
            found |= {filed.report.id: filed for filed in self._by_address.get(address, ())}
        return list(found.values())

    def reports_with_any(
        self, phrases: Sequence[str], *, nameless: bool = False, limit: int
    ) -> list[FiledReport]:
        """Find reports of which a wording holds one of several phrases.

        Parameters
        ----------
        phrases : sequence of str
            Those of one of the documents.
        nameless : bool
            Only reports that have no address.
        limit : int
            At most so many reports.

        Returns
        -------
        list of FiledReport
            By id.
        """
        if nameless and not self._may_be_nameless:
            return []
        return self._repository.reports_with_any(phrases, nameless=nameless, limit=limit)


def _phrases(document: Document) -> list[str]:
    words = words_of(document.text)
    return phrases_of(words) if len(words) >= FEWEST_WORDS else []
