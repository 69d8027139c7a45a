"""Words for the columns and rows of an import into the directory, and what the worker does for it."""

from app.i18n.catalogue import N_

ENTRIES: dict[str, dict[str, str]] = {
    "EntryField": {
        "name_vi": N_("Name of the organisation"),
        "name_en": N_("Name in English"),
        "name_ru": N_("Name in Russian"),
        "name_fr": N_("Name in French"),
        "code": N_("Code"),
        "abbreviation": N_("Abbreviation"),
        "aliases": N_("Other spellings"),
        "kind": N_("Kind of organisation"),
        "country": N_("Country"),
        "host_country": N_("Seat in another country"),
        "city": N_("City"),
        "parent": N_("Part of"),
        "address": N_("Address"),
        "phones": N_("Telephone"),
        "fax": N_("Fax"),
        "email": N_("E-mail of the office"),
        "website": N_("Website"),
        "valid_from": N_("Exists since"),
        "valid_to": N_("Last day"),
        "successor": N_("Successor"),
        "contact_name": N_("Focal point"),
        "contact_post": N_("Post"),
        "contact_email": N_("E-mail of the focal point"),
        "contact_phones": N_("Telephone of the focal point"),
    },
    "EntryState": {
        "new": N_("New"),
        "changed": N_("Will be changed"),
        "same": N_("The same"),
        "alike": N_("Perhaps the same"),
        "error": N_("To be corrected"),
        "left_out": N_("Left out"),
    },
    "ImportAct": {
        "bring_in": N_("Being brought in"),
        "take_back": N_("Being undone"),
    },
}
