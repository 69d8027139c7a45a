"""The form that releases a version of the programme."""

from wtforms import fields

from app.forms.fields import Form, Tick, TranslatedParagraph
from app.i18n.catalogue import N_


class ReleaseForm(Form):
    """The number that the page showed, what everybody is told, and whether letters are drafted."""

    number = fields.HiddenField()
    notes = TranslatedParagraph(
        N_("Public note"), hint=N_("Stands beside the programme on the public page, and in the letters.")
    )
    tells = Tick(
        N_("Draft letters for those whom the changes concern"),
        hint=N_("They wait under Mail for their release, in place of earlier drafts about changes."),
    )

    @property
    def seen(self) -> int:
        """Return the number; 0, which no version has, where it was tampered with."""
        typed = self.number.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len("1000000") else 0
