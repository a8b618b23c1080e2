"""Shapes: area and perimeter, the theorem of Pythagoras, and trigonometry."""

import math
import random

from desktop.lessons.templates.topic import Draft, choose, judge, match, write


def _sides(chance: random.Random) -> tuple[int, int]:
    width = chance.randint(2, 9)
    return width + chance.randint(1, 8), width


def _area(chance: random.Random, _grade: int) -> Draft:
    long, wide = _sides(chance)
    return choose(
        1,
        f"A rectangle is {long} cm long and {wide} cm wide. What is its area?",
        f"{long * wide} square cm",
        [f"{wrong} square cm"
         for wrong in (2 * (long + wide), long + wide, long * wide + wide, long * wide + long)],
        f"Area = length × width = {long} × {wide} = {long * wide}.",
    )  # fmt: skip


def _perimeter(chance: random.Random, _grade: int) -> Draft:
    long, wide = _sides(chance)
    around = 2 * (long + wide)
    return write(
        1,
        f"A garden is {long} m long and {wide} m wide. How many metres of fence go around it?",
        around,
        f"Perimeter = 2 × ({long} + {wide}) = {around} m.",
        f"{around} m",
        f"{around} metres",
    )


def _square_side(chance: random.Random, _grade: int) -> Draft:
    side = chance.randint(2, 15)
    return choose(
        2,
        f"The perimeter of a square is {4 * side} cm. How long is one side?",
        f"{side} cm",
        [f"{2 * side} cm", f"{4 * side} cm", f"{side + 2} cm", f"{4 * side - 4} cm"],
        f"A square has four equal sides: {4 * side} ÷ 4 = {side}.",
    )


def _missing_width(chance: random.Random, _grade: int) -> Draft:
    long, wide = _sides(chance)
    return write(
        2,
        f"A rectangle has an area of {long * wide} square cm and is {long} cm long. How many cm "
        "wide is it?",
        wide,
        f"{long * wide} ÷ {long} = {wide}.",
        f"{wide} cm",
    )


def _triangle(chance: random.Random, _grade: int) -> Draft:
    base, height = 2 * chance.randint(2, 9), chance.randint(3, 12)
    return choose(
        3,
        f"A triangle has a base of {base} cm and a height of {height} cm. What is its area?",
        f"{base * height // 2} square cm",
        [f"{base * height} square cm", f"{base + height} square cm",
         f"{base * height // 2 + base} square cm"],
        f"Half of base times height: {base} × {height} ÷ 2 = {base * height // 2}.",
    )  # fmt: skip


def _same_perimeter(chance: random.Random, _grade: int) -> Draft:
    long, wide = _sides(chance)
    other = (long + 1, wide - 1)
    return judge(
        3,
        f"A {long} by {wide} rectangle and a {other[0]} by {other[1]} rectangle have the same "
        "perimeter and the same area.",
        False,
        f"Both perimeters are {2 * (long + wide)}, but the areas are {long * wide} and "
        f"{other[0] * other[1]}.",
    )


AREA_PERIMETER = (_area, _perimeter, _square_side, _missing_width, _triangle, _same_perimeter)

TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41))


def _triple(chance: random.Random) -> tuple[int, int, int]:
    times = chance.randint(1, 4)
    a, b, c = chance.choice(TRIPLES)
    return a * times, b * times, c * times


def _hypotenuse(chance: random.Random, _grade: int) -> Draft:
    a, b, c = _triple(chance)
    return choose(
        1,
        f"The legs of a right triangle are {a} cm and {b} cm. How long is the hypotenuse?",
        f"{c} cm",
        [f"{a + b} cm", f"{c + 1} cm", f"{b + 1 if b + 1 != c else c + 2} cm", f"{c * c} cm"],
        f"{a}² + {b}² = {a * a} + {b * b} = {c * c}, and √{c * c} = {c}.",
    )


def _leg(chance: random.Random, _grade: int) -> Draft:
    a, b, c = _triple(chance)
    return write(
        2,
        f"The hypotenuse of a right triangle is {c} cm, one leg is {a} cm. How many cm is the "
        "other leg?",
        b,
        f"{c}² - {a}² = {c * c} - {a * a} = {b * b}, and √{b * b} = {b}.",
        f"{b} cm",
    )


def _is_right_angled(chance: random.Random, _grade: int) -> Draft:
    a, b, c = _triple(chance)
    c += chance.choice((0, 1))
    fits = a * a + b * b == c * c
    return judge(
        2,
        f"A triangle with sides {a}, {b} and {c} has a right angle.",
        fits,
        f"{a}² + {b}² = {a * a + b * b} and {c}² = {c * c}: they are "
        f"{'equal' if fits else 'not equal'}.",
    )


