"""Delimited text as spreadsheets and school systems write it: any encoding, any delimiter."""

import codecs
import csv
import io

from desktop.classroom.roster import limits
from desktop.classroom.roster.model import UnreadableRoster
from desktop.sentences import say

DELIMITERS = (",", ";", "\t", "|")

Cells = list[str]


def decode(data: bytes) -> str:
    """Text from UTF-8 (with or without a mark), UTF-16 or Windows-1252.

    Raises:
        UnreadableRoster: these bytes are no text.
    """
    text = _decoded(data)
    if "\0" in text:
        raise UnreadableRoster(
            say(
                "This file is not a roster: it holds no text that can be read. Nothing was changed."
            ),
            mend=say("Export the roster as CSV or as an Excel workbook (.xlsx)."),
        )
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    sample = data[:2_000]
    for encoding, odd in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(sample) >= 4 and sample[odd::2].count(0) > len(sample) * 0.4:
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass  # older Excel on Windows saves in the system's own code page
    try:
        return data.decode("windows-1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def rows(text: str, delimiter: str) -> list[tuple[int, Cells]]:
    """The rows of delimited text with the line each ends on; empty ones left out.

    Raises:
        UnreadableRoster: there are far too many.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    found: list[tuple[int, Cells]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                found.append((number, [clean(cell) for cell in cells[: limits.MAX_COLUMNS]]))
            if len(found) > limits.MAX_ROWS:
                raise limits.too_large()
    except csv.Error as error:  # a field beyond the csv module's own limit
        raise limits.damaged() from error
    return found


def clean(cell: str) -> str:
    """A cell without control characters, outer space and non-breaking space, bounded."""
    plain = "".join(letter if letter.isprintable() else " " for letter in cell[: limits.MAX_CELL])
    return " ".join(plain.split())
