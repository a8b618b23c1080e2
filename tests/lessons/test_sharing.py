"""Shared lessons: what comes back is what was sent, and nothing else is ever opened."""

import hashlib
import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.lessons import package, sharing
from desktop.lessons.package import InvalidPackage
from desktop.lessons.sharing import ChangedSinceSigned, NotALessonFile
from tests.lessons import made

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
MADE_AT = "2026-03-01T08:00:00Z"
SIGNED = sharing.write(made.fractions(), author="Ms Rivera", made_at=MADE_AT, key=KEY)
UNSIGNED = sharing.write(made.fractions(), author="Ms Rivera", made_at=MADE_AT, key=None)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(*content: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", how) as archive:
        for name, data in content:
            archive.writestr(name, data, how)
    return whole.getvalue()


def with_manifest(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    inside = members(data)
    manifest = json.loads(inside["manifest.json"])
    change(manifest)
    return zipped(
        ("manifest.json", json.dumps(manifest).encode()), ("lesson.json", inside["lesson.json"])
    )


def other_lesson() -> bytes:
    title = made.fractions().model_copy(update={"title": "Not the lesson"})
    return package.dump(title).encode()


def test_a_signed_lesson_comes_back_whole_with_its_author_and_key() -> None:
    found = sharing.read(SIGNED)
    assert found.package == made.fractions()
    assert (found.author, found.made_at) == ("Ms Rivera", MADE_AT)
    assert found.fingerprint == sharing.fingerprint(sharing.public_key(KEY))
    assert found.sentence.startswith("Signed by Ms Rivera, key ")


def test_an_unsigned_lesson_comes_back_and_says_that_nobody_vouches_for_it() -> None:
    found = sharing.read(UNSIGNED)
    assert (found.package, found.fingerprint) == (made.fractions(), "")
    assert found.sentence.startswith("Not signed")


def test_a_bare_lesson_package_is_read_too() -> None:
    found = sharing.read(package.dump(made.fractions()).encode())
    assert (found.package, found.author, found.fingerprint) == (made.fractions(), "", "")


def test_the_same_lesson_makes_the_same_bytes() -> None:
    again = sharing.write(made.fractions(), author="Ms Rivera", made_at=MADE_AT, key=KEY)
    assert again == SIGNED
    # What is in the archive is fixed too, so that another system makes the same file.
    with zipfile.ZipFile(io.BytesIO(SIGNED)) as archive:
        assert [
            (one.filename, one.date_time, one.create_system, one.compress_type)
            for one in archive.infolist()
        ] == [
            ("manifest.json", (1980, 1, 1, 0, 0, 0), 3, zipfile.ZIP_STORED),
            ("lesson.json", (1980, 1, 1, 0, 0, 0), 3, zipfile.ZIP_STORED),
        ]


def test_only_the_lesson_and_its_manifest_are_in_the_file() -> None:
    inside = members(SIGNED)
    assert package.load(inside["lesson.json"]) == made.fractions()
    assert set(json.loads(inside["manifest.json"])) == {
        "author", "format", "key", "made_at", "sha256", "signature", "title"
    }  # fmt: skip
    assert KEY.hex().encode() not in SIGNED


@given(author=st.text(max_size=300), key=st.none() | st.binary(min_size=32, max_size=32))
@settings(max_examples=40, deadline=None)
def test_whatever_the_author_is_called_the_file_opens_again(author: str, key: bytes | None) -> None:
    found = sharing.read(sharing.write(made.fractions(), author=author, made_at=MADE_AT, key=key))
    assert found.package == made.fractions()
    assert found.author.isprintable()
    assert bool(found.fingerprint) == (key is not None)


@given(at=st.integers(0, len(SIGNED) - 1), bit=st.integers(0, 7))
@settings(max_examples=80, deadline=None)
def test_no_bit_can_be_changed_so_that_another_lesson_opens(at: int, bit: int) -> None:
    broken = bytearray(SIGNED)
    broken[at] ^= 1 << bit
    try:
        found = sharing.read(bytes(broken))
    except Refused:
        return
    # a bit of the zip's bookkeeping that says nothing, such as a time
    assert found == sharing.read(SIGNED)


@given(length=st.integers(0, len(SIGNED) - 1))
@settings(max_examples=50, deadline=None)
def test_a_file_that_was_cut_short_is_refused(length: int) -> None:
    with pytest.raises(Refused):
        sharing.read(SIGNED[:length])


@given(data=st.binary(max_size=400))
@settings(max_examples=50, deadline=None)
def test_any_bytes_after_the_first_two_are_read_or_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refused):
        sharing.read(b"PK" + data)


def changed_lesson(data: bytes) -> bytes:
    return zipped(
        ("manifest.json", members(data)["manifest.json"]), ("lesson.json", other_lesson())
    )


def changed_with_its_digest(data: bytes) -> bytes:
    manifest = json.loads(members(data)["manifest.json"])
    manifest["sha256"]["lesson.json"] = hashlib.sha256(other_lesson()).hexdigest()
    manifest["title"] = "Not the lesson"
    return zipped(("manifest.json", json.dumps(manifest).encode()), ("lesson.json", other_lesson()))


def with_the_key_of_another(data: bytes) -> bytes:
    key = sharing.public_key(OTHER_KEY).hex()
    return with_manifest(data, lambda manifest: manifest.update(key=key))


def with_a_signature_of_another(data: bytes) -> bytes:
    other = sharing.write(made.fractions(), author="Ms Rivera", made_at=MADE_AT, key=OTHER_KEY)
    signature = json.loads(members(other)["manifest.json"])["signature"]
    return with_manifest(data, lambda manifest: manifest.update(signature=signature))


@pytest.mark.parametrize(
    "tampered",
    [
        changed_lesson(SIGNED),
        changed_with_its_digest(SIGNED),
        with_the_key_of_another(SIGNED),
        with_a_signature_of_another(SIGNED),
        with_manifest(SIGNED, lambda manifest: manifest.update(author="Mr Stone")),
        with_manifest(SIGNED, lambda manifest: manifest.update(title="Something else")),
        with_manifest(SIGNED, lambda manifest: manifest.update(made_at="2027-01-01T00:00:00Z")),
        with_manifest(SIGNED, lambda manifest: manifest.update(signature="00" * 64)),
        with_manifest(SIGNED, lambda manifest: manifest.update(key="00" * 32)),
    ],
    ids=["lesson", "lesson and digest", "key", "signature", "author", "title", "moment",
         "empty signature", "weak key"],
)  # fmt: skip
def test_what_was_changed_since_it_was_signed_is_refused(tampered: bytes) -> None:
    with pytest.raises(ChangedSinceSigned, match="changed since it was signed"):
        sharing.read(tampered)


def entry(name: str, mode: int = 0o100600) -> zipfile.ZipInfo:
    made_entry = zipfile.ZipInfo(name)
    made_entry.create_system, made_entry.external_attr = 3, mode << 16
    return made_entry


def huge_claim(data: bytes) -> bytes:
    """The central directory claims four gigabytes for the lesson."""
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    return data[: at + 20] + struct.pack("<II", 2**32 - 2, 2**32 - 2) + data[at + 28 :]


MANIFEST, LESSON = (members(UNSIGNED)[name] for name in ("manifest.json", "lesson.json"))
BOTH = (("manifest.json", MANIFEST), ("lesson.json", LESSON))
DEEP = b"[" * 15_000


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "hostile",
    [
        lambda: zipped(*BOTH, how=zipfile.ZIP_DEFLATED),
        lambda: zipped(("manifest.json", MANIFEST), ("lesson.json", bytes(50_000_000)),
                       how=zipfile.ZIP_DEFLATED),
        lambda: zipped(*BOTH, how=zipfile.ZIP_BZIP2),
        lambda: zipped(*BOTH, ("lesson.json", other_lesson())),
        lambda: zipped(("manifest.json", MANIFEST), ("manifest.json", MANIFEST)),
        lambda: zipped(*BOTH, ("../../evil.json", b"{}")),
        lambda: zipped(("manifest.json", MANIFEST), ("../lesson.json", LESSON)),
        lambda: zipped(("manifest.json", MANIFEST), ("/lesson.json", LESSON)),
        lambda: zipped(("manifest.json", MANIFEST), ("C:\\lesson.json", LESSON)),
        lambda: zipped(("manifest.json", MANIFEST), ("LESSON.JSON", LESSON)),
        lambda: zipped(*BOTH, *((f"{number}.json", b"") for number in range(10_000))),
        lambda: zipped(("manifest.json", MANIFEST),
                       (entry("lesson.json", stat.S_IFLNK | 0o777), LESSON)),
        lambda: zipped(("manifest.json", LESSON), ("lesson.json", MANIFEST)),
        lambda: zipped(("manifest.json", MANIFEST)),
        lambda: zipped(("lesson.json", LESSON)),
        lambda: zipped(),
        lambda: zipped(("manifest.json", DEEP), ("lesson.json", LESSON)),
        lambda: zipped(("manifest.json", MANIFEST + b" " * 20_000), ("lesson.json", LESSON)),
        lambda: zipped(("manifest.json", MANIFEST), ("lesson.json", LESSON + b" " * 2_000_000)),
        lambda: changed_lesson(UNSIGNED),
        lambda: huge_claim(UNSIGNED),
        lambda: b"PK" + bytes(sharing.MAX_FILE_BYTES),
        lambda: with_manifest(UNSIGNED, lambda manifest: manifest.update(format=0)),
        lambda: with_manifest(UNSIGNED, lambda manifest: manifest.update(extra=1)),
        lambda: with_manifest(UNSIGNED, lambda manifest: manifest.update(author="a\u202eb")),
        lambda: with_manifest(UNSIGNED, lambda manifest: manifest.update(title="Another")),
        lambda: with_manifest(UNSIGNED, lambda manifest: manifest.update(sha256={})),
        lambda: with_manifest(SIGNED, lambda manifest: manifest.update(signature="")),
        lambda: with_manifest(SIGNED, lambda manifest: manifest.update(signature="é" * 128)),
        lambda: with_manifest(SIGNED, lambda manifest: manifest.pop("key")),
    ],
    ids=["compressed", "bomb", "bzip2", "two lessons", "two manifests", "path up beside",
         "path up", "absolute path", "drive", "other case", "10000 members", "symlink", "swapped",
         "no lesson", "no manifest", "empty", "deep manifest", "long manifest", "long lesson",
         "another lesson", "huge claim", "huge file", "format 0", "unknown field", "turned text",
         "another title", "no digest", "no signature", "letters as signature", "no key"],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_words(hostile: Callable[[], bytes]) -> None:
    with pytest.raises(NotALessonFile) as told:
        sharing.read(hostile())
    assert told.value.message.startswith("This file")
    assert told.value.mend


def test_a_lesson_nested_without_end_is_refused_inside_a_file_with_the_right_digest() -> None:
    deep = b"[" * 500_000
    digest = hashlib.sha256(deep).hexdigest()
    manifest = {**json.loads(MANIFEST), "sha256": {"lesson.json": digest}}
    with pytest.raises(InvalidPackage, match="nested too deeply"):
        sharing.read(
            zipped(("manifest.json", json.dumps(manifest).encode()), ("lesson.json", deep))
        )


def test_a_file_of_a_newer_companion_asks_for_an_update() -> None:
    def newer(manifest: dict[str, Any]) -> None:
        manifest.update(format=2, something_new=True)

    with pytest.raises(NotALessonFile, match="newer Companion"):
        sharing.read(with_manifest(SIGNED, newer))


def test_whoever_takes_the_signature_off_ends_with_an_unsigned_lesson() -> None:
    def stripped(manifest: dict[str, Any]) -> None:
        manifest.update(key="", signature="")

    assert sharing.read(with_manifest(SIGNED, stripped)).fingerprint == ""


def test_a_lesson_too_long_to_be_opened_again_is_not_written() -> None:
    long = made.fractions().model_copy(update={"teacher_notes": "ñ" * 1_000_000})
    with pytest.raises(Refused, match="too long to be shared"):
        sharing.write(long, author="", made_at=MADE_AT, key=None)
