"""Let an element of the map travel as data: a mark for the page script to draw, and its tables."""

import re
from typing import Any, ClassVar

from branca.element import MacroElement

from geo.page.table import Table


class PageElement(MacroElement):
    """An element that the page script draws; the base of every layer.

    A subclass names the ``mark`` that draws it (``points``, ``zones``, ``arrows``, ``areas``,
    ``labels``) and gives its options and tables. It renders no script of its own, so no text from
    outside ever becomes code.

    Parameters
    ----------
    name
        What the reader sees in the list of layers.
    key
        What a permalink calls the layer; letters, digits and hyphens.
    show
        Whether the layer is drawn when the page opens.
    """

    mark: ClassVar[str]

    def __init__(self, *, name: str, key: str, show: bool = True) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__
        self.layer_name = name
        self.key = re.sub(r"[^a-z0-9-]+", "-", key.lower()).strip("-") or "layer"
        self.show = show

    def options(self) -> dict[str, Any]:
        """Describe how the mark is drawn; values that JSON can hold.

        Returns
        -------
        dict[str, Any]
            Options for the page script.
        """
        return {}

    def tables(self) -> dict[str, Table]:
        """Encode what is drawn.

        Returns
        -------
        dict[str, Table]
            ``data`` is read when the page opens, ``texts`` when the reader first asks for words.
        """
        return {}

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 - branca's signature
        """Render nothing: the page carries the tables as data.

        Returns
        -------
        str
            The empty string.
        """
        return ""
