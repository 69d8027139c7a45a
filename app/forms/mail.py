"""Forms of mail: the number on the button is the number that is meant."""

from app.forms.fields import Form, WholeNumber
from app.i18n.catalogue import N_


class ReleaseForm(Form):
    """Release or drop so many drafts."""

    expected = WholeNumber(N_("Number of letters"), required=True, least=1)
