"""What makes a sqlite file a GeoPackage 1.4: its marks, core tables and registrations.

`repair` brings all of it in line with the tables that exist; it runs after every migration,
because a table that alembic rebuilds loses its triggers, and whenever the doctor is called.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection

from tracker.store import rtree
from tracker.store.gpb import WGS84
from tracker.store.layer_styles import TABLE as STYLES_TABLE
from tracker.store.layer_styles import mend_styles
from tracker.store.search import build_search, search_is_sound
from tracker.store.tables import metadata
from tracker.store.types import Geometry
from tracker.store.views import VIEWS

APPLICATION_ID = 0x47504B47
"""The letters GPKG (OGC 12-128r19, requirement 2)."""
USER_VERSION = 10400
"""GeoPackage 1.4.0, as the standard writes it."""

_SHOWN = {
    "claim_place": "Places of claims",
    "movement_leg": "Legs of movements",
    "area": "Areas",
    "report": "Reports",
    "version": "Wordings of reports",
    "claim": "Claims, all readings",
    "judgement": "Human judgements",
}
"""Tables that a reader sees in QGIS, with their titles; the others stay hidden."""

_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_REFERENCE_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic"),
    ("WGS 84 geodetic", WGS84, "EPSG", WGS84, _WKT, "longitude and latitude in degrees"),
)

# The wording of these tables is checked character by character by validators: annex C.
_CORE = (
    """CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)""",
    """CREATE TABLE IF NOT EXISTS gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (table_name TEXT NOT NULL,
    column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,
    extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
)
_RTREE_EXTENSION = "http://www.geopackage.org/spec120/#extension_rtree"


def create_core(connection: Connection) -> None:
    """Mark an empty sqlite file as a GeoPackage and give it the core tables.

    Parameters
    ----------
    connection : Connection
        Connection to the file, in a writing transaction. Running it again changes nothing.
    """
    run = connection.exec_driver_sql
    run(f"PRAGMA application_id={APPLICATION_ID}")
    run(f"PRAGMA user_version={USER_VERSION}")
    for statement in _CORE:
        run(statement)
    for system in _REFERENCE_SYSTEMS:
        run("INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", system)


def repair(connection: Connection) -> list[str]:
    """Make marks, registrations, R-trees, search index and views match the tables.

    Parameters
    ----------
    connection : Connection
        Connection to the GeoPackage, in a writing transaction.

    Returns
    -------
    list of str
        What had to be mended, one short sentence each; empty where all was sound.
    """
    create_core(connection)
    mended = _mend_views(connection)
    mended += mend_styles(connection, tuple(view.name for view in VIEWS))
    mended += _mend_registrations(connection)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, Geometry):
                continue
            if not rtree.is_sound(connection, table.name, column.name, "fid"):
                rtree.build(connection, table.name, column.name, "fid")
                mended.append(f"rebuilt the R-tree of {table.name}")
    if not search_is_sound(connection):
        build_search(connection)
        mended.append("rebuilt the full-text index of the reports")
    return mended


def _mend_views(connection: Connection) -> list[str]:
    run = connection.exec_driver_sql
    written: dict[str, str] = dict(
        run("SELECT name, sql FROM sqlite_master WHERE type = 'view'").all()
    )
    mended = []
    for view in VIEWS:
        statement = f'CREATE VIEW "{view.name}" AS {view.select.strip()}'
        if written.get(view.name) != statement:
            run(f'DROP VIEW IF EXISTS "{view.name}"')
            run(statement)
            mended.append(f"wrote the view {view.name}")
    return mended


def _registrations() -> tuple[dict[str, tuple[str, str, int | None]], dict[str, tuple[str, ...]]]:
    # List what gpkg_contents and gpkg_geometry_columns must say.
    contents: dict[str, tuple[str, str, int | None]] = {}
    columns: dict[str, tuple[str, ...]] = {}
    for name, title in _SHOWN.items():
        shapes = [c for c in metadata.tables[name].columns if isinstance(c.type, Geometry)]
        contents[name] = ("features", title, WGS84) if shapes else ("attributes", title, None)
    contents[STYLES_TABLE] = ("attributes", STYLES_TABLE, None)
    for view in VIEWS:
        contents[view.name] = ("features", view.title, WGS84)
        columns[view.name] = ("geometry", "GEOMETRY")
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Geometry):
                contents.setdefault(table.name, ("features", table.name, WGS84))
                columns[table.name] = (column.name, column.type.geometry_type)
    return contents, columns


def _unregister_the_gone(connection: Connection) -> list[str]:
    run = connection.exec_driver_sql
    listed = set(run("SELECT table_name FROM gpkg_contents").scalars())
    there = set(run("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").scalars())
    gone = sorted(listed - there)
    for name in gone:
        run("DELETE FROM gpkg_extensions WHERE table_name = ?", (name,))
        run("DELETE FROM gpkg_geometry_columns WHERE table_name = ?", (name,))
        run("DELETE FROM gpkg_contents WHERE table_name = ?", (name,))
    return [f"unregistered {name}, which is gone" for name in gone]


def _mend_registrations(connection: Connection) -> list[str]:
    run = connection.exec_driver_sql
    contents, columns = _registrations()
    mended = _unregister_the_gone(connection)
    found = run("SELECT table_name, data_type, identifier, srs_id FROM gpkg_contents")
    held = {name: (kind, title, srid) for name, kind, title, srid in found}
    for name, entry in contents.items():
        if held.get(name) != entry:
            run(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
                "VALUES (?, ?, ?, ?) ON CONFLICT (table_name) DO UPDATE SET data_type = "
                "excluded.data_type, identifier = excluded.identifier, srs_id = excluded.srs_id",
                (name, *entry),
            )
            mended.append(f"registered {name}")
    for name, (column, kind) in columns.items():
        run(
            "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING",
            (name, column, kind, WGS84),
        )
        if name in metadata.tables:
            run(
                "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only') "
                "ON CONFLICT DO NOTHING",
                (name, column, _RTREE_EXTENSION),
            )
    return mended
