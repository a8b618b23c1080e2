"""Parts of a lesson: one made anew while every other stays as it was, and which ones differ."""

from collections.abc import Sequence
from typing import Any

from desktop.lessons import package as packages
from desktop.lessons.package import LessonPackage
from desktop.lessons.schema import PARTS, Claim, PartName, Revision


def value_of(package: LessonPackage, part: PartName) -> Any:  # noqa: ANN401  (plain JSON)
    """A part as plain JSON."""
    return package.model_dump(mode="json")[part]


def replaced(
    package: LessonPackage,
    part: PartName,
    value: object,
    revision: Revision,
    claims: Sequence[Claim] = (),
) -> LessonPackage:
    """The lesson with `part` made anew and `revision` written into its provenance.

    Every other part stays byte for byte. `claims` are those of the new part; the old ones go.

    Raises:
        InvalidPackage: the new part does not fit the lesson; the sentences say why.
    """
    fields = package.model_dump(mode="json")
    fields[part] = value
    kept = [claim for claim in package.claims if claim.part != part]
    fields["claims"] = [claim.model_dump(mode="json") for claim in (*kept, *claims)]
    fields["provenance"]["revisions"].append(revision.model_dump(mode="json"))
    return packages.load(fields)


def changed(before: LessonPackage, after: LessonPackage) -> tuple[PartName, ...]:
    """The parts in which two versions of a lesson differ."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return tuple(part for part in PARTS if old[part] != new[part])
