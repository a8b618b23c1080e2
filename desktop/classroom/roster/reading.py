"""The one way in: bytes of a roster file go in, students and problems come out."""

from desktop.classroom.roster import limits, oneroster, table, text, workbook
from desktop.classroom.roster.model import Roster, UnreadableRoster
from desktop.sentences import say

_OLE = b"\xd0\xcf\x11\xe0"


def read(data: bytes) -> Roster:
    """Read a roster; what kind of file it is, its content says and not its name.

    Raises:
        UnreadableRoster: it cannot be read; the message says why.
    """
    if len(data) > limits.MAX_FILE_BYTES:
        raise limits.too_large()
    if data.startswith(_OLE):
        raise UnreadableRoster(
            say(
                "This is an old Excel file (.xls) or one that is locked with a password. "
                "Nothing was changed."
            ),
            mend=say("Save it as an Excel workbook (.xlsx) without a password, or as CSV."),
        )
    if data.startswith(b"PK"):
        return _read_archive(data)
    return table.students(_best_rows(text.decode(data)))


def _read_archive(data: bytes) -> Roster:
    with limits.open_archive(data) as archive:
        if oneroster.is_one(archive):
            return oneroster.read(archive)
        if "[Content_Types].xml" not in archive.namelist():
            raise UnreadableRoster(
                say(
                    "This archive is neither OneRoster nor an Excel workbook. Nothing was changed."
                ),
                mend=say("Choose the CSV, the .xlsx, or the OneRoster zip."),
            )
    return table.students(workbook.rows(data))


def _best_rows(content: str) -> list[tuple[int, text.Cells]]:
    """The rows under the delimiter that makes the most of the headings."""
    read = [text.rows(content, delimiter) for delimiter in text.DELIMITERS]
    return max(read, key=lambda rows: len(table.find_headings(rows)[1]))
