"""Tables, migrations and what they leave behind."""

from __future__ import annotations

import pytest
import shapely
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from tracker.areas import Area
from tracker.store import schema
from tracker.store.doctor import State, examine
from tracker.store.geopackage import repair
from tracker.store.views import drop_views


def scripts():
    """Read the folder of migrations as alembic does."""
    config = Config()
    config.set_main_option("script_location", "tracker.store:migrations")
    config.set_main_option("path_separator", "os")
    return config, ScriptDirectory.from_config(config)


def test_models_and_migrations_agree(repository):
    """A database made by the migrations has exactly the tables that the code works with."""
    with repository.database.reading() as connection:
        assert schema.differences(connection) == []


def test_a_missing_index_is_a_difference(repository):
    """The comparison notices what is missing, so that its silence means something."""
    with repository.database.writing() as connection:
        connection.exec_driver_sql("DROP INDEX ix_claim_known_at")
        assert len(schema.differences(connection)) == 1


def test_known_revisions_are_those_of_the_files():
    """The list in the code names every migration, in order."""
    _, directory = scripts()

    in_order = [script.revision for script in directory.walk_revisions()][::-1]

    assert tuple(in_order) == schema.REVISIONS


def test_every_migration_can_be_taken_back(repository):
    """Down to nothing and up again gives the same tables."""
    config, _ = scripts()
    with repository.database.writing() as connection:
        config.attributes["connection"] = connection
        drop_views(connection)
        command.downgrade(config, "base")
        assert not sa.inspect(connection).has_table("claim")
        schema.upgrade(connection)
        assert schema.differences(connection) == []
    repository.database.upgrade()
    with repository.database.writing() as connection:
        assert repository.database.repair(connection) == []


def test_a_rebuilt_table_gets_its_triggers_back(geopackage):
    """A migration that rebuilds a feature table leaves a true R-tree behind."""
    geopackage.add_areas([Area(id="north", name="North", geometry=shapely.box(30, 50, 40, 55))])
    with geopackage.database.writing() as connection:
        drop_views(connection)
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("area", recreate="always") as batch:
            batch.alter_column("kind", nullable=True)
        assert "rebuilt the R-tree of area" in repair(connection)

    geopackage.add_areas([Area(id="south", name="South", geometry=shapely.box(30, 40, 40, 45))])
    with geopackage.database.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM rtree_area_geometry").scalar()
        assert count == 2


@pytest.mark.parametrize("statement", ["DROP TABLE run", "DROP INDEX ix_claim_known_at"])
def test_the_doctor_sees_a_foreign_hand(repository, statement):
    """Tables that were changed from outside are reported."""
    with repository.database.writing() as connection:
        connection.exec_driver_sql(statement)

    (found,) = (f for f in examine(repository.database) if f.check == "schema")

    assert found.state is State.BROKEN
