"""Rows of the programme as commands, the way somebody would type them: what edit forms begin with."""

from dataclasses import fields
from zoneinfo import ZoneInfo

from app.domain import local_time
from app.domain.connection_tests import BridgeDetails
from app.domain.contacts import ContactDetails
from app.domain.directory import OrganizationKind
from app.domain.event_times import HOME_ZONE
from app.domain.people import PersonDetails
from app.domain.programme import AgendaItemDetails, AppointmentDetails, SessionDetails, SideDetails
from app.domain.reports import NewsReportDetails, OutcomeDetails, ReportDetails, StatementDetails
from app.domain.sites import Endpoint, SiteFacts, SitePlace
from app.models.directory import Contact, Organization
from app.models.events import Event, Side
from app.models.people import Person
from app.models.programme import AgendaItem, Appointment, Session
from app.models.reports import NewsReport, Outcome, Statement
from app.models.sites import Bridge, Site
from app.queries.event_facts import shown_name
from app.queries.reports import Report


def of_contact(contact: Contact) -> ContactDetails:
    """Return a contact as typed."""
    known = {field.name: getattr(contact, field.name) for field in fields(ContactDetails)}
    return ContactDetails(**{**known, "phones": tuple(contact.phones)})


def of_session(session: Session, event: Event) -> SessionDetails:
    """Return a session as typed; without hours the day of the event is proposed."""
    return SessionDetails(
        titles=session.titles,
        summaries=session.summaries,
        hours=local_time.hours(session.starts_at, session.ends_at, event.timezone, event.date),
        capacity=session.capacity,
        languages=tuple(session.languages),
        room=session.room,
        join_url=session.join_url,
        admitted_kinds=tuple(OrganizationKind(kind) for kind in session.admitted_kinds),
        sectors=tuple(sector.code for sector in session.sectors),
        interpretation=session.interpretation,
    )


def of_item(item: AgendaItem, event: Event) -> AgendaItemDetails:
    """Return an agenda item as typed."""
    return AgendaItemDetails(
        kind=item.kind,
        titles=item.titles,
        session=item.session.public_id if item.session else None,
        starts=local_time.hours(item.starts_at, None, event.timezone, None).starts,
        minutes=item.minutes,
    )


def of_appointment(appointment: Appointment, language: str) -> AppointmentDetails:
    """Return an appointment as chosen."""
    return AppointmentDetails(
        role=appointment.role,
        session=appointment.session.public_id if appointment.session else None,
        agenda_item=appointment.agenda_item.public_id if appointment.agenda_item else None,
        side=appointment.side.public_id if appointment.side else None,
        organization=shown(appointment.organization, language),
        labels=appointment.labels,
        person=appointment.person.public_id if appointment.person else None,
        topics=appointment.topics,
        from_language=appointment.from_language,
        to_language=appointment.to_language,
    )


def of_side(side: Side) -> SideDetails:
    """Return a side as typed."""
    return SideDetails(code=side.code, names=side.names, capacity=side.capacity)


def of_person(person: Person, language: str) -> PersonDetails:
    """Return a person as typed."""
    return PersonDetails(
        full_name=person.full_name,
        native_name=person.native_name,
        form_of_address=person.form_of_address,
        ranks=person.ranks,
        posts=person.posts,
        organization=shown(person.organization, language),
        organization_name=person.organization_name,
        precedence=person.precedence,
        country=person.country,
        timezone=person.timezone,
        language=person.language,
        email=person.email,
        phone=person.phone,
    )


def of_report(row: Report, event: Event, language: str) -> ReportDetails:
    """Return a news report, a statement or an outcome as typed."""
    match row:
        case NewsReport():
            return _of_news(row, event, language)
        case Statement():
            return _of_statement(row)
        case Outcome():
            return OutcomeDetails(texts=row.texts)


def _of_news(report: NewsReport, event: Event, language: str) -> NewsReportDetails:
    published = local_time.hours(report.published_at, None, event.timezone or HOME_ZONE, None)
    return NewsReportDetails(
        headline=report.headline or "",
        language=report.language,
        publisher=shown(report.publisher, language),
        section=report.section,
        day=published.day,
        clock=published.starts,
        news_source=report.news_source,
        author=report.author,
        photo_caption=report.photo_caption,
        photo_credit=report.photo_credit,
    )


def _of_statement(statement: Statement) -> StatementDetails:
    return StatementDetails(
        texts=statement.texts,
        person=statement.person.public_id if statement.person else None,
        attribution=statement.attribution,
        sector=statement.sector_code,
    )


def of_site(site: Site) -> tuple[SiteFacts, SitePlace]:
    """Return a site as typed: what its institution says of it, and what the desk says."""
    facts = SiteFacts(**{part.name: getattr(site, part.name) for part in fields(SiteFacts)})
    place = SitePlace(
        kind=site.kind,
        status=site.status,
        institution=site.invitation.public_id if site.invitation else None,
        parent=site.parent.public_id if site.parent else None,
        endpoint=Endpoint(**{part.name: getattr(site, part.name) for part in fields(Endpoint)}),
    )
    return facts, place


def of_bridge(bridge: Bridge, event: Event) -> BridgeDetails:
    """Return a bridge as typed."""
    there = ZoneInfo(event.timezone or HOME_ZONE)
    starts, ends = bridge.starts_at.astimezone(there), bridge.ends_at.astimezone(there)
    return BridgeDetails(
        name=bridge.name, day=starts.date(), starts=starts.time(), ends=ends.time(), minutes=bridge.minutes
    )


def shown(organization: Organization | None, language: str) -> str:
    """Return how a form shows the organisation, if there is one."""
    return shown_name(organization, language) if organization else ""
