"""Forms as a page has them, filled with what nobody would type."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import urljoin, urlsplit

ODD = (
    *(
        "",
        "   ",
        "\0",
        "a\0b",
        "x" * 400,
        "ệ" * 5000,
        "\u202eabc\u200b",
        "\ud7ff",
        "\ufffe",
        "\U0001f600",
        "²",
        "٣",
    ),
    *("0", "-1", "-0", "1.5", "1,5", "1_000", "0x10", "1e309", "NaN", "99999999999999999999", "+84 9"),
    *(
        "2026-13-45",
        "2026-02-30",
        "9999-12-31",
        "0001-01-01",
        "31/12/9999",
        "2026-12-23T25:99",
        "24:00",
        "0:0",
    ),
    *(
        "<script>alert(1)</script>",
        "'; DROP TABLE x;--",
        "{{7*7}}",
        "%s%d{0}",
        "=1+1",
        "../../etc/passwd",
        "[]",
    ),
    *("http://[::1", "//x", "javascript:alert(1)", "a@b", "x@x.vn\r\nBcc: y@y.vn", "ａ@ｂ.vn", "x\r\ny"),
    *("Europe/Nowhere", "Asia/Ho_Chi_Minh", "None", "null", "true", ":", "a:b:c", "session:x"),
)
"""Numbers, days, hours, addresses, zones and texts, each at some edge."""


@dataclass
class Field:
    """What has a name in a form."""

    name: str
    kind: str
    value: str = ""
    is_chosen: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Return the names of the fields, each once."""
        return list(dict.fromkeys(one.name for one in self.fields))


def forms_of(path: str, page: str) -> list[Form]:
    """Return the forms of the page that stands at this path, those that send something."""
    parser = _Forms(path)
    parser.feed(page)
    return [form for form in parser.forms if form.method in {"get", "post"} and form.fields]


def fill(form: Form, chance: Random) -> list[tuple[str, str]]:
    """Return what a browser would send, with some of the fields odd, missing, doubled or chosen otherwise."""
    sent = _as_it_stands(form, chance)
    few = 1 if chance.random() < 0.5 else chance.randint(1, len(form.names))
    for name in chance.sample(form.names, few):
        if chance.random() < 0.9:  # else it comes twice
            sent = [pair for pair in sent if pair[0] != name]
        if chance.random() < 0.1:
            continue  # it does not come at all
        known = [value for one in form.fields if one.name == name for value in one.options or [one.value]]
        sent.append((name, chance.choice(known if chance.random() < 0.15 else ODD)))
    return sent


def _as_it_stands(form: Form, chance: Random) -> list[tuple[str, str]]:
    buttons = [one for one in form.fields if one.kind == "button"]
    pressed = chance.choice(buttons) if buttons else None
    return [
        (one.name, one.value)
        for one in form.fields
        if one is pressed
        or (one.kind != "button" and (one.is_chosen or one.kind not in {"checkbox", "radio"}))
    ]


class _Forms(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._path = path
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._field: Field | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take up forms and what has a name in them; a field may name its form from outside."""
        has = {name: value or "" for name, value in attributes}
        if tag == "form":
            target = urlsplit(urljoin(f"http://localhost{self._path}", has.get("action") or self._path))
            self._open = Form(f"{target.path}?{target.query}".rstrip("?"), has.get("method", "get").lower())
            self._by_id[has.get("id", "")] = self._open
            self.forms.append(self._open)
        elif tag == "option" and self._field is not None:
            self._field.options.append(has.get("value", ""))
            if "selected" in has or len(self._field.options) == 1:
                self._field.value = has.get("value", "")
        elif (
            tag in {"input", "button", "select", "textarea"} and has.get("name") and has.get("type") != "file"
        ):
            self._take(tag, has)

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self._open = None
        elif tag in {"select", "textarea"}:
            self._field = None

    def handle_data(self, data: str) -> None:
        """Take what stands in a text area."""
        if self._field is not None and self._field.kind == "textarea":
            self._field.value += data

    def _take(self, tag: str, has: dict[str, str]) -> None:
        form = self._by_id.get(has["form"]) if "form" in has else self._open
        if form is None or has["name"] == "csrf_token":
            return
        kind = has.get("type", "text") if tag == "input" else tag
        value = has.get("value", "on" if kind in {"checkbox", "radio"} else "")
        taken = Field(has["name"], kind, value, "checked" in has)
        form.fields.append(taken)
        if tag in {"select", "textarea"}:
            self._field = taken
