"""Words for states and refusals.

Whoever raises a new DomainError code adds its sentence here, whoever adds an enum its words in labels.py.
"""

from enum import Enum

from app.domain.errors import DomainError
from app.i18n.catalogue import N_, gettext
from app.i18n.labels import LABELS, LANGUAGES

ERRORS: dict[str, str] = {
    "account_exists": N_("There is an account for {email} already."),
    "account_own": N_("You cannot close your own account."),
    "already_registered": N_("{name} is in this delegation already."),
    "answered_meanwhile": N_(
        "Another answer was recorded meanwhile; it is shown above. Send yours again if it still holds."
    ),
    "bridge_overlaps": N_(
        "“{name}” takes tests in these hours already. Give this one another name, or other hours."
    ),
    "calendar_without_date": N_("The date is not fixed yet, so there is no calendar file."),
    "call_ahead": N_("This day lies ahead: enter a call when it has taken place."),
    "called_off_keeps_its_date": N_(
        "What was postponed or cancelled keeps its date. Set a new date with the act of that name."
    ),
    "capacity_below_taken": N_("{taken} places are taken or held already: the capacity cannot be smaller."),
    "cells_miscounted": N_("It has {found} cells where the header has {wanted}."),
    "change_not_asked": N_("Changes are not asked for at the moment: they are open, or the event is over."),
    "changed_meanwhile": N_(
        "Somebody else has changed this meanwhile. Please look at the present state and try again."
    ),
    "circle": N_("{organization} would stand above itself."),
    "clock_missing": N_("Please give the hour as well."),
    "code_invalid": N_("A code has capital letters, digits and hyphens, at most 40 characters."),
    "code_missing": N_("Please give a short code, for example VN."),
    "code_repeated": N_("The code {repeated} stands there twice."),
    "code_taken": N_("The code {taken} is taken."),
    "code_twice": N_("This code already stands in line {line}."),
    "column_repeated": N_("Two columns hold “{column}”. Only the name may be in parts."),
    "column_missing": N_("The column {column} is missing."),
    "column_twice": N_("The column {column} stands there twice."),
    "column_unknown": N_("The column {column} is not known."),
    "column_unnamed": N_("Say which column holds “{column}”."),
    "confidence_unknown": N_("The confidence is A, B or C."),
    "consent_missing": N_("We need your consent to register you."),
    "contact_unnamed": N_("Please give a name or a post."),
    "contact_unreachable": N_("A focal point needs an e-mail address or a telephone number."),
    "contact_used": N_("Invitations went to this contact, so it is put aside instead of deleted."),
    "country_unknown": N_("A country is given by its two capital letters, for example VN."),
    "country_unnamed": N_("“{value}” is not a country that we know by name or code."),
    "csv_unreadable": N_("This is not well-formed CSV."),
    "day_missing": N_("Please give the day as well."),
    "day_unreadable": N_("“{value}” is not a day; days are written 2025-07-01."),
    "deadline_after_start": N_("The deadline must not lie after the beginning of the event."),
    "deadline_passed": N_("The deadline has passed. Please get in touch with the organiser."),
    "delegate_attended": N_("This person attended, so the registration stays."),
    "delegate_withdrawn": N_("This person has been withdrawn."),
    "delegates_registered": N_(
        "Delegates registered so far: {n}. They would be withdrawn; please confirm this or answer otherwise."
    ),
    "draft_has_guests": N_("This draft has guests or mail already. Remove the guests first."),
    "drafts_changed": N_("The drafts have changed meanwhile: {n} wait now. Please look at them again."),
    "email_invalid": N_("This is not an e-mail address."),
    "end_missing": N_("Please give the end as well."),
    "ends_before_start": N_("The end must be after the start."),
    "event_day_missing": N_("Give the event its date first."),
    "event_incomplete": N_("This is still missing: {missing}."),
    "event_not_open": N_(
        "This event takes no answers at the moment. Please get in touch with the organiser."
    ),
    "event_not_over": N_("The event lies ahead: only what took place is archived."),
    "event_not_published": N_("Publish the roundtable first: letters lead to its page."),
    "event_status": N_("This cannot be done now. The event is in the state “{now}”."),
    "event_unknown": N_("We could not find this, or it is not open to you."),
    "file_broken": N_("{file}, line {line}: {reason}"),
    "file_cell_broken": N_("{file}, line {line}, column {column}: {reason}"),
    "file_empty": N_("The file is empty."),
    "focal_points_full": N_("There are {n} people with a link already. Make one of them void first."),
    "group_unknown": N_("This group of the directory is not known."),
    "head_exists": N_("The delegation has a head already: {name}. Change that role first."),
    "headcount_closed": N_("Headcounts are entered from the day of the roundtable until a week after it."),
    "headcount_unlikely": N_("A headcount is a number from 0 to 100,000."),
    "holder_missing": N_("Say who holds it: an institution, a side, a person, or a description in words."),
    "hour_comes_twice": N_("The clocks show {clock} twice on this day. Please say which one you mean."),
    "hour_does_not_exist": N_("{clock} does not exist on this day: the clocks are put forward."),
    "institution_not_invited": N_("This institution is not invited to the roundtable."),
    "invitation_sent": N_("Sent or answered already: {n}, for example {name}. These stay on the list."),
    "import_empty": N_("Nothing would change: everybody in the table is registered already or left out."),
    "import_gone": N_(
        "This table is kept no longer: it was imported, or a day has passed. Please send it again."
    ),
    "import_stuck": N_("Rows that still need a correction: {n}. Correct them, or take the tick off."),
    "filter_empty": N_("Nothing narrows the list yet."),
    "filter_exists": N_(
        "This list offers a filter “{name}” already. Choose another name, or delete that one first."
    ),
    "filter_too_long": N_("This filter says too much to be kept. Use fewer words."),
    "filters_full": N_("You keep {most} filters already. Delete one of them first."),
    "import_undone": N_("This import was undone already."),
    "institution_missing": N_("The institution is missing."),
    "institution_uninvited": N_("“{typed}” is not invited to this roundtable."),
    "institution_unknown": N_("No invited institution is called “{typed}”."),
    "kind_unknown": N_("The kind “{value}” is not known."),
    "kind_unlisted": N_(
        "The kind “{value}” is not known. Kinds are written as in the directory, for example “Embassy”."
    ),
    "language_unknown": N_("The language “{value}” is not known: vi, en, ru or fr."),
    "last_day_without_hours": N_("For an event of several days please give the hours as well."),
    "letter_missing": N_("Please give the letter that was drawn."),
    "letters_changed": N_("The number of prepared letters has changed; it is now {n}. Please look again."),
    "letters_outdated": N_(
        "The roundtable was changed after the letters were prepared. Please prepare them again."
    ),
    "link_invalid": N_("This link is wrong or no longer works."),
    "link_unknown": N_("{organization} refers to {name}, which is not there."),
    "last_session": N_("This is your only session. To give it back, withdraw from the event."),
    "mail_decided": N_("This mail has been decided on already."),
    "mail_not_applicable": N_(
        "This mail cannot be recorded as it stands. Enter the answer at the guest, or dismiss it."
    ),
    "merge_both_invited": N_(
        "Both are invited to the same roundtable ({n}). Take one of the two off its guest list first."
    ),
    "merge_clash": N_(
        "Both are entered in the same place, where only one of them can stand. Remove one first."
    ),
    "merge_of_itself": N_("These are one and the same organisation."),
    "merge_parent": N_("One stands directly above the other, so they cannot be the same."),
    "merge_successor": N_("One follows the other: two generations of a unit are not merged."),
    "merge_touched": N_(
        "Something that the merge changed has been changed again since, so it cannot be undone as a whole."
    ),
    "merge_twins": N_(
        "They are twinned with one another, so they cannot be the same. Remove the twinning first."
    ),
    "members_full": N_("Too many members wait already. Please turn to your association."),
    "message_not_waiting": N_("This message does not wait for a decision any more."),
    "minutes_out_of_range": N_("Please give between 1 and {most} minutes."),
    "name_missing": N_("Please give the full name."),
    "name_of_another": N_(
        "This looks like another person. You can correct how your name is written;"
        " for another person ask the institution that registered you."
    ),
    "no_email": N_("There is no e-mail address for this institution yet."),
    "no_slot_fits": N_("No slot fits between these hours."),
    "nobody_awaits_head": N_("No delegate waits for the approval of the head of the institution."),
    "nobody_chosen": N_("Please choose at least one."),
    "not_allowed": N_("You are not allowed to do this."),
    "not_found": N_("We could not find this, or it is not open to you."),
    "not_utf8": N_("The file is not written in UTF-8."),
    "nothing_changed": N_("Nothing differs from what is recorded. Please change what you want changed."),
    "number_unreadable": N_("“{value}” is not a number."),
    "occasion_dates": N_("The end of an anniversary must not lie before its beginning."),
    "organization_ambiguous": N_("“{typed}” fits several organisations. Please choose one from the list."),
    "organization_name_missing": N_("Please give the name in at least one language."),
    "organization_unknown": N_(
        "“{typed}” is not in the directory. Please choose from the list, or add it to the directory first."
    ),
    "offer_gone": N_("This place is not kept any more; it has gone to the next on the waiting list."),
    "organization_used": N_(
        "Something refers to this organisation, so it cannot be deleted. Close it instead."
    ),
    "quota_below_taken": N_("Delegates registered already: {taken}. The quota cannot be smaller."),
    "quota_full": N_(
        "No place is left: the quota of the institution is {quota}."
        " Withdraw somebody first, or ask the organiser for a larger quota."
    ),
    "registration_by_invitation": N_("This event is by invitation."),
    "reason_missing": N_("Please say why: those concerned read it."),
    "replace_instead": N_(
        "This looks like another person, who has to be approved: please choose “Replace” instead."
    ),
    "replaces_himself": N_(
        "This is the same person. To correct the name or post, choose “Change” instead of “Replace”."
    ),
    "report_empty": N_("Please give at least the headline, the publisher, the source or the author."),
    "reserved_above_quota": N_("The quota is {quota}: more places cannot be kept."),
    "reserved_beyond_capacity": N_("There are {n} places too few to keep so many."),
    "request_decided": N_("This request has been decided already."),
    "role_unknown": N_(
        "The role “{value}” is not known: head of delegation, delegate, speaker, interpreter, technician"
        " or observer."
    ),
    "row_doubled": N_("The same person stands in row {line} already."),
    "same_date": N_("This is the present date. Please give the new one."),
    "same_language": N_("An interpreter works between two languages: please choose another one here."),
    "sector_unknown": N_("This field of cooperation is not known."),
    "session_has_seats": N_(
        "{seats} people have a seat or wait for one: call the session off instead of deleting it."
    ),
    "session_not_admitted": N_("Session {number} is not open to institutions of this kind."),
    "session_unnamed": N_("No session is called “{value}”. Give its number or its title."),
    "session_unknown": N_("One of the sessions is no longer on the programme. Please choose again."),
    "side_full": N_("This side has not room for {n} people more."),
    "side_exists": N_("There is a side with the code {side} already."),
    "side_unknown": N_("This side does not belong to the roundtable."),
    "site_attended": N_("People were counted at this site: {n}. It stays, since the report rests on it."),
    "site_called_off": N_("This site is called off: it needs no test."),
    "site_circle": N_("A site cannot stand under itself."),
    "site_exists": N_("Your institution has its site already. Add others under it."),
    "site_name_missing": N_("Please give the name of the site in at least one language."),
    "site_not_accepted": N_("Accept the invitation first; then you can prepare your connection site."),
    "site_unknown": N_("The site above it is no longer there. Please choose again."),
    "slot_given": N_("Somebody has given this slot meanwhile. Please look again."),
    "slot_length": N_("A slot lasts {least} to {most} minutes."),
    "slot_past": N_("This slot has begun already. Please choose a later one."),
    "slot_taken": N_("Somebody else has just booked this slot. Please choose another one."),
    "slot_unknown": N_("Please choose one of the slots on offer."),
    "slots_are_booked": N_("Booked slots: {n}. They would lose their place, so this cannot be done."),
    "silent_changed": N_(
        "The number of institutions without an answer has changed; it is now {n}. Please look again."
    ),
    "slots_are_filled": N_("{filled} of these slots are given to somebody already: free them first."),
    "source_not_by_hand": N_("Please say how the answer reached you."),
    "speaker_missing": N_("Say who said it: a person, or a group in words."),
    "speaking_closed": N_("Requests to speak are closed: the event is not open, or it is over."),
    "start_missing": N_("Please give the start as well."),
    "successor_without_end": N_("Please give the last day as well: the successor begins after it."),
    "table_empty": N_("There is nothing in this table."),
    "table_missing": N_("Paste rows from your table, or choose a file."),
    "table_old_format": N_(
        "This is a workbook of the old format .xls. Please save it as .xlsx and send it again."
    ),
    "table_protected": N_(
        "The file is protected by a password. Please save it without one and send it again."
    ),
    "table_too_large": N_(
        "This workbook is too large. Please send the list alone, without pictures and other sheets."
    ),
    "table_too_long": N_("The table has too many rows: at most {most} can be taken at once."),
    "table_too_wide": N_("The table has {n} columns; at most {most} can be read."),
    "table_unreadable": N_("This is not a table that we can read. Please send XLSX, ODS or CSV."),
    "text_missing": N_("Please write it in at least one language."),
    "text_unclean": N_("The text is not clean: composed characters (NFC), no controls."),
    "timezone_unknown": N_("This time zone is not known."),
    "title_missing": N_("Please give a title in at least one language."),
    "topic_missing": N_("Please give the topic in at least one language."),
    "too_long": N_("This is too long: at most {length} characters."),
    "too_many_sites": N_(
        "That is {most} sites: more cannot be entered here. Please get in touch with the organiser."
    ),
    "twin_not_locality": N_("Only localities can be twinned."),
    "twin_of_itself": N_("A locality cannot be twinned with itself."),
    "umbrella_of_itself": N_("An event cannot be the umbrella of itself."),
    "validity_reversed": N_("The last day must not be before the first."),
    "version_unchanged": N_("Nothing has changed since version {number}."),
    "zone_missing": N_("Give the event its time zone first: without it hours mean nothing."),
    "zone_changed": N_("The time zone is another one. Please say whether the clock or the moment stays."),
}
"""Per DomainError code a sentence; `{placeholders}` are the error's params."""

_UNNAMED = N_("This is not possible at the moment. Please try again or contact us.")


def label(value: Enum, language: str) -> str:
    """Return the word for an enum value; a word missing in LABELS is an error of ours (KeyError)."""
    return gettext(language, LABELS[type(value).__name__][value.value])


def error_text(error: DomainError, language: str) -> str:
    """Return the sentence for a refusal."""
    told = {name: _told(value, language) for name, value in error.params.items()}
    return gettext(language, ERRORS.get(error.code, _UNNAMED), **told)


def language_name(code: str, language: str) -> str:
    """Return the name of a working language."""
    return gettext(language, LANGUAGES[code])


def _told(value: object, language: str) -> object:
    if isinstance(value, DomainError):
        return error_text(value, language)
    if isinstance(value, Enum):
        return label(value, language) if type(value).__name__ in LABELS else value
    return ", ".join(label(one, language) for one in value) if isinstance(value, tuple) else value
