"""All pages of the site: each module brings its own blueprint."""

from flask import Flask

from app.web import calendars, hooks, mailbox
from app.web.delegate import approvals as delegate_approvals
from app.web.delegate import change_requests as delegate_change_requests
from app.web.delegate import focal_points as delegate_focal_points
from app.web.delegate import imports as delegate_imports
from app.web.delegate import invitations as delegate_invitations
from app.web.delegate import members as delegate_members
from app.web.delegate import participations as delegate_participations
from app.web.delegate import registrations as delegate_registrations
from app.web.delegate import replacements
from app.web.delegate import sites as delegate_sites
from app.web.delegate import speaking as delegate_speaking
from app.web.organizer import accounts as organizer_accounts
from app.web.organizer import agenda as organizer_agenda
from app.web.organizer import answers as organizer_answers
from app.web.organizer import appointments as organizer_appointments
from app.web.organizer import approvals as organizer_approvals
from app.web.organizer import bridges as organizer_bridges
from app.web.organizer import calendar as organizer_calendar
from app.web.organizer import calendar_previews as organizer_calendar_previews
from app.web.organizer import calls as organizer_calls
from app.web.organizer import change_requests as organizer_change_requests
from app.web.organizer import contacts as organizer_contacts
from app.web.organizer import coverage as organizer_coverage
from app.web.organizer import delegate as organizer_delegate
from app.web.organizer import delegates as organizer_delegates
from app.web.organizer import desk as organizer_desk
from app.web.organizer import directory as organizer_directory
from app.web.organizer import directory_files as organizer_directory_files
from app.web.organizer import directory_imports as organizer_directory_imports
from app.web.organizer import duplicates as organizer_duplicates
from app.web.organizer import event_acts, events, guest, hours, invitations, letters, programme_versions
from app.web.organizer import history as organizer_history
from app.web.organizer import imports as organizer_imports
from app.web.organizer import mail as organizer_mail
from app.web.organizer import merges as organizer_merges
from app.web.organizer import people as organizer_people
from app.web.organizer import programme as organizer_programme
from app.web.organizer import protocol as organizer_protocol
from app.web.organizer import removals as organizer_removals
from app.web.organizer import reports as organizer_reports
from app.web.organizer import saved_filters as organizer_saved_filters
from app.web.organizer import search as organizer_search
from app.web.organizer import sides as organizer_sides
from app.web.organizer import sites as organizer_sites
from app.web.organizer import slots as organizer_slots
from app.web.organizer import speaking as organizer_speaking
from app.web.organizer import twinnings as organizer_twinnings
from app.web.public import components as public_components
from app.web.public import events as public_events
from app.web.public import health, links, robots
from app.web.public import registrations as public_registrations

BLUEPRINTS = (
    organizer_desk.pages,
    organizer_search.pages,
    organizer_saved_filters.pages,
    organizer_history.pages,
    organizer_accounts.pages,
    robots.pages,
    organizer_directory.pages,
    organizer_directory_files.pages,
    organizer_directory_imports.pages,
    organizer_contacts.pages,
    organizer_twinnings.pages,
    organizer_duplicates.pages,
    organizer_merges.pages,
    organizer_removals.pages,
    organizer_mail.pages,
    organizer_answers.pages,
    organizer_calendar.pages,
    organizer_calendar_previews.pages,
    organizer_agenda.pages,
    organizer_appointments.pages,
    organizer_people.pages,
    organizer_programme.pages,
    organizer_reports.pages,
    organizer_sides.pages,
    organizer_slots.pages,
    organizer_sites.pages,
    organizer_bridges.pages,
    health.pages,
    mailbox.pages,
    hooks.pages,
    public_components.pages,
    public_events.pages,
    calendars.pages,
    events.pages,
    event_acts.pages,
    hours.pages,
    programme_versions.pages,
    delegate_imports.pages,
    delegate_focal_points.pages,
    delegate_members.pages,
    delegate_registrations.pages,
    delegate_sites.pages,
    replacements.pages,
    delegate_approvals.pages,
    delegate_change_requests.pages,
    delegate_speaking.pages,
    delegate_participations.pages,
    public_registrations.pages,
    links.pages,
    delegate_invitations.pages,
    invitations.pages,
    letters.pages,
    guest.pages,
    organizer_calls.pages,
    organizer_coverage.pages,
    organizer_imports.pages,
    organizer_delegates.pages,
    organizer_delegate.pages,
    organizer_approvals.pages,
    organizer_change_requests.pages,
    organizer_speaking.pages,
    organizer_protocol.pages,
)


def install(app: Flask) -> None:
    """Register the blueprints."""
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
