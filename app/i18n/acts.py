"""Words for the acts in a history: whoever records a new act adds its sentence here, in all languages."""

from app.i18n.catalogue import N_, gettext

ACTS: dict[str, str] = {
    "account.add": N_("Account created"),
    "account.close": N_("Account closed"),
    "account.link": N_("New sign-in link made"),
    "account.open": N_("Account opened again"),
    "agenda_item.add": N_("Agenda item added: {name}"),
    "agenda_item.edit": N_("Agenda item changed: {name}"),
    "agenda_item.move": N_("Agenda item moved: {name}"),
    "agenda_item.remove": N_("Agenda item removed: {name}"),
    "appointment.add": N_("Appointment added: {name}"),
    "appointment.edit": N_("Appointment changed: {name}"),
    "appointment.move": N_("Appointment moved: {name}"),
    "appointment.name": N_("Person named: {name}"),
    "appointment.release": N_("Person released: {name}"),
    "appointment.remove": N_("Appointment removed: {name}"),
    "bridge.close": N_("Bridge removed: {name}"),
    "bridge.edit": N_("Bridge changed: {name}"),
    "bridge.open": N_("Bridge opened for tests: {name}"),
    "delegate.approve": N_("Approved by the secretariat: {name}"),
    "delegate.approve_as_head": N_("Approved by the head of the institution: {name}"),
    "delegate.attend": N_("Attendance noted: {name}"),
    "delegate.correct": N_("Delegate corrected own data: {name}"),
    "delegate.edit": N_("Delegate changed: {name}"),
    "delegate.not_attend": N_("Attendance taken back: {name}"),
    "delegate.refuse": N_("Not approved by the secretariat: {name}"),
    "delegate.refuse_as_head": N_("Not approved by the head of the institution: {name}"),
    "delegate.register": N_("Delegate registered: {name}"),
    "delegate.replace": N_("Delegate replaced: {name}"),
    "delegate.withdraw": N_("Delegate withdrawn: {name}"),
    "event.archive": N_("Put into the archive"),
    "event.cancel": N_("Roundtable cancelled"),
    "event.clone": N_("Made as a copy of another roundtable"),
    "event.close": N_("Registration closed"),
    "event.create": N_("Draft created"),
    "event.discard": N_("Draft discarded"),
    "event.edit": N_("Facts changed"),
    "event.export_delegates": N_("List of delegates saved as a file: {name}"),
    "event.invite": N_("Institutions invited"),
    "event.move": N_("Moved to a new date"),
    "event.order_by_hand": N_("Protocol order set by hand: {name}"),
    "event.postpone": N_("Postponed without a new date"),
    "event.publish": N_("Published"),
    "event.release_letters": N_("Letters of invitation released"),
    "event.reopen": N_("Registration opened again"),
    "event.reorder_guests": N_("Order of the delegations changed"),
    "event.restore": N_("Taken out of the archive"),
    "event.resume": N_("New date set"),
    "invitation.answer": N_("Answer recorded: {name}"),
    "invitation.ask_head": N_("Head asked to approve delegates: {name}"),
    "invitation.change_terms": N_("Terms of the invitation changed: {name}"),
    "invitation.create": N_("Invited: {name}"),
    "invitation.remove": N_("Taken off the guest list: {name}"),
    "invitation.revoke_link": N_("Link revoked: {name}"),
    "invitation.send": N_("Letter of invitation sent: {name}"),
    "invitation.undeliverable": N_("Letter could not be delivered: {name}"),
    "link.request": N_("New link asked for"),
    "mail.drop": N_("Letters dropped"),
    "mail.leave": N_("A letter was given up"),
    "mail.release": N_("Letters released"),
    "mail.send_again": N_("A letter was sent again"),
    "news.add": N_("News report added: {name}"),
    "news.edit": N_("News report changed: {name}"),
    "news.remove": N_("News report removed: {name}"),
    "organization.load": N_("Loaded from a file: {name}"),
    "outcome.add": N_("Outcome added: {name}"),
    "outcome.edit": N_("Outcome changed: {name}"),
    "outcome.move": N_("Outcome moved: {name}"),
    "outcome.remove": N_("Outcome removed: {name}"),
    "person.edit": N_("Person changed: {name}"),
    "session.add": N_("Session added: {name}"),
    "session.cancel": N_("Session called off: {name}"),
    "session.delete": N_("Session deleted: {name}"),
    "session.edit": N_("Session changed: {name}"),
    "session.move": N_("Session moved: {name}"),
    "session.restore": N_("Session put back: {name}"),
    "side.add": N_("Side added: {name}"),
    "side.edit": N_("Side changed: {name}"),
    "side.move": N_("Side moved: {name}"),
    "side.remove": N_("Side removed: {name}"),
    "side.reserve": N_("Speaking slots reserved: {name}"),
    "site.add": N_("Connection site added: {name}"),
    "site.book_test": N_("Test of the line booked: {name}"),
    "site.count": N_("Headcount noted: {name}"),
    "site.edit": N_("Connection site changed: {name}"),
    "site.give_back_test": N_("Test of the line given back: {name}"),
    "site.move_test": N_("Test of the line moved: {name}"),
    "site.record_test": N_("Result of the test recorded: {name}"),
    "site.remove": N_("Connection site removed: {name}"),
    "site.seat": N_("People of the connection site changed: {name}"),
    "statement.add": N_("Statement added: {name}"),
    "statement.edit": N_("Statement changed: {name}"),
    "statement.move": N_("Statement moved: {name}"),
    "statement.remove": N_("Statement removed: {name}"),
}
_UNNAMED = N_("Changed: {name}")
SOURCES: dict[str, str] = {
    "web": N_("at the desk"),
    "link": N_("by the link"),
    "letter": N_("by letter"),
    "phone": N_("by telephone"),
    "email": N_("by e-mail"),
    "calendar": N_("from the calendar"),
    "report": N_("from the report of the event"),
    "command": N_("by command"),
    "file": N_("from a file"),
    "system": N_("by the system"),
}


def act_text(act: str, name: str, language: str) -> str:
    """Return what was done, in words."""
    return gettext(language, ACTS.get(act, _UNNAMED), name=name)


def source_text(source: str, language: str) -> str:
    """Return from where it was done; the word itself where it has none."""
    return gettext(language, SOURCES.get(source, source))


def who_text(kind: str, name: str, language: str) -> str:
    """Return who did it; the system and the public have no name of their own."""
    named = {"system": N_("the system"), "public": N_("somebody by the public page")}
    return gettext(language, named[kind]) if kind in named else name
