"""What a teacher hands over is read apart from the program, or refused in words."""

import io
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from desktop.lessons import sources
from desktop.lessons.sources import SourceUnreadable, extract, passages

READER = [sys.executable, "-m", "desktop", "lesson", "read-source-child"]


def pdf(*texts: str, password: str = "") -> bytes:
    """A PDF with a page for each text."""
    writer = pypdf.PdfWriter()
    for text in texts:
        page = writer.add_blank_page(612, 792)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "vapour", "water as a gas"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bomb() -> bytes:
    """A Word document that says little and unpacks to a great deal."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"word/{number}.xml", b" " * 60_000_000)
    return stream.getvalue()


def read(folder: Path, name: str, content: bytes) -> sources.Read:
    file = folder / name
    file.write_bytes(content)
    return sources.read_file(file, READER)


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    found = read(tmp_path, "book.pdf", pdf("Heat turns water into vapour.", "Clouds are drops."))
    assert (found.source.title, found.source.kind, found.notice) == ("book.pdf", "pdf", "")
    assert [(one.id, one.page, one.text) for one in found.source.passages] == [
        ("p1", 1, "Heat turns water into vapour."), ("p2", 2, "Clouds are drops."),
    ]  # fmt: skip


def test_a_word_document_is_read_with_its_tables(tmp_path: Path) -> None:
    found = read(tmp_path, "plan.docx", word("Heat turns water into vapour.", "It rises."))
    text = " ".join(one.text for one in found.source.passages)
    assert "Heat turns water into vapour. It rises." in text
    assert "vapour | water as a gas" in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("locked.pdf", pdf("secret", password="pw"), "is locked with a password"),
        ("scanned.pdf", pdf(""), "holds pictures of pages and no text"),
        ("broken.pdf", b"%PDF-1.7\nnothing of the kind", "is damaged, or no PDF file"),
        ("cut.pdf", pdf("x" * 500)[:300], "is damaged|holds pictures"),
        ("bomb.docx", bomb(), "is damaged, or no Word document"),
        ("no.docx", b"plain words", "is damaged, or no Word document"),
        ("old.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "of an old kind"),
        ("empty.txt", b" \n ", "holds no text"),
        ("binary.txt", b"\xff\x00\x01\x02\x80", "is damaged, or no text file"),
        ("music.mp3", b"ID3", "of a kind that cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_cannot_be_read_is_said_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(SourceUnreadable, match=words) as caught:
        read(tmp_path, name, content)
    assert name in str(caught.value)
    assert caught.value.mend


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as stream:
        stream.truncate(sources.MOST_BYTES + 1)
    with pytest.raises(SourceUnreadable, match="larger than 30 MB"):
        sources.read_file(file, ["never started"])


def test_a_reader_that_dies_is_told_as_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("words")
    with pytest.raises(SourceUnreadable, match="could not be read"):
        sources.read_file(file, [sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("\ufeffvapor de agua".encode(), "vapor de agua"),
        ("agua caña".encode("cp1252"), "agua caña"),
        ("vapor".encode("utf-16"), "vapor"),
    ],
)
def test_a_text_is_read_in_the_usual_encodings(content: bytes, text: str) -> None:
    assert extract.read("text", content) == [(None, text)]


def test_passages_end_where_sentences_do_and_lose_no_word() -> None:
    sentences = [f"Sentence number {number} says something of its own." for number in range(200)]
    cut = passages.cut([(3, " ".join(sentences))])
    assert not cut.left_out
    assert all(len(text) <= passages.LONGEST and text.endswith(".") for _, text in cut.passages)
    assert " ".join(text for _, text in cut.passages) == " ".join(sentences)
    assert {page for page, _ in cut.passages} == {3}


def test_a_word_without_an_end_is_cut_and_control_characters_go() -> None:
    cut = passages.cut([(None, "x" * 5_000 + "\x00\x07 y")])
    assert all(len(text) <= passages.LONGEST for _, text in cut.passages)
    assert "".join(text for _, text in cut.passages).count("x") == 5_000
    assert not any("\x00" in text for _, text in cut.passages)


def test_what_is_too_long_is_used_as_far_as_it_goes_and_that_is_said() -> None:
    found = sources.from_paste("\n\n".join(f"{number} " + "word " * 100 for number in range(400)))
    assert len(found.source.passages) == passages.MOST
    assert "only the first 100 passages" in found.notice


def test_a_paste_of_nothing_is_no_material() -> None:
    with pytest.raises(SourceUnreadable, match="no text in what was pasted"):
        sources.from_paste(" \n\t")
