"""Rosters as schools export them, and files that only pretend to be rosters."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.classroom.roster import limits, reading
from desktop.classroom.roster.model import Roster, RosterRow, UnreadableRoster

GOOGLE_CLASSROOM = """\
Last Name,First Name,Email Address,Homework 1,Quiz
Date,,,2026-09-14,2026-09-21
Points,,,100,10
Class Average,,,81,7
Ruiz,Ana,ana@example.org,90,8
O'Neil,Siobhán,siobhan@example.org,,
"""

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (12)
    Points Possible,,,,,10
"Ruiz, Ana",17,S-1042,ana@example.org,Period 3,8
"Nguyễn, Thị Mai",18,S-1043,mai.nguyen,Period 3,9
"Student, Test",19,,abc,Period 3,
"""


def _names(roster: Roster) -> list[tuple[str, str]]:
    return [(row.given_name, row.family_name) for row in roster.rows]


def test_a_google_classroom_export_is_read_without_its_date_and_points_rows() -> None:
    roster = reading.read(GOOGLE_CLASSROOM.encode())
    assert roster.problems == ()
    assert roster.rows == (
        RosterRow("Row 5", "Ana", "Ruiz", "ana@example.org"),
        RosterRow("Row 6", "Siobhán", "O'Neil", "siobhan@example.org"),
    )


def test_a_canvas_gradebook_is_read_with_its_ids_and_sections() -> None:
    roster = reading.read(CANVAS.encode())
    assert roster.problems == ()
    assert roster.rows == (
        RosterRow("Row 3", "Ana", "Ruiz", "ana@example.org", external_id="S-1042",
                  class_name="Period 3"),
        RosterRow("Row 4", "Thị Mai", "Nguyễn", external_id="S-1043", class_name="Period 3"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Name", "Ana Ruiz", ("Ana", "Ruiz")),
        ("Student Name", "Ana María Ruiz", ("Ana María", "Ruiz")),
        ("NAME", '"Ruiz Gómez, Ana"', ("Ana", "Ruiz Gómez")),
        ('"Last Name, First Name"', '"Ruiz, Ana"', ("Ana", "Ruiz")),
        ("Nombre,Apellidos", "Ana,Ruiz Gómez", ("Ana", "Ruiz Gómez")),
        ("Vorname;Nachname", "Zoë;Müller", ("Zoë", "Müller")),
        ("first_name\tlast_name", "Ana\tRuiz", ("Ana", "Ruiz")),
        ("Full Name|Grade", "Björk|5", ("Björk", "")),
    ],
)
def test_headings_and_delimiters_of_many_systems_are_known(
    header: str, row: str, name: Any
) -> None:
    assert _names(reading.read(f"{header}\n{row}\n".encode())) == [name]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be",
                                      "windows-1252"])  # fmt: skip
def test_any_encoding_a_spreadsheet_writes_is_read(encoding: str) -> None:
    text = "First Name;Last Name\r\nZoë;Müller\r\nJosé;Peña\r\n"
    roster = reading.read(text.encode(encoding))
    assert _names(roster) == [("Zoë", "Müller"), ("José", "Peña")]


def test_a_title_above_the_headings_is_no_student() -> None:
    text = "Class list 5B\nExported 2026-09-01\n\nFirst Name,Last Name\nAna,Ruiz\n"
    assert [row.where for row in reading.read(text.encode()).rows] == ["Row 5"]


def test_a_plain_list_of_names_needs_no_heading() -> None:
    assert _names(reading.read(b"Ana Ruiz\nWei Li\n")) == [("Ana", "Ruiz"), ("Wei", "Li")]


def test_roblox_names_and_aliases_come_along() -> None:
    text = "Name,Roblox Username,Alias\nAna Ruiz,Builder_99,Comet\n"
    (row,) = reading.read(text.encode()).rows
    assert (row.roblox_username, row.alias) == ("Builder_99", "Comet")


