"""Fractions on a number line: naming, placing, comparing, and finding equal ones."""

import math
import random
from fractions import Fraction

from desktop.lessons.templates.topic import Draft, choose, judge, order, write

DENOMINATORS = {3: (2, 3, 4, 6, 8), 4: (2, 3, 4, 5, 6, 8, 10), 5: (3, 4, 5, 6, 8, 10, 12)}


def _pair(chance: random.Random, grade: int) -> tuple[int, int]:
    below = chance.choice(DENOMINATORS[min(max(grade, 3), 5)])
    return chance.randrange(1, below), below


def _name_the_point(chance: random.Random, grade: int) -> Draft:
    top, below = _pair(chance, grade)
    return choose(
        1,
        f"The space from 0 to 1 is cut into {below} equal parts. A point sits {top} "
        f"{'part' if top == 1 else 'parts'} to the right of 0. Which fraction is it?",
        f"{top}/{below}",
        [f"{top}/{below + 1}", f"{below}/{top}", f"{top + 1}/{below + 1}", f"1/{below + 2}"],
        f"The whole is cut into {below} equal parts, so each is 1/{below}; {top} of them "
        f"{'makes' if top == 1 else 'make'} {top}/{below}. Count the spaces, not the marks.",
    )


def _parts_to_one(chance: random.Random, grade: int) -> Draft:
    top, below = _pair(chance, grade)
    return write(
        1,
        f"A frog stands at {top}/{below} on the number line. How many jumps of 1/{below} take "
        "it to 1?",
        below - top,
        f"1 is the same as {below}/{below}, and {below} - {top} = {below - top}.",
    )


def _compare(chance: random.Random, grade: int) -> Draft:
    top, below = _pair(chance, grade)
    other = _pair(chance, grade)
    while Fraction(*other) == Fraction(top, below):
        other = _pair(chance, grade)
    larger, smaller = sorted([(top, below), other], key=lambda pair: -Fraction(*pair))
    shown = [f"{a}/{b}" for a, b in sorted([larger, smaller])]
    return choose(
        2,
        f"Which lies further to the right on a number line: {shown[0]} or {shown[1]}?",
        f"{larger[0]}/{larger[1]}",
        [f"{smaller[0]}/{smaller[1]}", "They are the same point"],
        _comparison(larger, smaller),
    )


def _comparison(larger: tuple[int, int], smaller: tuple[int, int]) -> str:
    common = math.lcm(larger[1], smaller[1])
    first, second = (pair[0] * common // pair[1] for pair in (larger, smaller))
    return (
        f"In parts of 1/{common}, the first is {first}/{common} and the second is "
        f"{second}/{common}, so {larger[0]}/{larger[1]} lies further to the right."
    )


def _equal(chance: random.Random, grade: int) -> Draft:
    top, below = _pair(chance, grade)
    while math.gcd(top, below) > 1:
        top, below = _pair(chance, grade)
    by = chance.choice((2, 3, 4) if grade > 3 else (2,))
    return choose(
        2,
        f"Which fraction is at the same point as {top}/{below}?",
        f"{top * by}/{below * by}",
        [f"{top + by}/{below + by}", f"{top * by}/{below}", f"{top}/{below * by}"],
        f"Cut each part into {by}: {top}/{below} = {top * by}/{below * by}. Adding the same "
        "number above and below would move the point.",
    )


def _between(chance: random.Random, grade: int) -> Draft:
    below = chance.choice(DENOMINATORS[min(max(grade, 3), 5)])
    whole = chance.randrange(1, 4)
    top = whole * below + chance.randrange(1, below)
    return choose(
        3,
        f"Between which two whole numbers does {top}/{below} lie?",
        f"{whole} and {whole + 1}",
        [f"{whole + 1} and {whole + 2}", f"{whole - 1} and {whole}", f"{below} and {top}"],
        f"{whole} is {whole * below}/{below} and {whole + 1} is {(whole + 1) * below}/{below}; "
        f"{top}/{below} lies between them.",
    )


def _statement(chance: random.Random, grade: int) -> Draft:
    top, below = _pair(chance, grade)
    half = Fraction(top, below) - Fraction(1, 2)
    while half == 0:
        top, below = _pair(chance, grade)
        half = Fraction(top, below) - Fraction(1, 2)
    said_left = chance.random() < 0.5
    side = "left" if half < 0 else "right"
    return judge(
        2,
        f"{top}/{below} lies to the {'left' if said_left else 'right'} of 1/2 on a number line.",
        said_left == (half < 0),
        f"Twice {top} is {2 * top}, which is {'less' if half < 0 else 'more'} than {below}, so "
        f"{top}/{below} lies to the {side} of 1/2.",
    )


def _in_order(chance: random.Random, _grade: int) -> Draft:
    below = chance.choice((6, 8, 10, 12))
    tops = sorted(chance.sample(range(1, below), 4))
    labels = [str(Fraction(top, below)) for top in tops]
    return order(
        3,
        f"Put these fractions in order from left to right on a number line (think in parts of "
        f"1/{below}).",
        labels,
        "In parts of 1/{}: {}.".format(below, ", ".join(f"{top}/{below}" for top in tops)),
    )


FRACTIONS = (_name_the_point, _parts_to_one, _compare, _equal, _statement, _between, _in_order)
