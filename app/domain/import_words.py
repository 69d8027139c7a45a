"""The words of a cell for a role, a language, a session; folded, in each of our languages."""

import re
from collections.abc import Mapping, Sequence

from app.domain.errors import Conflict, InvalidInput
from app.domain.imports import ImportField, OfferedSession, Party
from app.domain.registrations import DelegateRole, admits
from app.domain.text import fold, words

_R = DelegateRole
_ROLES: Mapping[DelegateRole, tuple[str, ...]] = {
    _R.HEAD_OF_DELEGATION: (
        "trưởng đoàn", "head of delegation", "head", "глава делегации", "глава",
        "chef de délégation", "chef",
    ),
    _R.DELEGATE: (
        "đại biểu", "thành viên", "thành viên đoàn", "delegate", "member", "participant", "делегат",
        "участник", "член делегации", "délégué", "membre", "membre de la délégation",
    ),
    _R.SPEAKER: (
        "diễn giả", "người phát biểu", "phát biểu", "speaker", "докладчик", "спикер", "выступающий",
        "intervenant", "orateur",
    ),
    _R.INTERPRETER: ("phiên dịch", "biên phiên dịch", "interpreter", "переводчик", "interprète"),
    _R.TECHNICIAN: (
        "kỹ thuật", "kỹ thuật viên", "cán bộ kỹ thuật", "phụ trách kỹ thuật", "technician", "technical",
        "техник", "технический специалист", "technicien",
    ),
    _R.OBSERVER: ("quan sát viên", "dự thính", "observer", "наблюдатель", "observateur"),
}  # fmt: skip
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "vi": ("vi", "vn", "tiếng việt", "việt", "vietnamese", "вьетнамский", "vietnamien"),
    "en": ("en", "tiếng anh", "anh", "english", "английский", "anglais"),
    "ru": ("ru", "tiếng nga", "nga", "russian", "русский", "russe"),
    "fr": ("fr", "tiếng pháp", "pháp", "french", "français", "французский"),
}
_ROLE_OF = {fold(text): role for role, texts in _ROLES.items() for text in (*texts, role.value)}
_LANGUAGE_OF = {fold(text): code for code, texts in _LANGUAGES.items() for text in texts}
_NUMBERED = re.compile(r"(?:phien(?: so)?|session(?: no)?|сессия|s|p)? ?(\d+)")
_ALL = frozenset({"tat ca", "ca hai", "all", "both", "все", "обе", "toutes", "les deux"})


def read_role(cell: str) -> DelegateRole:
    """Return the role; raise InvalidInput("role_unknown")."""
    role = _ROLE_OF.get(" ".join(words(cell))) or _ROLE_OF.get(fold(cell))
    if role is None:
        raise InvalidInput("role_unknown", field=ImportField.ROLE, value=cell)
    return role


def read_language(cell: str) -> str:
    """Return the code of a language; raise InvalidInput("language_unknown")."""
    code = _LANGUAGE_OF.get(fold(cell))
    if code is None:
        raise InvalidInput("language_unknown", field=ImportField.LANGUAGE, value=cell)
    return code


def read_sessions(cell: str, offered: Sequence[OfferedSession], party: Party) -> tuple[str, ...]:
    """Return public ids; raise where a session is not on the programme or not open to this kind (B20)."""
    if fold(cell) in _ALL:
        return admitted([session.public_id for session in offered], offered, party)
    chosen = [
        _find_session(part, offered)
        for part in re.split(r"[;,\n|+]| và | and | и | et ", cell)
        if part.strip()
    ]
    closed = next((found for found in chosen if not admits(found.admitted_kinds, party.kind)), None)
    if closed is not None:
        raise Conflict("session_not_admitted", field=ImportField.SESSIONS, number=closed.number)
    return tuple(dict.fromkeys(found.public_id for found in chosen))


def admitted(wanted: Sequence[str], offered: Sequence[OfferedSession], party: Party) -> tuple[str, ...]:
    """Return those of the wanted sessions that are open to this kind of institution."""
    return tuple(
        session.public_id
        for session in offered
        if session.public_id in wanted and admits(session.admitted_kinds, party.kind)
    )


def _find_session(part: str, offered: Sequence[OfferedSession]) -> OfferedSession:
    called = fold(re.sub(r"\(.*?\)", " ", part))
    numbered = _NUMBERED.fullmatch(" ".join(words(called)))
    number = int(numbered[1]) if numbered and len(numbered[1]) < 4 else None
    for session in offered:
        if called in session.titles or number == session.number:
            return session
    raise InvalidInput("session_unnamed", field=ImportField.SESSIONS, value=part.strip())
