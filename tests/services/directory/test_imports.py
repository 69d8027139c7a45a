"""Imports into the directory: states per row, all at once, taken back exactly."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.documents.tables import read_pasted
from app.domain.directory import OrganizationKind
from app.domain.directory_imports import AS_NEW, LEAVE_OUT, EntryField, EntryState
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.models.directory import Contact, Organization
from app.models.imports import ImportDraft
from app.models.invitations import Invitation
from app.models.upkeep import DirectoryImport
from app.queries import directory, directory_imports, directory_tables
from app.queries import organizations as lookup
from app.services.directory import imports
from app.services.transaction import unit_of_work
from tests import guests
from tests.services.directory.test_merge import everything

pytestmark = pytest.mark.usefixtures("context", "real_directory")
S = EntryState
HEAD = "Tên tổ chức\tLoại tổ chức\tQuốc gia\tĐiện thoại\tĐầu mối\tThư điện tử đầu mối"


def start(actor, now, *lines, head=HEAD):
    return imports.start(actor=actor, grid=read_pasted("\n".join((head, *lines))), language="vi", now=now)


def judged(draft, now):
    table = directory_imports.get_table(directory_imports.get_draft(draft, now=now))
    return imports.judge_table(table, today=now.date(), language="vi")


def states(draft, now):
    return [one.state for one in judged(draft, now)]


def confirm(actor, draft, now):
    return imports.confirm(actor=actor, draft=draft, today=now.date(), now=now)


def test_each_row_says_what_becomes_of_it(organizer, now):
    draft = start(
        organizer,
        now,
        "Tập đoàn Dệt May Việt Nam\tcorporation\tVN\t+84 24 3825\tÔng A\ta@example.vn",
        "Tỉnh Quảng Trị\t\t\t\t\t",
        "Tỉnh Hà Tĩnh\t\t\t+84 239 1\t\t",
        "UBND tỉnh Hà Tĩnh\t\t\t\t\t",
        "Hiệp hội Nuôi ong\tđàn ong\t\t\t\t",
        "\t\tVN\t\t\t",
        "Sở Ngoại vụ Bắc Ninh\t\tXứ Lạ\t\t\t",
    )
    found = judged(draft, now)
    assert [one.state for one in found] == [S.NEW, S.SAME, S.CHANGED, S.ALIKE, S.ERROR, S.ERROR, S.ERROR]
    assert found[2].changes == (EntryField.PHONES,)
    assert [name for _, name in found[3].like] == ["Tỉnh Hà Tĩnh"]
    assert [one.reason.code for one in found[4:]] == [
        "kind_unlisted", "organization_name_missing", "country_unnamed",
    ]  # fmt: skip


def test_what_is_new_or_changed_comes_in_and_the_rest_stays_out(organizer, now):
    draft = start(
        organizer,
        now,
        "Sở Ngoại vụ Bắc Ninh\t\t\t+84 222 1\tTrần Thị B\tb@example.vn",
        "UBND tỉnh Hà Tĩnh\t\t\t\t\t",
        "Tỉnh Hà Tĩnh\t\t\t+84 239 1\tLê C\tc@example.vn",
    )
    made = confirm(organizer, draft, now)
    assert confirm(organizer, draft, now) == made
    (office,) = directory.search("so ngoai vu bac ninh")
    assert (office.kind, office.country) == (OrganizationKind.FOREIGN_AFFAIRS_DEPARTMENT, "VN")
    assert (office.phones, lookup.find_focal_point(office).full_name) == (["+84 222 1"], "Trần Thị B")
    province = directory.get_by_code("VN34-42")
    assert (province.phones, lookup.find_focal_point(province).email) == (["+84 239 1"], "c@example.vn")
    assert directory.search("ubnd tinh ha tinh") == []
    assert db.session.scalar(sa.select(ImportDraft)) is None


def test_an_undone_import_leaves_every_row_as_it_was(organizer, now):
    before = everything(but=("import_drafts", "directory_imports"))
    draft = start(
        organizer,
        now,
        "Sở Ngoại vụ Bắc Ninh\t\t\t+84 222 1\tTrần Thị B\tb@example.vn",
        "Sở Ngoại vụ Bắc Ninh\t\t\t\tPhạm D\td@example.vn",
        "Tỉnh Hà Tĩnh\t\t\t+84 239 1\tLê C\tc@example.vn",
        "Tỉnh Hà Tĩnh\t\t\t+84 239 2\tLê C\tc2@example.vn",
    )
    assert states(draft, now) == [S.NEW, S.CHANGED, S.CHANGED, S.CHANGED]
    made = confirm(organizer, draft, now)
    assert len(directory.search("so ngoai vu bac ninh")[0].contacts) == 2
    assert imports.undo(actor=organizer, made=made, now=now) == 0
    assert everything(but=("import_drafts", "directory_imports")) == before
    with pytest.raises(Conflict):
        imports.undo(actor=organizer, made=made, now=now)


def test_a_contact_is_searched_for_by_his_old_words_again_after_an_undo(organizer, now):
    confirm(organizer, start(organizer, now, "Tỉnh Hà Tĩnh\t\t\t\tLê Văn Cả\tc@example.vn"), now)
    made = confirm(organizer, start(organizer, now, "Tỉnh Hà Tĩnh\t\t\t\tLê Văn Cả\tmoi@example.vn"), now)
    assert db.session.scalars(sa.select(Contact.search)).all() == [" le van ca moi example vn "]
    assert imports.undo(actor=organizer, made=made, now=now) == 0
    assert db.session.scalars(sa.select(Contact.search)).all() == [" le van ca c example vn "]


def test_an_undo_leaves_what_was_changed_or_used_since(organizer, now):
    draft = start(
        organizer, now, "Công ty Một\tDoanh nghiệp", "Công ty Hai\tDoanh nghiệp", "Công ty Ba\tDoanh nghiệp"
    )
    made = confirm(organizer, draft, now)
    guests.event()
    guests.invited([directory.search("cong ty mot")[0].public_id], now)
    with unit_of_work():
        directory.search("cong ty hai")[0].fax = "7"
    assert imports.undo(actor=organizer, made=made, now=now) == 2
    codes = ("CONG-TY-MOT", "CONG-TY-HAI", "CONG-TY-BA")
    assert [directory.find_by_code(code) is not None for code in codes] == [True, True, False]
    assert [part["undone"] for part in directory_imports.get_import(made).parts] == [False, False, True]


def test_people_decide_about_what_looks_alike(organizer, now):
    draft = start(
        organizer,
        now,
        "UBND tỉnh Hà Tĩnh\t\t\t+84 1",
        "UBND tỉnh Hà Nam\t\t\t+84 2",
        "UBND tỉnh Huế\t\t\t+84 3",
    )
    lines = [one.row.line for one in judged(draft, now)]
    chosen = dict(zip(lines, ("VN34-42", AS_NEW, LEAVE_OUT), strict=True))
    imports.decide(actor=organizer, draft=draft, decisions=chosen, now=now)
    assert states(draft, now) == [S.CHANGED, S.NEW, S.LEFT_OUT]
    confirm(organizer, draft, now)
    assert directory.get_by_code("VN34-42").phones == ["+84 1"]
    assert directory.search("ubnd tinh ha nam")[0].phones == ["+84 2"]


def test_rows_of_one_file_that_mean_the_same_are_noticed(organizer, now):
    draft = start(organizer, now, "Sở Ngoại vụ Bắc Ninh", "Sở NgV tỉnh Bắc Ninh", "sở ngoại vụ bắc ninh")
    found = judged(draft, now)
    assert [one.state for one in found] == [S.NEW, S.ALIKE, S.SAME]
    assert found[1].like == (("line 2", "Sở Ngoại vụ Bắc Ninh"),)
    imports.decide(actor=organizer, draft=draft, decisions={3: "line 2"}, now=now)
    found = judged(draft, now)
    assert [one.state for one in found] == [S.NEW, S.CHANGED, S.SAME]
    assert found[1].changes == (EntryField.ALIASES,)


@pytest.mark.parametrize("language", ["vi", "en", "ru", "fr"])
def test_what_was_exported_comes_back_as_the_same(organizer, now, language):
    rows = [
        directory.get_by_code(code) for code in ("VN-25", "DFA-VN-25", "EMB-RU-HAN", "MOFA-VN-DLFA", "RU-SA")
    ]
    guests.focal_point(
        rows[1].public_id,
        "Nguyễn Văn A",
        post="Trưởng phòng",
        email="a@example.vn",
        phones=["+84 9", "+84 8"],
    )
    rows = [lookup.get(row.public_id) for row in rows]
    table = directory_tables.make_table(rows, directory.list_focal_points(rows), language=language, now=now)
    lines = ["\t".join(f'"{cell or ""}"' for cell in row) for row in table.rows]
    head = "\t".join(column.heading for column in table.columns)
    draft = imports.start(
        actor=organizer, grid=read_pasted("\n".join((head, *lines))), language=language, now=now
    )
    found = imports.judge_table(
        directory_imports.get_table(directory_imports.get_draft(draft, now=now)),
        today=now.date(),
        language=language,
    )
    assert [(one.state, one.changes, one.reason) for one in found] == [(S.SAME, (), None)] * 5


@pytest.mark.parametrize("heading", ["Tên tiếng Pháp", "Name in French", "Nom en français", "name_fr"])
def test_a_french_name_comes_in_by_its_own_column(organizer, now, heading):
    draft = start(organizer, now, "VN34-44\tProvince de Quang Tri", head=f"Mã\t{heading}")
    [found] = judged(draft, now)
    assert (found.state, found.changes) == (S.CHANGED, (EntryField.NAME_FR,))
    confirm(organizer, draft, now)
    assert directory.get_by_code("VN34-44").names["fr"] == "Province de Quang Tri"
    assert directory.search("province de quang tri")[0].code == "VN34-44"


def test_a_table_without_a_column_of_names_is_not_read(organizer, now):
    draft = start(organizer, now, "x\ty", head="Gì đó\tGì nữa")
    with pytest.raises(InvalidInput) as refused:
        imports.choose_columns(
            actor=organizer, draft=draft, fields=[None, EntryField.FAX], has_headings=True, now=now
        )
    assert refused.value.code == "column_unnamed"


def test_nothing_to_bring_in_is_said_and_a_draft_is_gone_after_a_day(organizer, now):
    draft = start(organizer, now, "Tỉnh Quảng Trị")
    with pytest.raises(Conflict):
        confirm(organizer, draft, now)
    with pytest.raises(NotFound):
        confirm(organizer, draft, now + timedelta(days=2))


def test_who_only_reads_imports_nothing(colleague, organizer, now):
    with pytest.raises(NotAllowed):
        start(colleague, now, "Sở Ngoại vụ Bắc Ninh")
    draft = start(organizer, now, "Sở Ngoại vụ Bắc Ninh")
    with pytest.raises(NotAllowed):
        confirm(colleague, draft, now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DirectoryImport)) == 0
    assert db.session.scalar(sa.select(Contact)) is None
    assert isinstance(db.session.scalar(sa.select(Organization)), Organization)


def test_an_undo_leaves_an_organization_whose_contact_was_invited(organizer, now):
    draft = start(organizer, now, "Sở Ngoại vụ Bắc Ninh\t\t\t\tTrần Thị B\tb@example.vn")
    made = confirm(organizer, draft, now)
    guests.event()
    guests.invited([directory.get_by_code("VN34-42").public_id], now)
    contact = directory.search("so ngoai vu bac ninh")[0].contacts[0].id
    with unit_of_work() as session:
        session.execute(sa.update(Invitation).values(contact_id=contact))
    assert imports.undo(actor=organizer, made=made, now=now) == 1


def test_the_number_of_statements_does_not_grow_with_new_rows(organizer, now, statements):
    counts = []
    for n in (3, 25):
        lines = [f"{chr(65 + at) * 9}\tDoanh nghiệp\t\t\tÔng A\ta@example.vn" for at in range(n)]
        draft = start(organizer, now, *lines)
        with statements() as confirmed:
            made = confirm(organizer, draft, now)
        with statements() as undone:
            assert imports.undo(actor=organizer, made=made, now=now) == 0
        counts.append((len(confirmed), len(undone)))
    assert counts[0] == counts[1]
