"""The booked test of a site's line as a calendar file, with an alarm before it."""

from app import site as pages
from app.domain.calendars import CalendarEntry, CalendarFile, Conference, EntryStatus
from app.domain.connection_tests import BookingState
from app.domain.errors import NotFound
from app.domain.event_times import HOME_ZONE
from app.domain.languages import in_language
from app.domain.sites import join_url
from app.i18n import calendars as words
from app.i18n import moments
from app.models.sites import ConnectionTest, Site

_ALARM_MINUTES = 30


def get_test_file(site: Site, *, language: str) -> CalendarFile:
    """Return the latest test of a site, struck out where the slot was given back; NotFound without any."""
    booked = [test for test in site.tests if test.bridge_id is not None]
    if not booked:
        raise NotFound("not_found")
    entry = _entry(site, max(booked, key=lambda test: (test.starts_at, test.id)), language)
    return CalendarFile(title=entry.summary, entries=(entry,), language=language, changed=entry.stamp)


def _entry(site: Site, test: ConnectionTest, language: str) -> CalendarEntry:
    event = site.event
    zone = event.timezone or HOME_ZONE
    name, title = in_language(site.shown_names, language), in_language(event.titles, language)
    join = join_url(site.join_url, None, event.join_url)
    summary = words.line_title(name, title, language)
    given_back = test.state is BookingState.GIVEN_BACK
    return CalendarEntry(
        uid=test.calendar_uid,
        sequence=test.sequence,
        stamp=max(test.changed_at, site.changed_at),
        created=test.created_at,
        starts=test.starts_at,
        ends=test.ends_at,
        zone=zone,
        status=EntryStatus.CANCELLED if given_back else EntryStatus.CONFIRMED,
        summary=words.cancelled_title(summary, language, postponed=False) if given_back else summary,
        description=words.describe(
            language,
            note="",
            when=str(moments.format_moment(test.starts_at, test.ends_at, zone, language, site.timezone)),
            purpose=test.bridge.name if test.bridge else "",
            programme=[],
            ways_in=words.ways_in(language, join, site.meeting_id, site.passcode, site.dial_address),
            page=pages.event_url(event.slug),
            contact=", ".join(
                part for part in (event.contact_name, event.contact_phone, event.contact_email) if part
            ),
        ),
        location=in_language(site.rooms, language),
        conference=Conference(url=join, label=words.join_label(language)) if join else None,
        alarm_minutes=_ALARM_MINUTES,
    )
