"""Which column of a table holds what: the headings that school systems use."""

import unicodedata
from collections.abc import Sequence

_NAMES = {
    "given_name": "first name, first, given name, given, forename, preferred name, nombre, "
    "nombres, vorname, prénom",
    "family_name": "last name, last, surname, family name, family, apellido, apellidos, nachname, "
    "nom, nom de famille",
    "full_name": "name, student name, full name, student, pupil, pupil name, learner, "
    "last name first name, student name last first, nombre completo, estudiante, alumno",
    "email": "email, e-mail, email address, e-mail address, mail, student email, "
    "student email address, correo, correo electrónico, sis login id",
    "roblox_username": "roblox username, roblox user name, roblox, roblox name, roblox user, "
    "usuario de roblox",
    "alias": "alias, nickname, display name",
    "external_id": "id, student id, sis id, sis user id, sourcedid, sourced id, external id, "
    "student number, local id, org defined id, pupil id",
    "class_name": "class, class name, course, course name, section, group, clase, grupo",
}


def _plain(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


_FIELDS = {
    _plain(heading): field for field, headings in _NAMES.items() for heading in headings.split(",")
}
"""Field by its heading, in lower case without accents, spaces and signs."""


def columns(cells: Sequence[str]) -> dict[str, int]:
    """The fields that a row of headings names, each with its first column; {} for other rows.

    A row of headings names at least one column for names.
    """
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        field = _FIELDS.get(_plain(cell))
        if field is not None and (field not in found or _is_better(field, cell)):
            found[field] = place
    if not found.keys() & {"given_name", "family_name", "full_name"}:
        return {}
    return found


def _is_better(field: str, cell: str) -> bool:
    """A student's number in the school's system is a better id than a plain `ID`."""
    return field == "external_id" and _plain(cell) in ("sisuserid", "studentid", "sourcedid")