def test_each_problem_is_a_sentence_with_its_row() -> None:
    text = (
        "First Name,Last Name,Email,Roblox\n"
        ",,lost@example.org,\n"
        "Ana,Ruiz,ana@,x\n"
        "Wei,Li,wei@example.org,wei_li\n"
        "Wei,Li,WEI@example.org,\n"
        f"{'A' * 300},Long,,\n"
    )
    roster = reading.read(text.encode())
    assert _names(roster) == [("Ana", "Ruiz"), ("Wei", "Li")]
    assert sorted(map(str, roster.problems)) == [
        "Row 2: there is no name, so it was left out.",
        "Row 3: 'ana@' is not an e-mail address, so it was left empty.",
        "Row 3: 'x' cannot be a Roblox user name, so it was left empty.",
        "Row 5: Wei Li is there already (Row 4), so it was left out.",
        "Row 6: the name is far too long, so it was left out.",
    ]
    assert [problem.left_out for problem in sorted(roster.problems, key=str)] == [
        True, False, False, True, True,
    ]  # fmt: skip


def test_a_name_with_hidden_characters_comes_out_clean() -> None:
    text = "Name\nAna\u200b\u00a0 Ruiz\x07\n"
    assert _names(reading.read(text.encode())) == [("Ana", "Ruiz")]


def _workbook(*rows: Any, sheet: Any = "Roster", other: Any = ()) -> Any:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in other:
        page.append(row)
    if other:
        page = book.create_sheet("Students")
    for row in rows:
        page.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_an_excel_workbook_is_read() -> None:
    data = _workbook(
        ["Student ID", "First Name", "Last Name"], [1042, "Ana", "Ruiz"], [1043.0, "Wei", "Li"]
    )
    roster = reading.read(data)
    assert _names(roster) == [("Ana", "Ruiz"), ("Wei", "Li")]
    assert [row.external_id for row in roster.rows] == ["1042", "1043"]


def test_the_sheet_with_the_names_is_found() -> None:
    data = _workbook(["Name"], ["Ana Ruiz"], other=[["Welcome"], ["to the export"]])
    assert _names(reading.read(data)) == [("Ana", "Ruiz")]


