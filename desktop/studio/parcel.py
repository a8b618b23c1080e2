"""A build made ready to travel before anybody says that it goes: scanned, and cut into items."""

from dataclasses import dataclass

from desktop.lessons.instances import Build
from desktop.storage.pushes import StoredItem
from desktop.studio import codec, scan
from desktop.studio.scan import ScanReport


@dataclass(frozen=True)
class Parcel:
    """What goes into a place, as it travels, and what the safety scan says of it.

    A parcel is of one build for good. It can be packed while a teacher looks at what a push
    would do, so that the click waits for neither the scan nor the encoding.
    """

    build: Build
    report: ScanReport
    items: list[StoredItem]
    contents: dict[str, bytes]
    """By their hashes."""


def pack(build: Build, *, school: str = "") -> Parcel:
    """Scan `build` and encode it; `school` is what the scan is told (see `scan.scan_build`)."""
    report = scan.scan_build(build, school=school)
    items, contents = _split(build)
    return Parcel(build, report, items, contents)


def _split(build: Build) -> tuple[list[StoredItem], dict[str, bytes]]:
    items, contents = [], {}
    for item in codec.items(build):
        contents[item.sha256] = item.content  # the hash is made once and kept
        items.append(
            StoredItem(
                number=int(item.id),
                class_name=item.class_name,
                path=item.path,
                root=item.root,
                sha256=item.sha256,
                source_sha256=item.source_sha256,
            )
        )
    return items, contents
