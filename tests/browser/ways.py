"""The ways in which people of three languages work, and the roundtable at which they do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

from playwright.sync_api import Page

from app.domain import clock
from app.domain.connection_tests import BridgeDetails, LineResult
from app.domain.focal_points import HandOver
from app.domain.invitations import Answer, AnswerCommand, InvitationState
from app.domain.languages import in_language
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM, Actor
from app.domain.registrations import DelegateRole, RegisterDelegate
from app.models.invitations import Invitation
from app.queries import directory, event_tallies, events, invitations, registrations, sites
from app.services.invitations import answers, focal_points
from app.services.registrations import register
from app.services.sites import bridges, results
from tests.browser import story
from tests.browser.visitor import KeyboardVisitor, Visitor
from tests.plugins.browser import Served


@dataclass(frozen=True)
class Way:
    """How somebody works; each way has institutions of its own, so that nobody meets another's answers."""

    name: str
    language: str
    focal_point: str
    technician: str
    width: int = 1440
    scripts: bool = True
    kind: type[Visitor] = Visitor

    def arrive(self, open_page: Callable[..., Page]) -> Visitor:
        """Open the browser of somebody new."""
        page = open_page(width=self.width, locale=self.language, scripts=self.scripts)
        return self.kind(page, self.language, thorough=self is MOUSE)


DELEGATION = "VN-27"
"""The institution whose people are told by mail that they are registered."""
SILENT = "VN-28"
"""The institution that does not answer, whatever the others do."""
QUOTA = 20
MOUSE = Way("vi-mouse", "vi", "VN-25", "VN-44")
WAYS = (
    MOUSE,
    Way("vi-keyboard", "vi", "VN-43", "VN-21", kind=KeyboardVisitor),
    Way("vi-320", "vi", "VN-26", "VN-24", width=320),
    Way("vi-without-scripts", "vi", "VN-22", "VN-23", scripts=False),
    Way("en", "en", "EMB-FR-HAN", "EMB-JP-HAN"),
    Way("ru-320", "ru", "EMB-RU-HAN", "EMB-BY-HAN", width=320),
)


@dataclass(frozen=True)
class Running:
    """A roundtable to which the institutions of all ways were invited; the letters are on their way."""

    site: Served
    slug: str

    def link_of(self, code: str) -> str:
        """Return the link in the letter to an institution; each letter is read once."""
        return story.link_in(story.mail_to(self.site, story.address_of(code)), "i")

    def register(self, code: str, name: str, email: str, language: str) -> None:
        """Register somebody for both sessions, as his focal point does, and carry the mail."""
        with self.site.app.app_context():
            invitation = self._invitation(code)
            register.register_delegate(
                actor=Actor("institution", code),
                invitation=invitation,
                command=RegisterDelegate(
                    person=PersonDetails(full_name=name, email=email, language=language),
                    role=DelegateRole.DELEGATE,
                    sessions=tuple(session.public_id for session in invitation.event.sessions),
                    request_key=name,
                ),
                now=clock.now(),
            )
        story.carry_mail(self.site)

    def send_technician(self, code: str, email: str) -> str:
        """Accept for an institution, and return the link that its technician got by mail."""
        with self.site.app.app_context():
            answers.answer(
                invitation=self._invitation(code).public_id,
                command=AnswerCommand(Answer.ACCEPTED),
                now=clock.now(),
            )
            focal_points.hand_over(
                actor=Actor("institution", code),
                invitation=self._invitation(code),
                by=None,
                command=HandOver(name="Lê Văn Kỹ", email=email),
                now=clock.now(),
            )
        story.carry_mail(self.site)
        return story.link_in(story.mail_to(self.site, email), "i")

    def open_bridge(self) -> None:
        """Take tests of lines on the morning before the roundtable."""
        morning = BridgeDetails(
            name="Cầu chính", day=story.DAY - timedelta(days=1), starts=time(9), ends=time(12), minutes=10
        )
        with self.site.app.app_context():
            bridges.open_bridge(actor=SYSTEM, slug=self.slug, command=morning, now=clock.now())

    def note_test(self, code: str, result: LineResult) -> None:
        """Record at the desk what the test of an institution's line showed."""
        with self.site.app.app_context():
            tested = sites.get_own_tree(self._invitation(code)).lines[0].site
            results.record_result(
                actor=SYSTEM, site=tested, result=result, revision=tested.revision, now=clock.now()
            )

    def name_delegation(self, code: str, language: str) -> dict[str, str]:
        """Return the names in the delegation of an institution, each with the post."""
        with self.site.app.app_context():
            present = registrations.list_present(self._invitation(code).id)
            return {one.person.full_name: in_language(one.person.posts, language) for one in present}

    def count_silent(self) -> int:
        """Return how many institutions have not answered."""
        with self.site.app.app_context():
            answers = event_tallies.tally(events.get(self.slug, SYSTEM)).invitations
            return answers[InvitationState.SENT]

    def _invitation(self, code: str) -> Invitation:
        return invitations.get_of_organization(events.get(self.slug, SYSTEM), directory.get_by_code(code))
