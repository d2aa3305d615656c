"""Name what can go wrong with places and shapes.

GeoError
├── MissingColumnError (ValueError)      a layer's frame lacks a column
├── InvalidColumnError (ValueError)      a column holds values of another kind
├── InvalidGeometryError (ValueError)    a geometry that the layer cannot draw
├── PageNeedsNetworkError (ValueError)   an element that would make the page call a host
├── PageNotBuiltError (RuntimeError)     the bundled page script is not there
├── GazetteerNotBuiltError (RuntimeError) the compiled gazetteer is not there
├── InvalidCoordinateError (ValueError)  a longitude, latitude or notation that cannot be
├── InvalidDumpError (ValueError)        a file that is no GeoNames dump
├── InvalidRailTableError (ValueError)   a file that is no table of stations or links
├── InvalidSpeedError (ValueError)       a speed or wait that no train has
├── UnknownStationError (LookupError)    no station, or several, have this name
└── NoRouteError (LookupError)           no line joins two stations
"""


class GeoError(Exception):
    """Something about places, shapes or pages went wrong."""


class MissingColumnError(GeoError, ValueError):
    """A layer's frame lacks a column that the layer needs."""

    def __init__(self, *, layer: str, column: str, meaning: str) -> None:
        super().__init__(
            f"The {layer} layer needs a column {column!r} ({meaning}); add it to the frame."
        )


class InvalidColumnError(GeoError, ValueError):
    """A column holds values of another kind than the layer declares."""

    def __init__(self, *, column: str, expected: str, reason: str) -> None:
        super().__init__(f"Column {column!r} must hold {expected}: {reason}.")


class InvalidGeometryError(GeoError, ValueError):
    """A layer cannot draw a geometry."""

    def __init__(self, *, layer: str, reason: str) -> None:
        super().__init__(f"The {layer} layer cannot draw this frame: {reason}.")


class PageNeedsNetworkError(GeoError, ValueError):
    """An element of the map would make the page call a host."""

    def __init__(self, *, element: str, url: str) -> None:
        super().__init__(
            f"{element} would make the page load {url}, and this page calls no host: remove it, or "
            "use a plain folium.Map."
        )


class PageNotBuiltError(GeoError, RuntimeError):
    """The bundled page script is not where the package keeps it."""

    def __init__(self, *, folder: str) -> None:
        super().__init__(
            f"The page script is missing in {folder}: run python hatch_build.py in the project's "
            "folder, or reinstall the package."
        )


class GazetteerNotBuiltError(GeoError, RuntimeError):
    """The compiled gazetteer is not where it should be."""

    def __init__(self, *, folder: str) -> None:
        super().__init__(
            f"There is no compiled gazetteer in {folder}: run `tracker gazetteer build`, or "
            "reinstall the package."
        )


class InvalidCoordinateError(GeoError, ValueError):
    """A longitude, latitude or written coordinate is outside what exists."""

    def __init__(self, *, given: str, reason: str) -> None:
        super().__init__(f"{given} is no position on Earth: {reason}.")


class InvalidDumpError(GeoError, ValueError):
    """A file is no GeoNames dump."""

    def __init__(self, *, path: str, reason: str) -> None:
        super().__init__(
            f"{path} cannot be read as a GeoNames dump ({reason}): give the zip files as "
            "download.geonames.org has them."
        )


class InvalidRailTableError(GeoError, ValueError):
    """A file is no table of stations or of links."""

    def __init__(self, *, table: str, reason: str) -> None:
        super().__init__(
            f"The table of {table} cannot be read: {reason}; docs/how-to/use-your-own-railways.md "
            "says what it needs."
        )


class InvalidSpeedError(GeoError, ValueError):
    """A speed or a wait that no train has."""

    def __init__(self, *, median_km_day: float, log_sd: float, wait_days: float) -> None:
        super().__init__(
            f"A median of {median_km_day:g} km a day with a log sd of {log_sd:g} and a wait of "
            f"{wait_days:g} days is no law of travel: give positive numbers."
        )


class UnknownStationError(GeoError, LookupError):
    """No station, or more than one, has a name."""

    def __init__(self, *, name: str, options: list[str]) -> None:
        found = f"several stations are called {name!r}: {', '.join(options)}; name one by its code"
        super().__init__(
            f"{found}." if options else f"No station of the network is called {name!r}."
        )


class NoRouteError(GeoError, LookupError):
    """No line joins two stations."""

    def __init__(self, *, start: str, end: str) -> None:
        super().__init__(f"No line of the network joins {start} with {end}.")