def _distance(chance: random.Random, _grade: int) -> Draft:
    a, b, c = chance.choice(TRIPLES[:4])
    x, y = chance.randint(-5, 5), chance.randint(-5, 5)
    return choose(
        3,
        f"How far apart are the points ({x}, {y}) and ({x + a}, {y + b})?",
        c,
        [a + b, c + 2, b - a, c * c],
        f"The steps are {a} and {b}: {a}² + {b}² = {c * c}, and √{c * c} = {c}.",
    )


def _diagonal(chance: random.Random, _grade: int) -> Draft:
    side = chance.randint(2, 20)
    return choose(
        3,
        f"The side of a square is {side} cm. How long is its diagonal, exactly?",
        f"{side}√2 cm",
        [f"{2 * side} cm", f"{side * side} cm", f"{side}√3 cm", f"{4 * side} cm"],
        f"{side}² + {side}² = 2 × {side}², and its root is {side}√2.",
    )


PYTHAGORAS = (_hypotenuse, _leg, _is_right_angled, _distance, _diagonal)


def _ratio(chance: random.Random, _grade: int) -> Draft:
    a, b, c = _triple(chance)
    name, top, below = chance.choice((("sin", a, c), ("cos", b, c), ("tan", a, b)))
    others = [f"{p}/{q}" for p, q in ((a, c), (b, c), (a, b), (c, a)) if (p, q) != (top, below)]
    return choose(
        1,
        f"In a right triangle the leg opposite angle A is {a}, the adjacent leg {b}, the "
        f"hypotenuse {c}. What is {name} A?",
        f"{top}/{below}",
        others,
        "sin is opposite over hypotenuse, cos adjacent over hypotenuse, tan opposite over "
        f"adjacent: {top}/{below}.",
    )


SPECIAL = (("sin 30°", "1/2"), ("sin 45°", "√2/2"), ("sin 60°", "√3/2"), ("tan 45°", "1"),
           ("cos 90°", "0"), ("tan 60°", "√3"))  # fmt: skip


def _special(chance: random.Random, _grade: int) -> Draft:
    pairs = chance.sample(SPECIAL, 4)
    return match(
        2,
        f"Match each ratio with its exact value: {', '.join(name for name, _ in pairs)}.",
        pairs,
        "; ".join(f"{name} = {value}" for name, value in pairs) + ".",
    )


def _radians(chance: random.Random, _grade: int) -> Draft:
    degrees = chance.choice((30, 45, 60, 90, 120, 135, 150, 180, 270, 360))
    shared = math.gcd(degrees, 180)
    top, below = degrees // shared, 180 // shared
    shown = _pi(top, below)
    return choose(
        2,
        f"Which angle in radians is {degrees}°?",
        shown,
        [_pi(top, below * 2), _pi(top * 2, below), _pi(top + below, below), _pi(below, top + 1)],
        f"Multiply by π/180: {degrees} × π/180 = {shown}.",
    )


def _pi(top: int, below: int) -> str:
    shared = math.gcd(top, below)
    top, below = top // shared, below // shared
    over = "π" if top == 1 else f"{top}π"
    return over if below == 1 else f"{over}/{below}"


def _ladder(chance: random.Random, _grade: int) -> Draft:
    hypotenuse = 2 * chance.randint(2, 30)
    return write(
        3,
        f"In a right triangle the hypotenuse is {hypotenuse} m and an angle is 30°. How many "
        "metres is the side opposite that angle?",
        hypotenuse // 2,
        f"sin 30° = 1/2, so the side is {hypotenuse} × 1/2 = {hypotenuse // 2}.",
        f"{hypotenuse // 2} m",
    )


def _pythagorean_identity(chance: random.Random, _grade: int) -> Draft:
    a, b, c = chance.choice(TRIPLES)
    return choose(
        3,
        f"An acute angle has sin x = {a}/{c}. What is cos x?",
        f"{b}/{c}",
        [f"{a}/{b}", f"{c - a}/{c}" if c - a != b else f"{c}/{b}", f"{c}/{a}", f"{b}/{a}"],
        f"sin² x + cos² x = 1, so cos x = √(1 - {a * a}/{c * c}) = {b}/{c}.",
    )


TRIGONOMETRY = (_ratio, _special, _radians, _ladder, _pythagorean_identity)
