"""Excel workbooks (.xlsx): the first sheet that holds names, read cell by cell within limits."""

import io
import itertools

from desktop.classroom.roster import limits, table, text
from desktop.classroom.roster.model import UnreadableRoster


def rows(data: bytes) -> list[tuple[int, text.Cells]]:
    """The rows of the sheet that looks like a roster, or of the first one.

    Raises:
        UnreadableRoster: it is no workbook, is damaged, or is far larger than a roster.
    """
    limits.open_archive(data).close()
    import openpyxl  # costs 0.2 s, and only this needs it

    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheets = [_sheet(sheet) for sheet in itertools.islice(book.worksheets, 20)]
        book.close()
    except UnreadableRoster:
        raise
    except Exception as error:  # openpyxl raises nearly anything on a crafted or broken file
        raise limits.damaged() from error
    filled = [sheet for sheet in sheets if sheet]
    named = [sheet for sheet in filled if table.find_headings(sheet)[1]]
    return next(iter(named or filled), [])


def _sheet(sheet: object) -> list[tuple[int, text.Cells]]:
    found: list[tuple[int, text.Cells]] = []
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # the declared size may lie
    lines = sheet.iter_rows(  # type: ignore[attr-defined]
        max_row=limits.MAX_ROWS + HEAD_ROOM, max_col=limits.MAX_COLUMNS, values_only=True
    )
    for number, values in enumerate(lines, start=1):
        cells = [_cell(value) for value in values]
        if any(cells):
            found.append((number, cells))
        if len(found) > limits.MAX_ROWS:
            raise limits.too_large()
    return found


HEAD_ROOM = 1_000
"""Empty rows that may stand between the others."""


def _cell(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # Excel keeps a student's number as 1042.0
    return text.clean(str(value))
