"""What a focal point and a delegate do by the links in their mail, step by step, with mouse or keyboard."""

import unicodedata
from dataclasses import dataclass

from app.domain.registrations import DelegateRole
from tests.browser.visitor import Visitor


@dataclass(frozen=True)
class Delegate:
    """One of the three; `sessions` are the numbers of those that he attends."""

    name: str
    role: DelegateRole
    post: str
    email: str
    sessions: tuple[int, ...] = (1, 2)


HEAD = Delegate("Nguyễn Hoàng Ẩn", DelegateRole.HEAD_OF_DELEGATION, "Phó Chủ tịch", "an@delegate.example")
MEMBER = Delegate("Trần Thị Ỷ Lan", DelegateRole.DELEGATE, "Trưởng phòng", "lan@delegate.example")
SPEAKER = Delegate("Lữ Đức Ổn", DelegateRole.SPEAKER, "Giám đốc Sở", "on@delegate.example", (2,))
AS_REGISTERED = (MEMBER, HEAD, SPEAKER)


def accept(focal_point: Visitor, link: str) -> None:
    """Open the mailed link and accept the invitation."""
    focal_point.go(link)
    focal_point.look("invitation")
    focal_point.choose("answer", "accepted")
    focal_point.fill(answered_by="Phạm Thị Ngọc Ánh, Sở Ngoại vụ")
    focal_point.press("Send the answer")
    focal_point.sees(focal_point.words("We have recorded your answer"))
    focal_point.look("receipt")


def register_delegation(focal_point: Visitor) -> None:
    """Register the three, one after the other, beginning at the receipt."""
    focal_point.follow("Register delegates, or change the answer")
    focal_point.look("accepted")
    focal_point.follow("Register a delegate")
    focal_point.look("register")
    for number, delegate in enumerate(AS_REGISTERED, 1):
        register(focal_point, delegate)
        if number < len(AS_REGISTERED):
            focal_point.follow("Register another delegate")
    focal_point.look("registered")
    focal_point.follow("Back to the delegation")
    focal_point.sees(*(delegate.name for delegate in AS_REGISTERED))
    focal_point.look("delegation")


def register(focal_point: Visitor, delegate: Delegate) -> None:
    """Register one of them; some keyboards send letters and marks apart, and so does this one."""
    typed = unicodedata.normalize("NFD", delegate.name)
    focal_point.fill(full_name=typed, role=delegate.role, post=delegate.post, email=delegate.email)
    for number in {1, 2} - set(delegate.sessions):
        focal_point.untick("sessions", number)
    focal_point.press("Register")
    focal_point.sees(delegate.name, focal_point.words("The delegate is registered."))


def change_post(focal_point: Visitor, delegate: Delegate, post: str) -> None:
    """Come back to the delegation and correct what somebody is."""
    focal_point.open(delegate.name)
    focal_point.follow("Change")
    focal_point.fill(post=post)
    focal_point.press("Save changes")
    focal_point.sees(delegate.name, post)


def open_participation(delegate: Visitor, link: str) -> None:
    """Open one's own page by the mailed link."""
    delegate.go(link)
    delegate.look("participation")


def download_calendar(delegate: Visitor) -> bytes:
    """Save the calendar file that one's own page offers."""
    delegate.open_menu("Add to calendar")
    delegate.look("participation-calendar")
    return delegate.download("Calendar file (.ics)")


def leave_session(delegate: Visitor) -> None:
    """Give the first session back."""
    delegate.follow("Not attend this session")
    delegate.look("leave-session")
    delegate.press("Give the seat back")
    delegate.look("session-left")
