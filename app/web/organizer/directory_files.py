"""Files of the directory at the desk: what is seen as a workbook, an organisation as an address card."""

from flask import Blueprint, Response, request

from app.documents import spreadsheets, vcards
from app.domain import clock
from app.domain.directory import path
from app.domain.policy import Permission
from app.forms.directory import read_filter
from app.queries import organizations as lookup
from app.services.directory import export
from app.web import guard, languages
from app.web.downloads import XLSX, attachment
from app.web.organizer.directory import today

pages = Blueprint("organizer_directory_files", __name__, url_prefix="/organizer/directory")


@pages.post("/organizations.xlsx")
@guard.signed_in(Permission.EXPORT)
def workbook() -> Response:
    """Save what is seen as a workbook; by a button, since the history remembers it."""
    table = export.export_directory(
        actor=guard.actor(),
        wanted=read_filter(request.args, today()),
        order=request.args.get("order", ""),
        language=languages.current(),
        now=clock.now(),
    )
    headers = {"Content-Disposition": attachment(table.title, "xlsx")}
    return Response(spreadsheets.write_xlsx(table), mimetype=XLSX, headers=headers)


@pages.post("/<public_id>.vcf")
@guard.signed_in(Permission.EXPORT)
def card(public_id: str) -> Response:
    """Save the addresses of an organisation as a vCard; by a button, since the history remembers it."""
    language = languages.current()
    organization = export.export_card(actor=guard.actor(), organization=public_id, now=clock.now())
    names = [row.names for row in lookup.list_above(organization)]
    content = vcards.write(
        vcards.Card(
            name=path(names, language),
            address=organization.address or "",
            phones=organization.phones,
            fax=organization.fax or "",
            email=organization.email or "",
            website=organization.website or "",
        )
    )
    headers = {"Content-Disposition": attachment(path(names[:1], language), "vcf")}
    return Response(content, mimetype="text/vcard", headers=headers)
