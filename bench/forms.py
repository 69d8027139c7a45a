"""The fields of a form as a page shows them, for clients without a screen."""

from html.parser import HTMLParser

Fields = dict[str, str | list[str]]


def fields_of(page: str) -> Fields:
    """Return the fields of a page's last form by POST: the first of choices, every box ticked."""
    parser = _Parser()
    parser.feed(page)
    return parser.fields


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._posts = False
        self._select = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        """Take up what a form is made of."""
        attributes = {name: value or "" for name, value in pairs}
        if tag == "form":
            self._posts = attributes.get("method", "").lower() == "post"
            if self._posts:
                self.fields = {}
        elif tag == "option" and self._select:
            self.fields[self._select] = self.fields[self._select] or attributes.get("value", "")
        elif self._posts and attributes.get("name") and tag in {"input", "select", "textarea"}:
            self._select = attributes["name"] if tag == "select" else ""
            self._take(attributes["name"], attributes.get("type", ""), attributes.get("value", ""))

    def _take(self, name: str, kind: str, value: str) -> None:
        if kind == "checkbox":
            ticked = self.fields.get(name, [])
            self.fields[name] = [*ticked, value or "y"]
        elif kind == "radio":
            self.fields.setdefault(name, value)
        else:
            self.fields[name] = value
