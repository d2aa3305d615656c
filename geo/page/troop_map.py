"""A folium map that saves as one self-contained page: its data inside, no request to any host."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.map import FitBounds

from geo.errors import PageNeedsNetworkError
from geo.page.basemap import BaseMap
from geo.page.built import interface
from geo.page.element import PageElement
from geo.page.shell import Page, write

_ELEMENT_ID = re.compile(r"(?<=_)[0-9a-f]{32}")


class TroopMap(folium.Map):
    """Map page with time control, chart, filters, table and legend, in a single file.

    Layers of `geo.layers` are added with ``layer.add_to(troop_map)``; plain folium elements
    (``Marker`` with ``Popup`` and ``Icon``, ``GeoJson``, ``PolyLine``) can be added beside them.
    Text in such plain elements is markup, as in folium: text from outside belongs into layers.

    Parameters
    ----------
    title
        Title and first heading of the page.
    base_map
        Countries and borders.
    subtitle
        One line below the title.
    lang
        Language of the interface: ``en``, ``ru`` or ``uk``.
    theme
        ``auto`` follows the reader's system.
    notes
        Sentences shown under "About": method, what was withheld, as of when.
    attribution
        Credits for data, shown at the map's corner.
    marking
        Short marking shown beside the title, such as ``TLP:CLEAR``.
    window
        Time window when the page opens, aware UTC; the whole record where not given.
    as_of
        Day of knowledge, UTC: what became known on it can be brought out. That of the latest item
        where not given.
    online_tiles
        Address template (``https://tile.example.org/{z}/{x}/{y}.png``) of a raster base map that
        the reader may switch on; its host is then the only one that the page may call, for images.
        Where not given, the page calls no host.
    location, zoom_start
        Centre (latitude, longitude: folium's order) and zoom when the page opens; the data's
        extent where not given.
    folium_options
        Passed on to `folium.Map`.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - an attribute of folium's, never changed
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - as above

    def __init__(
        self,
        *,
        title: str,
        base_map: BaseMap | None = None,
        subtitle: str = "",
        lang: str = "en",
        theme: Literal["auto", "light", "dark"] = "auto",
        notes: Sequence[str] = (),
        attribution: Sequence[str] = (),
        marking: str = "",
        window: tuple[datetime, datetime] | None = None,
        as_of: date | None = None,
        online_tiles: str = "",
        location: Sequence[float] | None = None,
        zoom_start: int = 5,
        **folium_options: Any,
    ) -> None:
        defaults = {"tiles": None, "zoom_control": False, "minZoom": 2, "maxZoom": 14}
        options = {**defaults, "zoomSnap": 0.5, "prefer_canvas": True, **folium_options}
        super().__init__(location=location, zoom_start=zoom_start, **options)
        self._page: dict[str, Any] = {
            "title": title,
            "subtitle": subtitle,
            "lang": lang,
            "theme": theme,
            "notes": list(notes),
            "attribution": list(attribution),
            "marking": marking,
            "window": [_minute(time) for time in window] if window else None,
            "asOf": _last_minute(as_of) if as_of else None,
            "tiles": online_tiles,
            "fit": location is None,
        }
        PageFigure(self)
        if base_map is not None:
            base_map.add_to(self)

    def page(self) -> dict[str, Any]:
        """Return what the page says around the map.

        Returns
        -------
        dict[str, Any]
            Title, subtitle, language, theme, notes, credits and opening view.
        """
        return dict(self._page)

    def layers(self) -> list[PageElement]:
        """List what travels as data.

        Returns
        -------
        list[PageElement]
            Base map and layers in the order in which they were added.
        """
        return [child for child in _held(self).values() if isinstance(child, PageElement)]


class PageFigure(Figure):
    """The root of a `TroopMap`: renders the page instead of folium's document with links.

    Parameters
    ----------
    troop_map
        The map, which moves under this root.
    """

    def __init__(self, troop_map: TroopMap) -> None:
        super().__init__(height="720px")
        self._map = troop_map
        self.add_child(troop_map)

    def render(self, **kwargs: Any) -> str:
        """Write the whole page.

        Returns
        -------
        str
            HTML; two renderings of the same map are the same bytes.
        """
        parts = (self.header, self.html, self.script)
        before = [dict(_held(part)) for part in parts]
        try:
            for child in _held(self).values():
                child.render(**kwargs)
            return write(self._compose())
        finally:
            for part, children in zip(parts, before, strict=True):
                _held(part).clear()
                _held(part).update(children)

    def _is_framed(self) -> bool:
        return any(isinstance(child, FitBounds) for child in _held(self._map).values())

    def _compose(self) -> Page:
        name = self._map.get_name()
        tidy = _Renamer(self)
        script = "\n".join(child.render() for child in _held(self.script).values())
        layers, payloads = _travelling(self._map)
        page = self._map.page()
        return Page(
            title=page["title"],
            lang=page["lang"],
            theme=page["theme"],
            map_script=tidy(script),
            map_name=tidy(name),
            config={
                **page,
                "words": interface(page["lang"]),
                "layers": layers,
                "fit": page["fit"] and not self._is_framed(),
            },
            payloads=payloads,
            extra_head=tidy(_markup(self.header, skip={name, "meta_http"})),
            extra_body=tidy(_markup(self.html, skip={name})),
            tile_host=_host(page["tiles"]),
        )


def _held(element: Element) -> dict[str, Element]:
    children: dict[str, Element] = element._children  # noqa: SLF001 - branca offers no other way
    return children


def _id_of(element: Element) -> str:
    return str(element._id)  # noqa: SLF001 - branca offers no other way


class _Renamer:
    """Replace folium's random element ids by running numbers."""

    def __init__(self, root: Element) -> None:
        self._known = {_id_of(element) for element in _elements(root, set())}
        self._number: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        return _ELEMENT_ID.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        if match[0] not in self._known:
            return match[0]
        return self._number.setdefault(match[0], f"{len(self._number) + 1:04d}")


def _elements(element: Element, seen: set[int]) -> Iterator[Element]:
    if id(element) in seen:
        return
    seen.add(id(element))
    yield element
    below = [*_held(element).values(), *vars(element).values()]
    for child in below:
        if isinstance(child, Element):
            yield from _elements(child, seen)


def _travelling(troop_map: TroopMap) -> tuple[list[dict[str, Any]], dict[str, str]]:
    # The layers' descriptions, and their packed tables by the ids that the descriptions name.
    layers: list[dict[str, Any]] = []
    payloads: dict[str, str] = {}
    keys: dict[str, int] = {}
    for layer in troop_map.layers():
        keys[layer.key] = keys.get(layer.key, 0) + 1
        key = layer.key if keys[layer.key] == 1 else f"{layer.key}-{keys[layer.key]}"
        tables = layer.tables()
        ids = {part: f"tm-{key}-{part}" for part in tables}
        payloads |= {ids[part]: table.pack() for part, table in tables.items()}
        about = {"mark": layer.mark, "key": key, "name": layer.layer_name, "show": layer.show}
        layers.append({**about, "tables": ids, **layer.options()})
    return layers, payloads


def _markup(part: Element, *, skip: set[str]) -> str:
    """Render the markup that a user's elements put into head or body; links are refused.

    Parameters
    ----------
    part
        Head or body of the figure.
    skip
        Names of what the page writes itself.

    Returns
    -------
    str
        Markup.

    Raises
    ------
    PageNeedsNetworkError
        Where an element asks for a script or style sheet from elsewhere.
    """
    kept = []
    for name, child in _held(part).items():
        if isinstance(child, JavascriptLink | CssLink):
            raise PageNeedsNetworkError(element=f"The element {name!r}", url=child.url)
        if name not in skip:
            kept.append(child.render())
    return "\n".join(kept)


def _host(address: str) -> str:
    """Take the host from an address of tiles.

    Parameters
    ----------
    address
        Template, or empty.

    Returns
    -------
    str
        Scheme and host as the policy wants them; empty where there is no address.

    Raises
    ------
    PageNeedsNetworkError
        Where the address is not one of https.
    """
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme != "https" or not re.fullmatch(r"[A-Za-z0-9.{}:-]+", parts.netloc):
        raise PageNeedsNetworkError(element="The option online_tiles", url=address)
    return f"https://{parts.netloc.replace('{s}', '*')}"


def _last_minute(day: date) -> int:
    return ((day - date(1970, 1, 1)).days + 1) * 1440 - 1


def _minute(time: datetime) -> int:
    return int(time.timestamp() // 60)
