"""One line for what many lessons come to, byte by byte, to compare one computer with another.

    python -m tests.lessons.fingerprint --packages 100

Besides Python it needs pydantic alone, so that it runs where the program itself does not. Each
lesson is made, built and written in every form in which it leaves the program. The same number of
packages has to print the same digests on every computer.
"""

import argparse
import hashlib
import platform
import sys
import unicodedata
from collections.abc import Iterator, Sequence

from desktop.lessons.builder import build
from desktop.lessons.package import LessonPackage, dump
from desktop.studio import rbxm, rbxmx, rojo
from tests.lessons.wishes import Wish, wishes

TOPICS = (
    "Brüche — Größen & Maße",
    "Дроби",
    "分数の大きさをくらべよう",
    "भिन्न",
    "الكسور",
    "𞤀𞤁𞤂𞤃 ߒߞߏ",
    "e\u0301t\u0323\u0307",
)
"""Every fourth lesson is called by one of these: folders and scripts carry its letters."""


def fingerprint(wanted: Sequence[Wish]) -> dict[str, str]:
    """The sha256 of all these lessons in each form, one after the other."""
    digests = {name: hashlib.sha256() for name in ("lesson", "rbxm", "rbxmx", "rbxlx", "rojo")}
    for wish in wanted:
        for name, content in _forms(_called(wish.package(), wish.seed), str(wish.seed)):
            digests[name].update(content)
    return {name: digest.hexdigest() for name, digest in digests.items()}


def _called(lesson: LessonPackage, number: int) -> LessonPackage:
    if number % 4:
        return lesson
    topic = TOPICS[number // 4 % len(TOPICS)]
    return lesson.model_copy(update={"topic": topic, "title": f"{topic}: {lesson.title}"})


def _forms(lesson: LessonPackage, lesson_id: str) -> Iterator[tuple[str, bytes]]:
    place = build(lesson, lesson_id=lesson_id, telemetry=None)
    yield "lesson", dump(lesson).encode()
    yield "rbxm", rbxm.write_build(place)
    yield "rbxmx", rbxmx.write_build(place)
    yield "rbxlx", rbxmx.write_place(place)
    for path, content in sorted(rojo.files(place).items()):
        yield "rojo", path.encode() + b"\0" + content


def _computer() -> str:
    """What may differ from one computer to the next."""
    bits = 64 if sys.maxsize > 2**32 else 32
    return (
        f"{platform.system()} {platform.machine()}, {bits} bits, {sys.byteorder} endian, "
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"Unicode {unicodedata.unidata_version}, {platform.libc_ver()[0] or 'no glibc'}"
    )


def main() -> None:
    """Print what this computer is, and its digests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=int, default=100)
    count = parser.parse_args().packages
    print(_computer())
    for name, digest in fingerprint(wishes(count)).items():
        print(f"{count} {name}: {digest}")


if __name__ == "__main__":
    main()
