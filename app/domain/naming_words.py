"""Words in the names of organisations: abbreviations, kinds, legal forms, and words that say nothing."""

from collections.abc import Mapping

from app.domain.directory import OrganizationKind

K = OrganizationKind
PLACE, OFFICE_OF_PLACE, FOREIGN_AFFAIRS = "place", "office of a place", "foreign affairs department"
EMBASSY, CONSULATE, MISSION = "embassy", "consulate", "mission"
FIRM, ASSOCIATION, MINISTRY = "firm", "association", "ministry"
PLACED = frozenset({PLACE, OFFICE_OF_PLACE, FOREIGN_AFFAIRS})
"""What is named by the place it belongs to."""
SENT = frozenset({EMBASSY, CONSULATE, MISSION})
"""What is named by the country that sends it and by where it sits."""

FAMILIES: Mapping[OrganizationKind, str | None] = {
    K.MINISTRY: MINISTRY,
    K.DEPARTMENT_MINISTRY: MINISTRY,
    K.FOREIGN_AFFAIRS_DEPARTMENT: FOREIGN_AFFAIRS,
    K.LOCALITY: PLACE,
    K.FOREIGN_LOCALITY: PLACE,
    K.EMBASSY: EMBASSY,
    K.CONSULATE_GENERAL: CONSULATE,
    K.PERMANENT_MISSION: MISSION,
    K.OFFICE: MISSION,
    K.FOREIGN_BUSINESS_ASSOCIATION: ASSOCIATION,
    K.BUSINESS_ASSOCIATION: ASSOCIATION,
    K.TRADE_PROMOTION_AGENCY: ASSOCIATION,
    K.CORPORATION: FIRM,
    K.ENTERPRISE: FIRM,
    K.INTERNATIONAL_ORGANIZATION: "international organisation",
    K.OTHER: None,
}
"""Kinds that are easily taken for one another, as one family; None is taken for any."""

KIND_OF_FAMILY: Mapping[str, OrganizationKind] = {
    PLACE: K.LOCALITY,
    FOREIGN_AFFAIRS: K.FOREIGN_AFFAIRS_DEPARTMENT,
    EMBASSY: K.EMBASSY,
    CONSULATE: K.CONSULATE_GENERAL,
    MISSION: K.PERMANENT_MISSION,
    ASSOCIATION: K.BUSINESS_ASSOCIATION,
}
"""The kind that a name tells of by itself."""

ABBREVIATIONS: Mapping[str, str] = {
    "ubnd": "ủy ban nhân dân", "hdnd": "hội đồng nhân dân",
    "vp": "văn phòng",
    "vpubnd": "văn phòng ủy ban nhân dân", "sngv": "sở ngoại vụ",
    "ngv": "ngoại vụ", "bng": "bộ ngoại giao", "dsq": "đại sứ quán",
    "tlsq": "tổng lãnh sự quán", "lsq": "lãnh sự quán", "tp": "thành phố", "tx": "thị xã",
    "tphcm": "thành phố hồ chí minh",
    "hcm": "hồ chí minh", "hcmc": "hồ chí minh", "vn": "việt nam", "vietnam": "việt nam",
    "lhq": "liên hợp quốc",
    "hh": "hiệp hội", "dn": "doanh nghiệp", "cty": "công ty", "cp": "cổ phần", "tnhh": "trách nhiệm hữu hạn",
    "mtv": "một thành viên", "tct": "tổng công ty", "xnk": "xuất nhập khẩu",
    "chlb": "cộng hòa liên bang", "chdcnd": "cộng hòa dân chủ nhân dân",
    "chxhcn": "cộng hòa xã hội chủ nghĩa",
    "lb": "liên bang", "mfa": "ministry of foreign affairs", "мид": "министерство иностранных дел",
    "генконсульство": "генеральное консульство", "обл": "область", "г": "город", "респ": "республика",
    "ао": "автономный округ", "рф": "российская федерация",
}  # fmt: skip
"""Folded abbreviation -> how it is written in full."""

