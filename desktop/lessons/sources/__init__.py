"""What a teacher gives to make a lesson from: PDF, Word, text or a paste, cut into passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import Refused
from desktop.lessons.schema import Passage, Source, SourceKind
from desktop.lessons.sources import passages
from desktop.sentences import say

MOST_BYTES = 30_000_000
KINDS: dict[str, SourceKind] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".txt": "text",
    ".md": "text",
    ".text": "text",
}
"""What can be read, by the file's ending."""


class SourceUnreadable(Refused):
    """Nothing to teach from could be taken out of this."""


@dataclass(frozen=True)
class Read:
    """A source that was read. `notice` says what was left out, or is empty."""

    source: Source
    notice: str = ""


def read_files(files: Sequence[Path], command: Sequence[str]) -> list[Source]:
    """Read several files; `command` starts a child that runs `extract.serve`. Blocks.

    Raises:
        SourceUnreadable: one of them cannot be read; the sentence names it.
    """
    return [read_file(file, command, number).source for number, file in enumerate(files, 1)]


def read_file(file: Path, command: Sequence[str], number: int = 1) -> Read:
    """Read one file in a child process with limits, for it may come from anywhere. Blocks.

    Raises:
        SourceUnreadable: it is too large, of an unknown kind, locked, without text, or broken.
    """
    from desktop.lessons.sources import apart

    kind = KINDS.get(file.suffix.casefold())
    if kind is None:
        known = ", ".join(sorted(KINDS))
        raise SourceUnreadable(
            say("'{name}' is of a kind that cannot be read.", name=file.name),
            mend=say("Use one of {known}, or copy its text and paste it.", known=known),
        )
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceUnreadable(
            say("'{name}' could not be opened: {why}.", name=file.name, why=error.strerror)
        ) from error
    if len(content) > MOST_BYTES:
        raise SourceUnreadable(
            say(
                "'{name}' is larger than {limit} MB.", name=file.name, limit=MOST_BYTES // 1_000_000
            ),
            mend=say("Use the chapter you need, or paste its text."),
        )
    pages = apart.pages(content, kind, file.name, command)
    return _made(f"s{number}", file.name, kind, pages)


def from_paste(text: str, number: int = 1) -> Read:
    """A source from pasted text.

    Raises:
        SourceUnreadable: there is no text.
    """
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if not title:
        raise SourceUnreadable(say("There is no text in what was pasted."))
    return _made(f"s{number}", title[:60], "paste", [(None, text)])


def _made(id_: str, title: str, kind: SourceKind, pages: list[tuple[int | None, str]]) -> Read:
    cut = passages.cut(pages)
    kept = [
        Passage(id=f"p{number}", text=text, page=page)
        for number, (page, text) in enumerate(cut.passages, 1)
    ]
    if not kept:
        raise SourceUnreadable(
            say("'{title}' holds no text.", title=title),
            mend=say("If its pages are pictures, copy the text by hand or use another file."),
        )
    notice = (
        f"'{title}' is long: only the first {len(kept)} passages are used." if cut.left_out else ""
    )
    printable = passages.printable(title)[:200] or "Source"
    return Read(Source(id=id_, title=printable, kind=kind, passages=kept), notice)
