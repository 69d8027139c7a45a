"""The floor: the smallest honest RSVP on the same libraries, nothing cached, in one language, for one event.

Flask, Flask-SQLAlchemy, Flask-WTF and icalendar as their documentation shows them, hours in UTC. What it
lacks (accounts, languages, zones in calendars, outbox, audit, headers) the product does more.
"""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, Response, redirect, render_template, url_for
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from icalendar import Calendar
from icalendar import Event as Entry
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from wtforms import EmailField, SelectMultipleField, StringField
from wtforms.validators import Email, InputRequired, Length

SLUG = "ket-noi-dia-phuong"


class Base(DeclarativeBase):
    """Base of the floor's tables."""


db = SQLAlchemy(model_class=Base)


class Event(Base):
    """An event."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    purpose: Mapped[str]
    timezone: Mapped[str]
    sessions: Mapped[list["Session"]] = relationship(order_by="Session.starts_at")


class Session(Base):
    """A session of it."""

    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    uid: Mapped[str]
    title: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Registration(Base):
    """A registered person."""

    __tablename__ = "registrations"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    token: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str]
    organization: Mapped[str]
    seats: Mapped[list["Seat"]] = relationship()


class Seat(Base):
    """A place in a session."""

    __tablename__ = "seats"
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    session: Mapped[Session] = relationship()


class RegisterForm(FlaskForm):
    """What a person fills in."""

    name = StringField("Name", [InputRequired(), Length(max=200)])
    email = EmailField("E-mail", [InputRequired(), Email()])
    organization = StringField("Organisation", [Length(max=200)])
    sessions = SelectMultipleField("Sessions", coerce=int)


def create_floor(folder: Path) -> Flask:
    """Return the floor on an SQLite file in `folder`, with its one event."""
    app = Flask("bench", template_folder=str(Path(__file__).parent / "templates"))
    app.config.update(
        SECRET_KEY=secrets.token_hex(), SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'floor.db'}"
    )
    db.init_app(app)
    app.add_url_rule("/events/<slug>", view_func=page)
    app.add_url_rule("/events/<slug>.ics", view_func=calendar)
    app.add_url_rule("/events/<slug>/register", view_func=register, methods=["GET", "POST"])
    app.add_url_rule("/receipts/<token>", view_func=receipt)
    app.jinja_env.filters["local"] = _local
    with app.app_context():
        event.listen(db.engine, "connect", lambda raw, _record: raw.execute("PRAGMA journal_mode = WAL"))
        db.create_all()
        db.session.add(_roundtable())
        db.session.commit()
    return app


def create_empty() -> Flask:
    """Return an application with one view that says ok."""
    app = Flask("empty")
    app.add_url_rule("/", view_func=lambda: "ok", endpoint="ok")
    return app


def page(slug: str) -> str:
    """Show the event with its sessions."""
    return render_template("floor_event.html", event=_get_event(slug))


def calendar(slug: str) -> Response:
    """Answer the sessions as a calendar file."""
    found = _get_event(slug)
    file = Calendar()
    file.add("prodid", "-//floor//EN")
    file.add("version", "2.0")
    for session in found.sessions:
        entry = Entry()
        entry.add("uid", session.uid)
        entry.add("dtstamp", datetime.now(UTC))
        entry.add("summary", f"{found.title}: {session.title}")
        entry.add("description", found.purpose)
        entry.add("url", url_for("page", slug=slug, _external=True))
        entry.add("dtstart", session.starts_at.replace(tzinfo=UTC))
        entry.add("dtend", session.ends_at.replace(tzinfo=UTC))
        file.add_component(entry)
    return Response(file.to_ical(), mimetype="text/calendar")


def register(slug: str) -> str | Response:
    """Show the form, or keep what was filled in and lead to the receipt."""
    found = _get_event(slug)
    form = RegisterForm()
    form.sessions.choices = [(session.id, session.title) for session in found.sessions]
    if not form.validate_on_submit():
        return render_template("floor_register.html", event=found, form=form)
    made = Registration(
        event_id=found.id,
        token=secrets.token_urlsafe(),
        name=form.name.data,
        email=form.email.data,
        organization=form.organization.data,
        seats=[Seat(session_id=number) for number in form.sessions.data],
    )
    db.session.add(made)
    db.session.commit()
    return redirect(url_for("receipt", token=made.token), 303)


def receipt(token: str) -> str:
    """Show what was kept."""
    made = db.first_or_404(select(Registration).where(Registration.token == token))
    return render_template("floor_receipt.html", registration=made, event=db.get_or_404(Event, made.event_id))


def _get_event(slug: str) -> Event:
    return db.first_or_404(select(Event).where(Event.slug == slug))


def _local(moment: datetime, zone: str) -> str:
    return f"{moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)):%H:%M, %d/%m/%Y}"


def _roundtable() -> Event:
    return Event(
        slug=SLUG,
        title="Tọa đàm trực tuyến kết nối địa phương Việt Nam và các chủ thể Liên bang Nga",
        purpose="Kết nối các địa phương Việt Nam với các chủ thể của Nga nhằm thúc đẩy hợp tác. " * 4,
        timezone="Asia/Ho_Chi_Minh",
        sessions=[
            Session(
                uid=secrets.token_hex(16),
                title=title,
                starts_at=datetime(2027, 10, 27, hour, tzinfo=UTC).replace(tzinfo=None),
                ends_at=datetime(2027, 10, 27, hour + 1, 30, tzinfo=UTC).replace(tzinfo=None),
            )
            for title, hour in (("Kết nối vì phát triển", 7), ("Hợp tác đầu tư và thương mại", 9))
        ],
    )
