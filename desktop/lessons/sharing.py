"""Lessons as files that teachers hand to each other: `.toolbox`, signed, and safe to open.

A zip of two stored members. `lesson.json` is the LessonPackage and nothing else: no class, no
student, no due date, no key of a place. `manifest.json` says what the file is, and the SHA-256 of
the lesson; its Ed25519 signature (RFC 8032) covers all that it says, so neither can change by
itself. Whose key it is nobody vouches for: colleagues compare its fingerprint once.

Nothing is ever written to a folder, and members that are compressed are refused, so that what is
opened is never larger than the file.
"""

import hashlib
import hmac
import io
import json
import stat
import zipfile
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

import msgspec
from msgspec import Meta

from desktop.classroom.records import Instant
from desktop.errors import Refused
from desktop.lessons import package as packages
from desktop.lessons.package import LessonPackage
from desktop.lessons.schema import MAX_BYTES
from desktop.sentences import Sentence, say

SUFFIX = ".toolbox"
FORMAT = 1
MAX_MANIFEST_BYTES = 16_000
MAX_FILE_BYTES = MAX_BYTES + MAX_MANIFEST_BYTES + 4_000
"""The two members as large as they may be, and the zip's own bookkeeping."""
LONGEST_NAME = 200

_LESSON, _MANIFEST = "lesson.json", "manifest.json"
_ZIP = b"PK"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX, _OWN_FILE = 3, 0o100600
_ENCRYPTED = 0x1
_ASK_AGAIN = say("Ask whoever sent it to share the lesson once more.")
_CONTEXT = b"toolbox lesson, format 1\n"
"""Before what is signed, so that no signature is good for anything else."""


class NotALessonFile(Refused):
    """The file is no lesson that somebody shared, or it is damaged."""


class ChangedSinceSigned(Refused):
    """Somebody changed the file after it was signed."""

    def __init__(self) -> None:
        super().__init__(
            say("This file was changed since it was signed, so it was not opened."),
            mend=_ASK_AGAIN,
        )


class _Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int
    title: str
    author: str = ""
    made_at: Instant
    sha256: dict[str, str]
    """Of every other member, in hexadecimal."""
    key: Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")] = ""
    """The public half of the key that signed, or "" where nothing did."""
    signature: Annotated[str, Meta(pattern="^([0-9a-f]{128})?$")] = ""


@dataclass(frozen=True)
class Shared:
    """A lesson that came in a file, and what the file proves about it."""

    package: LessonPackage
    author: str = ""
    """The name that whoever made the file goes by; their own word."""
    made_at: str = ""
    """RFC 3339 in UTC; "" for a bare LessonPackage."""
    fingerprint: str = ""
    """Of the key whose signature holds; "" when it is not signed."""

    @property
    def sentence(self) -> str:
        """Who signed it, for a terminal."""
        if not self.fingerprint:
            return "Not signed: nobody can tell who made it, or whether it was changed."
        who = self.author or "somebody without a name"
        return f"Signed by {who}, key {self.fingerprint}; not changed since."


def write(package: LessonPackage, *, author: str, made_at: str, key: bytes | None) -> bytes:
    """The `.toolbox` file of a lesson: the same bytes for the same arguments, everywhere.

    `key` is the 32-byte seed of this installation's signing key; None leaves the file unsigned.

    Raises:
        Refused: the lesson is too long for a file that can be opened again.
    """
    lesson = packages.dump(package).encode()
    if len(lesson) > MAX_BYTES:
        raise Refused(
            say("This lesson is too long to be shared as a file."),
            mend=say("Shorten its sources or its texts, and try again."),
        )
    manifest = _Manifest(
        format=FORMAT,
        title=_clean(package.title),
        author=_clean(author),
        made_at=made_at,
        sha256={_LESSON: hashlib.sha256(lesson).hexdigest()},
    )
    if key is not None:
        manifest = _signed(manifest, key)
    return _zip({_MANIFEST: _canonical(msgspec.to_builtins(manifest)), _LESSON: lesson})


