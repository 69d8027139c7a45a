"""Which column of a table of organisations holds what, by its heading in Vietnamese, English or Russian."""

from collections.abc import Mapping

from app.domain.directory_imports import EntryField

_F = EntryField
HEADINGS: Mapping[EntryField, tuple[str, ...]] = {
    _F.NAME_VI: (
        "tên", "tên tổ chức", "tên cơ quan", "tên đơn vị", "tổ chức", "cơ quan", "đơn vị", "địa phương",
        "cơ quan tổ chức", "tên tiếng việt", "tên đầy đủ", "name", "name of the organisation", "organisation",
        "organization", "institution", "name in vietnamese", "название", "название организации",
        "организация",
        "name_vi",
    ),
    _F.NAME_EN: ("tên tiếng anh", "tên giao dịch quốc tế", "name in english", "english name",
                 "название на английском", "name_en"),
    _F.NAME_RU: ("tên tiếng nga", "name in russian", "russian name", "название на русском", "name_ru"),
    _F.CODE: ("mã", "mã tổ chức", "mã đơn vị", "code", "код"),
    _F.ABBREVIATION: ("tên viết tắt", "viết tắt", "abbreviation", "acronym", "сокращение", "аббревиатура"),
    _F.ALIASES: ("cách viết khác", "tên gọi khác", "tên khác", "other spellings", "aliases", "also known as",
                 "другие написания", "другие названия"),
    _F.KIND: ("loại", "loại tổ chức", "loại hình", "phân loại", "nhóm", "kind of organisation", "kind",
    "type",
              "вид организации", "тип", "вид"),
    _F.COUNTRY: ("quốc gia", "nước", "country", "страна"),
    _F.HOST_COUNTRY: ("trụ sở tại nước khác", "nước sở tại", "nước tiếp nhận", "seat in another country",
                      "host country", "страна пребывания", "host_country"),
    _F.CITY: ("thành phố", "nơi đặt trụ sở", "trụ sở", "city", "town", "seat", "город"),
    _F.PARENT: ("trực thuộc", "cơ quan chủ quản", "thuộc", "part of", "parent", "входит в", "подчинение"),
    _F.ADDRESS: ("địa chỉ", "address", "адрес"),
    _F.PHONES: ("điện thoại", "số điện thoại", "đt", "sđt", "điện thoại cơ quan", "telephone", "phone", "tel",
                "telephone numbers", "phones", "телефон", "телефоны"),
    _F.FAX: ("fax", "số fax", "факс"),
    _F.EMAIL: ("email", "e mail", "thư điện tử", "email cơ quan", "e mail of the office", "mail",
               "электронная почта", "эл почта", "почта"),
    _F.WEBSITE: ("trang web", "website", "web", "trang thông tin điện tử", "cổng thông tin", "сайт"),
    _F.VALID_FROM: ("tồn tại từ", "có từ", "ngày thành lập", "exists since", "valid_from", "существует с"),
    _F.VALID_TO: ("ngày cuối cùng", "ngày kết thúc", "tồn tại đến", "last day", "valid_to", "последний день"),
    _F.SUCCESSOR: ("tổ chức kế thừa", "kế thừa", "đơn vị kế thừa", "successor", "преемник"),
    _F.CONTACT_NAME: ("đầu mối", "người liên hệ", "họ và tên đầu mối", "cán bộ đầu mối", "họ tên",
    "họ và tên",
                      "đầu mối liên hệ", "focal point", "contact", "contact person", "full name",
                      "контактное лицо", "фио"),
    _F.CONTACT_POST: ("chức vụ", "chức vụ đầu mối", "chức danh", "post", "position", "title", "должность"),
    _F.CONTACT_EMAIL: ("email đầu mối", "e mail đầu mối", "thư điện tử đầu mối", "email người liên hệ",
                       "e mail of the focal point", "contact email", "contact e mail",
                       "эл почта контактного лица"),
    _F.CONTACT_PHONES: ("điện thoại đầu mối", "di động", "sđt đầu mối", "số di động",
    "điện thoại người liên hệ",
                        "telephone of the focal point", "contact phone", "mobile",
                        "телефон контактного лица"),
}  # fmt: skip