def _zip(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


ONE_ROSTER = {
    "manifest.csv": "propertyName,value\noneroster.version,1.1\nfile.users,bulk\n",
    "classes.csv": (
        "sourcedId,status,dateLastModified,title,grades,classCode\n"
        'c1,active,,"Maths, 5B",05,M5\nc2,active,,Science 5B,05,S5\n'
    ),
    "users.csv": (
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,"
        "familyName,email\n"
        "u1,active,,true,o1,student,ana,Ana,Ruiz,ana@example.org\n"
        "u2,active,,true,o1,student,wei,Wei,Li,\n"
        "u3,active,,false,o1,student,off,Gone,Away,\n"
        "u4,tobedeleted,,true,o1,student,del,Was,Here,\n"
        "t1,active,,true,o1,teacher,teach,Theo,Teach,t@example.org\n"
    ),
    "enrollments.csv": (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n"
        "e1,active,,c1,o1,u1,student\ne2,active,,c2,o1,u1,student\ne3,active,,c1,o1,u2,student\n"
        "e4,active,,c1,o1,u3,student\ne5,active,,c1,o1,t1,teacher\ne6,active,,c9,o1,u2,student\n"
        "e7,tobedeleted,,c2,o1,u2,student\n"
    ),
}


def test_a_one_roster_archive_gives_each_student_in_each_class() -> None:
    roster = reading.read(_zip(ONE_ROSTER))
    assert [(row.name, row.class_name, row.external_id) for row in roster.rows] == [
        ("Ana Ruiz", "Maths, 5B", "u1"),
        ("Ana Ruiz", "Science 5B", "u1"),
        ("Wei Li", "Maths, 5B", "u2"),
    ]
    assert [str(problem) for problem in roster.problems] == [
        "users.csv, row 4: this account is switched off, so it was left out.",
        "enrollments.csv, row 7: it names a class that is not in the file, so it was left out.",
    ]


@pytest.mark.parametrize("lost", ["users.csv", "classes.csv", "enrollments.csv"])
def test_a_one_roster_archive_without_a_table_is_refused(lost: str) -> None:
    files = {name: text for name, text in ONE_ROSTER.items() if name != lost}
    with pytest.raises(UnreadableRoster, match=f"no {lost}"):
        reading.read(_zip(files))


def _bomb() -> bytes:
    return _zip({**ONE_ROSTER, "users.csv": b"\0" * 80_000_000})


def _ratio() -> bytes:
    return _zip({**ONE_ROSTER, "users.csv": b"a" * 50_000_000})


def _locked() -> bytes:
    data = bytearray(_zip(ONE_ROSTER, zipfile.ZIP_STORED))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(data)


def _crossed() -> bytes:
    data = bytearray(_zip(ONE_ROSTER, zipfile.ZIP_STORED))
    at = data.find(b"Wei,Li")
    data[at : at + 6] = b"Eve,Xx"  # the checksum no longer holds
    return bytes(data)


def _bad_workbook() -> bytes:
    return _zip({"[Content_Types].xml": "<nonsense", "xl/workbook.xml": "<"})


def _entities() -> bytes:
    book = io.BytesIO(_workbook(["Name"], ["Ana Ruiz"]))
    files = {}
    with zipfile.ZipFile(book) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    (holder,) = (name for name, content in files.items() if b"Ana Ruiz" in content)
    files[holder] = files[holder].replace(b"<?xml version='1.0'?>", b"")
    files[holder] = bomb + files[holder].replace(b"Ana Ruiz", b"&b;")
    return _zip(files)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", "holds no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (b"Colour,Size\nred,5\nblue,6\n", "No column of this file is headed as a name"),
        (b"PK\x03\x04 and nothing more", "damaged or incomplete"),
        (_zip({"readme.txt": "hello"}), "neither OneRoster nor an Excel workbook"),
        (_zip({**ONE_ROSTER, "../../evil.csv": "x"}), "names inside this archive"),
        (_zip({**ONE_ROSTER, "C:\\evil.csv": "x"}), "names inside this archive"),
        (_zip({f"file{n}.csv": "" for n in range(1_001)}), "far larger than a roster"),
        (("Name\n" + "A B\n" * 10_001).encode(), "far larger than a roster"),
        (_bomb(), "far larger than a roster"),
        (_ratio(), "far larger than a roster"),
        (_locked(), "locked with a password"),
        (_crossed(), "damaged or incomplete"),
        (_bad_workbook(), "damaged or incomplete"),
        (_entities(), "damaged or incomplete"),
        (b"x" * (limits.MAX_FILE_BYTES + 1), "far larger than a roster"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableRoster, match=words) as refusal:
        reading.read(data)
    assert refusal.value.mend


@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_the_reader(data: bytes) -> None:
    _read_or_refuse(data)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_text_under_a_heading_breaks_the_reader(text: str) -> None:
    _read_or_refuse(("First Name,Last Name,Email,ID\n" + text).encode())


@given(st.integers(0, 6_000), st.integers(0, 255))
def test_no_single_changed_byte_of_a_workbook_breaks_the_reader(place: int, value: int) -> None:
    data = bytearray(WORKBOOK)
    data[place % len(data)] = value
    _read_or_refuse(bytes(data))


WORKBOOK = _workbook(["First Name", "Last Name"], ["Ana", "Ruiz"])


def _read_or_refuse(data: bytes) -> None:
    try:
        roster = reading.read(data)
    except UnreadableRoster:
        return
    for row in roster.rows:
        assert row.name
        assert row.name.isprintable()
