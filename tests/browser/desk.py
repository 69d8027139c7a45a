"""What an organiser does at the desk, click by click."""

import re
from collections.abc import Mapping

from playwright.sync_api import expect

from tests.browser.story import DAY, EMAIL, FACTS, GUESTS, PASSWORD, PURPOSES, SESSIONS, SOURCE, TITLES
from tests.browser.visitor import Visitor

INVITED = 63


def sign_in(organizer: Visitor, one_time_link: str, email: str = EMAIL) -> None:
    """Set a password by the link of a new account, open the desk, be asked who it is, and be let in."""
    organizer.go(one_time_link)
    organizer.look("password")
    organizer.fill(password=PASSWORD, password_confirm=PASSWORD)
    organizer.press_only()
    organizer.sees(organizer.words("Sign in"))
    organizer.go("/organizer/events")
    organizer.look("sign-in")
    organizer.fill(email=email, password=PASSWORD)
    organizer.press("Sign in")
    expect(organizer.page).to_have_url(re.compile(r"^[^?]+/organizer/events$"))


def clone(organizer: Visitor) -> None:
    """Make a new draft out of the roundtable of October 2021."""
    organizer.go("/organizer/events?shelf=all")
    organizer.look("events")
    organizer.open(SOURCE[organizer.language])
    organizer.look("source")
    organizer.follow("Clone")
    organizer.look("clone")
    organizer.fill(**_translated("titles", TITLES), day=DAY.isoformat())
    organizer.press("Make the copy")
    organizer.sees(organizer.words("The copy is a draft. Nobody sees it yet."))
    organizer.look("draft")


def complete(organizer: Visitor) -> None:
    """Give it its hours, its organiser, its deadline."""
    organizer.follow("Edit")
    organizer.look("edit")
    organizer.fill(
        **_translated("purposes", PURPOSES),
        part_of_day="",
        starts="14:00",
        ends="17:00",
        platform=FACTS.platform,
        join_url=FACTS.join_url,
        **{"organizers-0": FACTS.organizers[0]},
        contact_name=FACTS.contact_name,
        contact_phone=FACTS.contact_phone,
        contact_email=FACTS.contact_email,
        deadline_date=FACTS.deadline_date.isoformat(),
        deadline_clock="17:00",
        default_quota=str(FACTS.default_quota),
    )
    organizer.press("Save")
    organizer.sees(organizer.words("Saved."))


def add_sessions(organizer: Visitor) -> None:
    """Add the two sessions, one after the other."""
    organizer.follow("Programme")
    organizer.look("programme-before")
    for number, session in enumerate(SESSIONS, 1):
        organizer.follow("Add a session")
        if number == 1:
            organizer.look("session")
        hours = {"starts": f"{session.hours.starts:%H:%M}", "ends": f"{session.hours.ends:%H:%M}"}
        organizer.fill(**_translated("titles", session.titles), **hours)
        organizer.press("Save")
        organizer.sees(session.titles[organizer.language])
    organizer.look("programme")


def publish(organizer: Visitor) -> None:
    """Publish it."""
    organizer.follow("Overview")
    organizer.look("before-publishing")
    organizer.press("Publish")
    organizer.sees(organizer.words("The event is published."))
    organizer.look("published")


def invite(organizer: Visitor) -> None:
    """Put the 63 localities on the list."""
    organizer.follow("Guests")
    organizer.look("guests-empty")
    organizer.follow("Choose whom to invite")
    organizer.sees(organizer.words("{n} institution", "{n} institutions", INVITED))
    organizer.look("pick")
    organizer.choose("group", GUESTS)
    organizer.press("Check the choice")
    organizer.look("preview")
    organizer.press("Put {n} institution on the list", "Put {n} institutions on the list", n=INVITED)
    organizer.sees(organizer.words("{n} Vietnamese locality", "{n} Vietnamese localities", INVITED))
    organizer.look("guests")


def release_letters(organizer: Visitor) -> None:
    """Prepare the letters, look at one, send them all."""
    organizer.follow("Letters")
    organizer.look("letters-before")
    organizer.press("Prepare {n} letter", "Prepare {n} letters", n=INVITED)
    organizer.look("letters")
    organizer.press("Send {n} letter", "Send {n} letters", n=INVITED)
    organizer.look("guests-sent")


def export_delegates(organizer: Visitor) -> bytes:
    """Look at where the roundtable stands and save its delegates as a workbook."""
    organizer.follow("Overview")
    organizer.look("overview")
    organizer.follow("Delegates")
    organizer.look("delegates")
    return organizer.download("Save as XLSX")


def _translated(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}-{language}": text for language, text in texts.items()}
