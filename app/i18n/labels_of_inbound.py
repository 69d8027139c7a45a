"""Words for mail that comes back: doors, results, decisions, and why each mail was treated so."""

from app.i18n.catalogue import N_

INBOUND: dict[str, dict[str, str]] = {
    "Door": {
        "mailbox": N_("from the mailbox"),
        "listener": N_("from the mail server"),
        "webhook": N_("from the mail provider"),
        "command": N_("by command"),
    },
    "Result": {
        "apply": N_("Recorded"),
        "hold": N_("Waits for your decision"),
        "ignore": N_("Nothing to be done"),
        "reject": N_("Not read"),
    },
    "HoldDecision": {
        "applied": N_("Recorded"),
        "dismissed": N_("Dismissed"),
        "counter_declined": N_("Proposed time declined"),
    },
    "Reason": {
        "answered": N_("The answer from the calendar was recorded."),
        "refresh": N_("The guest asked for the calendar entry again; it was sent once more."),
        "bounced": N_("A letter could not be delivered; it is marked at the guest."),
        "same_answer": N_("The guest had given the same answer before."),
        "sender_not_proven": N_("It is not certain that this mail comes from the guest."),
        "several_senders": N_("The mail names no sender, or several."),
        "several_guests": N_("The mail concerns several guests, and does not say for whom it answers."),
        "link_revoked": N_("The mail went to an address that was revoked together with the link."),
        "party_crasher": N_("Somebody answers who was not invited: the invitation was probably passed on."),
        "several_attendees": N_("The mail does not answer for one person alone."),
        "attendee_missing": N_("The mail does not say who answers."),
        "sent_by": N_("Somebody from another house answers on behalf of the guest."),
        "delegated_from": N_("Somebody answers to whom the guest passed the invitation on."),
        "written_by_hand": N_("No answer from a calendar: somebody wrote a letter to the answer address."),
        "winmail_dat": N_("The answer is in Microsoft's winmail.dat format, which cannot be read safely."),
        "calendar_unreadable": N_("The calendar part of the mail cannot be read."),
        "parts_disagree": N_("The parts of the mail contradict each other."),
        "method_unknown": N_("The mail does not say what it asks for."),
        "several_entries": N_("The mail is about several calendar entries at once."),
        "recurrence": N_("The mail is about one day of a series, but the event has no series."),
        "delegated": N_("The guest wants somebody else to come instead."),
        "counter": N_("The guest proposes another time."),
        "partstat_unknown": N_("The mail says neither yes, nor no, nor perhaps."),
        "older_version": N_("The guest answered an older version of the entry; it has changed since."),
        "newer_version": N_("The mail refers to a version of the entry that was never sent."),
        "entry_cancelled": N_("The entry that is answered has been taken back."),
        "delegate_withdrawn": N_("This delegate has been withdrawn."),
        "delegate_attended": N_("This delegate is noted as having attended."),
        "delegates_registered": N_(
            "The institution declines, but has registered delegates: recording this withdraws them."
        ),
        "event_called_off": N_("The event has been postponed or cancelled."),
        "event_over": N_("The event is over."),
        "event_not_open": N_("The event does not take answers at the moment."),
        "deadline_passed": N_("The answer came after the deadline."),
        "not_possible": N_("The answer could not be recorded as things stand."),
        "failed": N_("The mail could not be processed; please look at it yourself."),
        "unknown_entry": N_("The mail is about a calendar entry that this guest did not get from here."),
        "same_mail": N_("This mail has come before."),
        "older_answer": N_("The guest has given a newer answer."),
        "out_of_office": N_("An automatic note of absence."),
        "automatic": N_("An automatic mail without an answer."),
        "not_from_guests": N_(
            "An invitation or cancellation of somebody else's event: guests cannot send these."
        ),
        "no_calendar": N_("No answer, and nothing that concerns an event here."),
        "refreshed_lately": N_("The calendar entry was sent again within the last hour."),
        "delayed": N_("A letter is delayed; the mail server goes on trying."),
        "delivered": N_("A letter has been delivered."),
        "message_unknown": N_("A report about a mail that was not sent from here."),
        "too_large": N_("The mail is too large to be an answer."),
        "too_complex": N_("The mail is built in a way that no calendar builds one."),
        "unreadable": N_("This is not a mail."),
    },
}
"""Per enum class name the words of its values."""
