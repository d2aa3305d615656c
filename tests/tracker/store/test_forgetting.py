"""Words are erased from every table of either database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tracker.claims import Quote
from tracker.errors import InvalidValueError, NotFoundError
from tracker.store.tables import metadata

WORD = "Zubrovkin"


def words_left(repository):
    """Name the columns that still hold the word."""
    left = set()
    with repository.database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(sa.select(table)).mappings():
                left |= {f"{table.name}.{name}" for name, said in row.items() if WORD in str(said)}
    return left


@pytest.fixture
def store_secret(repository, store_claim, make_placed):
    """Store a claim that names the word wherever a claim can."""
    claim = store_claim(
        quote=Quote.whole(f"{WORD} saw 900 soldiers in {WORD}ka."),
        claimant=WORD,
        formation=f"{WORD} brigade",
        citation=f"{WORD} daily",
    )
    placed = make_placed(claim, text=f"{WORD}ka", alternatives=({"name": f"{WORD}ka"},))
    repository.add_claims((), [placed])
    return claim


def test_no_table_holds_a_word(repository, store_secret):
    """Names, quotes, places and their alternatives are blacked out; other rows stay."""
    assert "claim.claimant" in words_left(repository)
    repository.forget(store_secret.report_id, "asked")
    repository.database.compact()
    assert words_left(repository) == set()
    (claim,) = repository.claims(ids=[store_secret.id], withdrawn=True)
    assert claim.known_at == store_secret.known_at


def test_a_search_finds_nothing_of_it(repository, store_claim):
    """The index forgets with the table."""
    claim = store_claim()
    assert repository.reports(search="Yelnya")
    repository.forget(claim.report_id, "asked")
    assert repository.reports(search="Yelnya") == []


def test_forgetting_twice_changes_nothing(repository, store_claim):
    """The first reason and time stay."""
    claim = store_claim()
    repository.forget(claim.report_id, "asked")
    first = repository.forgotten()
    repository.forget(claim.report_id, "asked again")
    assert repository.forgotten() == first


def test_what_cannot_be_forgotten_is_said(repository, store_claim):
    """An unknown report, or no reason."""
    claim = store_claim()
    with pytest.raises(InvalidValueError, match="needs a reason"):
        repository.forget(claim.report_id, " ")
    with pytest.raises(NotFoundError, match="no report has the id"):
        repository.forget("r-nothing", "asked")
