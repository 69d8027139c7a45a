"""Words for the programme: its parts, its versions, and what does not fit in it."""

from app.i18n.catalogue import N_

PROGRAMME: dict[str, dict[str, str]] = {
    "Band": {
        "office": N_("in office hours"),
        "waking": N_("outside office hours"),
        "night": N_("at night"),
    },
    "SessionStatus": {
        "planned": N_("Planned"),
        "cancelled": N_("Cancelled"),
    },
    "AgendaKind": {
        "opening_remarks": N_("Opening remarks"),
        "presentation": N_("Presentation"),
        "discussion": N_("Discussion"),
        "proposals": N_("Proposals"),
        "closing_remarks": N_("Closing remarks"),
        "break": N_("Break"),
        "other": N_("Other item"),
    },
    "LineKind": {
        "event": N_("The event as a whole"),
        "session": N_("Session"),
        "item": N_("Agenda item"),
    },
    "Change": {
        "added": N_("new"),
        "removed": N_("removed"),
        "called_off": N_("called off"),
        "restored": N_("takes place again"),
        "moved": N_("other hours"),
        "minutes": N_("other length"),
        "place": N_("other place"),
        "order": N_("other order"),
        "title": N_("other title"),
        "people": N_("other people"),
        "details": N_("other details"),
    },
    "Interpretation": {
        "none": N_("No interpretation"),
        "simultaneous": N_("Simultaneous interpretation"),
        "consecutive": N_("Consecutive interpretation"),
    },
    "AppointmentRole": {
        "chair": N_("Chair"),
        "co_chair": N_("Co-chair"),
        "opening_speaker": N_("Opening speaker"),
        "closing_speaker": N_("Closing speaker"),
        "moderator": N_("Moderator"),
        "speaker": N_("Speaker"),
        "interpreter": N_("Interpreter"),
        "secretary": N_("Secretary"),
        "guest_of_honour": N_("Guest of honour"),
    },
    "WarningCode": {
        "room_taken": N_("The room “{room}” is in use at the same time: {session}."),
        "link_taken": N_("The same online room is in use at the same time: {session}."),
        "person_overlaps": N_("{name} is expected elsewhere at the same time: {session}."),
        "organization_overlaps": N_(
            "{name} speaks elsewhere at the same time, and has not named its people yet: {session}."
        ),
        "outside_event": N_("The session lies outside the hours of the event."),
        "out_of_order": N_("It stands after session {number}, but begins before it: {session}."),
        "agenda_too_long": N_("The agenda takes {planned} minutes, the session has {available}."),
        "item_too_early": N_("It begins {minutes} min before its session."),
        "item_overlaps": N_("It begins {minutes} min before the item above it ends."),
        "item_runs_over": N_("It ends {minutes} min after its session."),
    },
}
