"""What the child does: take the text out of one file, within limits of memory and time."""

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import TextIO

MEMORY_BYTES = 1_500_000_000
"""Of addresses, not of memory in use: libraries alone reserve several hundred MB."""
CPU_S = 45
MOST_PAGES = 300
MOST_LETTERS = 400_000
MOST_UNPACKED_BYTES = 100_000_000
"""A text document is far smaller; a zip bomb is far larger."""

Pages = Iterator[tuple[int | None, str]]


class Fault(Exception):
    """Why there is nothing to read, and what to do."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


def serve(kind: str, content: bytes, answer_to: TextIO) -> None:
    """Write the pages of a file as JSON, or why there are none."""
    limit()
    try:
        json.dump({"pages": read(kind, content)}, answer_to)
    except Fault as fault:
        json.dump({"fault": {"what": fault.what, "mend": fault.mend}}, answer_to)


def limit() -> None:
    """Bound this process where the system can (not on Windows: there the parent's time holds)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    if sys.platform != "darwin":  # macOS takes this limit and does not keep to it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def read(kind: str, content: bytes) -> list[tuple[int | None, str]]:
    """The text of each page, at most MOST_LETTERS in all.

    Raises:
        Fault: it is locked, holds no text, or is not what it is called.
    """
    readers: dict[str, Callable[[bytes], Pages]] = {"pdf": _pdf, "docx": _docx, "text": _text}
    found: list[tuple[int | None, str]] = []
    letters = 0
    for page, text in readers[kind](content):
        letters += len(text)
        found.append((page, text[: max(0, len(text) - max(0, letters - MOST_LETTERS))]))
        if letters >= MOST_LETTERS:
            break
    if not any(text.strip() for _, text in found):
        raise Fault(
            "holds pictures of pages and no text." if kind == "pdf" else "holds no text.",
            "Use a file whose text can be selected, or type what you need and paste it.",
        )
    return found


def _pdf(content: bytes) -> Pages:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Fault(
                "is locked with a password.",
                "Open it, save it without the password, and choose it again.",
            )
        for number, page in enumerate(reader.pages[:MOST_PAGES], 1):
            yield number, page.extract_text()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        # pypdf meets broken files with many kinds of errors, none of them ours to answer.
        raise _damaged("PDF file") from error


def _docx(content: bytes) -> Pages:
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            locked = any(entry.flag_bits & 1 for entry in archive.infolist())
        if size > MOST_UNPACKED_BYTES or locked:
            raise _damaged("Word document")
        document = docx.Document(io.BytesIO(content))
        cells = [
            " | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
            for table in document.tables
            for row in table.rows
        ]
        paragraphs = [paragraph.text for paragraph in document.paragraphs]
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, SyntaxError) as error:
        # Word keeps a document with a password in another kind of file altogether.
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise Fault(
                "is locked with a password, or of an old kind (.doc).",
                "Save it as .docx without a password, and choose it again.",
            ) from error
        raise _damaged("Word document") from error
    yield None, "\n\n".join([*paragraphs, *cells])


def _text(content: bytes) -> Pages:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield None, content.decode("utf-16", "replace")
        return
    try:
        yield None, content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise _damaged("text file") from None
        yield None, content.decode("cp1252", "replace")


def _damaged(kind: str) -> Fault:
    return Fault(
        f"is damaged, or no {kind}.",
        "Open it in its own program, copy the text you need, and paste it.",
    )