FAMILY_PHRASES: Mapping[str, str] = {
    "văn phòng ủy ban nhân dân": OFFICE_OF_PLACE,
    "ủy ban nhân dân": PLACE,
    "people's committee": PLACE,
    "народный комитет": PLACE,
    "sở ngoại vụ": FOREIGN_AFFAIRS,
    "department of foreign affairs": FOREIGN_AFFAIRS,
    "foreign affairs department": FOREIGN_AFFAIRS,
    "управление внешних связей": FOREIGN_AFFAIRS,
    "департамент внешних связей": FOREIGN_AFFAIRS,
    "департамент иностранных дел": FOREIGN_AFFAIRS,
    "tổng lãnh sự quán": CONSULATE,
    "consulate general": CONSULATE,
    "general consulate": CONSULATE,
    "генеральное консульство": CONSULATE,
    "lãnh sự quán": CONSULATE,
    "consulate": CONSULATE,
    "консульство": CONSULATE,
    "đại sứ quán": EMBASSY,
    "embassy": EMBASSY,
    "посольство": EMBASSY,
    "phái đoàn thường trực": MISSION,
    "permanent mission": MISSION,
    "постоянное представительство": MISSION,
    "phái đoàn": MISSION,
    "hiệp hội": ASSOCIATION,
    "association": ASSOCIATION,
    "ассоциация": ASSOCIATION,
}

RANKS_BEFORE: Mapping[str, str] = {
    "tỉnh": "province", "tỉnh tự trị": "autonomous province", "vùng": "territory", "cộng hòa": "republic",
    "khu tự trị": "autonomous district", "bang": "state", "thị xã": "town", "huyện": "district",
    "thành phố": "city", "thành phố trực thuộc trung ương": "city",
}  # fmt: skip
"""What a place is, in Vietnamese: always in front (Hà Tĩnh and Cao Bằng end like ranks, and have none)."""
RANKS_AROUND: Mapping[str, str] = {
    "province": "province", "prefecture": "province", "oblast": "province", "провинция": "province",
    "провинции": "province", "область": "province", "autonomous oblast": "autonomous province",
    "автономная область": "autonomous province", "krai": "territory", "kray": "territory",
    "край": "territory",
    "republic": "republic", "respublika": "republic", "республика": "republic",
    "autonomous okrug": "autonomous district", "avtonomny okrug": "autonomous district",
    "автономный округ": "autonomous district", "state": "state", "штат": "state", "town": "town",
    "district": "district", "район": "district", "city": "city", "federal city": "city",
    "municipality": "city",
    "город": "city", "города": "city", "город федерального значения": "city",
    "город центрального подчинения": "city",
}  # fmt: skip
"""The same in other languages, in front or behind. One name with two ranks is two places (Altai, Moskva)."""

LEGAL_FORMS = (
    "công ty cổ phần", "công ty trách nhiệm hữu hạn một thành viên", "công ty trách nhiệm hữu hạn", "công ty",
    "joint stock company", "jsc", "co ltd", "ltd", "limited", "corporation", "corp", "company", "llc",
    "ооо", "оао", "пао", "ао",
)  # fmt: skip

FILLERS = frozenset(
    {
        "của",
        "tại",
        "ở",
        "và",
        "nước",
        "bên",
        "cạnh",
        "thành",
        "phố",
        "of",
        "the",
        "in",
        "to",
        "at",
        "and",
        "for",
    }
    | {"city", "в", "во", "и", "при"}
)
"""Left out of names of missions, associations and firms; in names of places every word counts but "of"."""

STATE_FORMS = (
    "cộng hòa xã hội chủ nghĩa", "cộng hòa dân chủ nhân dân", "cộng hòa liên bang", "cộng hòa", "liên bang",
    "vương quốc", "socialist republic of", "republic of", "kingdom of",
)  # fmt: skip

COUNTRY_NAMES: Mapping[str, str] = {
    "nga": "RU", "россия": "RU", "россии": "RU", "рф": "RU", "mỹ": "US", "usa": "US", "сша": "US",
    "nhật": "JP", "anh": "GB", "anh quốc": "GB", "uk": "GB", "úc": "AU", "ý": "IT", "italia": "IT",
    "hàn quốc": "KR",
    "triều tiên": "KP", "séc": "CZ", "thụy sỹ": "CH", "eu": "EU", "ukraina": "UA", "вьетнама": "VN",
    "việt nam": "VN", "вьетнаме": "VN", "uae": "AE",
}  # fmt: skip
"""How letters call countries, beside the names that catalogues know."""