def read(data: bytes) -> Shared:
    """Read a lesson that anybody may have made: a `.toolbox` file, or a bare LessonPackage.

    Raises:
        NotALessonFile: it is none, or damaged.
        ChangedSinceSigned: its signature does not fit what is in it.
        InvalidPackage: the lesson in it cannot be used; its sentences name each fault.
    """
    if not data.startswith(_ZIP):
        return Shared(packages.load(data))
    members = _members(data)
    manifest = _manifest(members[_MANIFEST])
    if manifest.key:
        _verify(manifest)
    digest = hashlib.sha256(members[_LESSON]).hexdigest()
    if not hmac.compare_digest(manifest.sha256[_LESSON], digest):
        if manifest.key:
            raise ChangedSinceSigned
        _refuse(say("This file is damaged: its lesson is not the one that was put in."))
    package = packages.load(members[_LESSON])
    if _clean(package.title) != manifest.title:
        _refuse(say("This file names another lesson than it holds."))
    return Shared(
        package,
        author=manifest.author,
        made_at=manifest.made_at,
        fingerprint=fingerprint(bytes.fromhex(manifest.key)) if manifest.key else "",
    )


def public_key(key: bytes) -> bytes:
    """The public half of a signing key."""
    import nacl.signing

    return bytes(nacl.signing.SigningKey(key).verify_key)


def fingerprint(public: bytes) -> str:
    """A public key in sixteen characters that two people can compare on the telephone."""
    short = hashlib.sha256(public).hexdigest()[:16]
    return " ".join(short[start : start + 4] for start in range(0, 16, 4))


def _signed(manifest: _Manifest, key: bytes) -> _Manifest:
    import nacl.signing

    named = msgspec.structs.replace(manifest, key=public_key(key).hex())
    signature = nacl.signing.SigningKey(key).sign(_what_is_signed(named)).signature
    return msgspec.structs.replace(named, signature=signature.hex())


def _verify(manifest: _Manifest) -> None:
    import nacl.exceptions
    import nacl.signing

    try:
        nacl.signing.VerifyKey(bytes.fromhex(manifest.key)).verify(
            _what_is_signed(manifest), bytes.fromhex(manifest.signature)
        )
    except (nacl.exceptions.BadSignatureError, nacl.exceptions.ValueError):
        raise ChangedSinceSigned from None


def _what_is_signed(manifest: _Manifest) -> bytes:
    fields = msgspec.to_builtins(manifest)
    del fields["signature"]
    return _CONTEXT + _canonical(fields)


def _canonical(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def _zip(members: dict[str, bytes]) -> bytes:
    """Stored, since what a compressor makes differs from one build of zlib to the next."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = _UNIX
            member.external_attr = _OWN_FILE << 16
            archive.writestr(member, content)
    return whole.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    if len(data) > MAX_FILE_BYTES:
        _refuse(say("This file is larger than a lesson can be."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if sorted(member.filename for member in listed) != [_LESSON, _MANIFEST]:
                _refuse(say("This file holds something else than one shared lesson."))
            return {member.filename: _content(archive, member) for member in listed}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError):
        _refuse(say("This file is damaged or incomplete."))


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    most = MAX_MANIFEST_BYTES if member.filename == _MANIFEST else MAX_BYTES
    stored = member.compress_type == zipfile.ZIP_STORED
    regular = stat.S_IFMT(member.external_attr >> 16) in (0, stat.S_IFREG)
    if (
        not (stored and regular)
        or member.compress_size != member.file_size
        or member.flag_bits & _ENCRYPTED
    ):
        _refuse(say("This file was packed anew by another program."))
    if member.file_size > most:
        _refuse(say("This file is larger than a lesson can be."))
    return archive.read(member)


def _manifest(data: bytes) -> _Manifest:
    try:
        manifest = msgspec.json.decode(data, type=_Manifest)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        _refuse_newer(data)
        _refuse(say("This file does not say in a readable way what it is."))
    named = (manifest.title, manifest.author)
    if manifest.format != FORMAT:
        _refuse_newer(data)
    if (
        manifest.format != FORMAT
        or set(manifest.sha256) != {_LESSON}
        or bool(manifest.key) != bool(manifest.signature)
        or any(text != _clean(text) for text in named)
    ):
        _refuse(say("This file does not say in a readable way what it is."))
    return manifest


class _Format(msgspec.Struct):
    format: int


def _refuse_newer(data: bytes) -> None:
    """Say so where the manifest is one of a later Companion, whatever else it may hold."""
    try:
        later = msgspec.json.decode(data, type=_Format).format > FORMAT
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return
    if later:
        raise NotALessonFile(
            say("This lesson was shared by a newer Companion."),
            mend=say("Update this one to open it."),
        )


def _clean(text: str) -> str:
    """Text that shows as it is: one line, without marks that turn or hide letters."""
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_NAME].strip()


def _refuse(why: Sentence) -> NoReturn:
    raise NotALessonFile(why, mend=_ASK_AGAIN)
