"""Algebra: linear equations, lines, and quadratics."""

import random

from desktop.lessons.templates.topic import Draft, choose, judge, order, write


def _plus(number: int) -> str:
    """`+ 5` or `- 5`, as it follows a term."""
    return f"{'+' if number >= 0 else '-'} {abs(number)}"


def times(number: int, letter: str) -> str:
    """A number of `letter`: `3x`, `x`, `-x`."""
    return {1: letter, -1: f"-{letter}"}.get(number, f"{number}{letter}")


def _one_step(chance: random.Random, _grade: int) -> Draft:
    x, add = chance.randint(1, 20), chance.randint(2, 30)
    return write(
        1, f"Solve for x: x + {add} = {x + add}", x, f"Subtract {add} on both sides: x = {x}.",
        f"x = {x}", f"x={x}",
    )  # fmt: skip


def _two_steps(chance: random.Random, _grade: int) -> Draft:
    x, times, add = chance.randint(2, 12), chance.randint(2, 9), chance.randint(2, 20)
    total = times * x + add
    return choose(
        2,
        f"Solve for x: {times}x + {add} = {total}",
        x,
        [x + add, x + 1, total - add, x - 1, x + times],
        f"Subtract {add}: {times}x = {total - add}. Divide by {times}: x = {x}.",
    )


def _both_sides(chance: random.Random, _grade: int) -> Draft:
    x, c = chance.randint(2, 9), chance.randint(1, 5)
    a, b = c + chance.randint(1, 5), chance.randint(1, 12)
    d = (a - c) * x + b
    return choose(
        3,
        f"Solve for x: {a}x + {b} = {times(c, 'x')} + {d}",
        x,
        [-x, x + 1, d - b, x + 2, d + b],
        f"Bring the x together: {times(a - c, 'x')} = {d - b}, so x = {x}.",
    )


def _check_solution(chance: random.Random, _grade: int) -> Draft:
    x, times, add = chance.randint(1, 9), chance.randint(2, 9), chance.randint(1, 15)
    said = x + chance.choice((0, 1))
    return judge(
        1,
        f"x = {said} solves {times}x - {add} = {times * x - add}.",
        said == x,
        f"{times} × {said} - {add} = {times * said - add}.",
    )


def _riddle(chance: random.Random, _grade: int) -> Draft:
    x, times, less = chance.randint(3, 15), chance.randint(2, 6), chance.randint(1, 9)
    return write(
        3,
        f"I think of a number, multiply it by {times} and subtract {less}. I get "
        f"{times * x - less}. What is my number?",
        x,
        f"{times}x - {less} = {times * x - less}, so {times}x = {times * x} and x = {x}.",
    )


def _steps(chance: random.Random, _grade: int) -> Draft:
    x, times, add = chance.randint(2, 9), chance.randint(2, 9), chance.randint(2, 9)
    first, second = f"{times}x + {add} = {times * x + add}", f"{times}x = {times * x}"
    return order(
        2,
        f"Put the steps of solving {first} in order.",
        [first, second, f"x = {x}"],
        f"First undo + {add}, then divide by {times}.",
    )


LINEAR_EQUATIONS = (_one_step, _two_steps, _check_solution, _steps, _both_sides, _riddle)


def _line(chance: random.Random) -> tuple[int, int]:
    return chance.choice((-4, -3, -2, 2, 3, 4, 5)), chance.choice((-7, -5, -3, -1, 1, 4, 6, 8))


def _read_slope(chance: random.Random, _grade: int) -> Draft:
    m, b = _line(chance)
    return choose(
        1,
        f"What is the slope of the line y = {m}x {_plus(b)}?",
        m,
        [value for value in (b, -m, m + b, -b) if value != m],
        f"In y = mx + b the slope is m = {m}.",
    )


def _read_intercept(chance: random.Random, _grade: int) -> Draft:
    m, b = _line(chance)
    return write(
        1,
        f"At which y does the line y = {m}x {_plus(b)} cross the y-axis?",
        b,
        f"Put x = 0: y = {b}.",
        f"y = {b}",
        f"(0, {b})",
    )


def _two_points(chance: random.Random, _grade: int) -> Draft:
    m, b = _line(chance)
    x1 = chance.randint(-4, 3)
    x2 = x1 + chance.randint(2, 5)
    y1, y2 = m * x1 + b, m * x2 + b
    return choose(
        2,
        f"What is the slope of the line through ({x1}, {y1}) and ({x2}, {y2})?",
        m,
        [-m, f"1/{m}" if m > 0 else f"-1/{-m}", y2 - y1, m + 1],
        f"Change in y is {y2 - y1}, change in x is {x2 - x1}: {y2 - y1} ÷ {x2 - x1} = {m}.",
    )


def _parallel(chance: random.Random, _grade: int) -> Draft:
    m, b = _line(chance)
    same = chance.random() < 0.5
    other = m if same else -m
    return judge(
        2,
        f"The lines y = {m}x {_plus(b)} and y = {other}x {_plus(b + 3)} are parallel.",
        same,
        f"Their slopes are {m} and {other}; parallel lines have equal slopes.",
    )


def _value_at(chance: random.Random, _grade: int) -> Draft:
    (m, b), x = _line(chance), chance.randint(2, 9)
    return write(
        2, f"A line is y = {m}x {_plus(b)}. What is y when x = {x}?", m * x + b,
        f"{m} × {x} {_plus(b)} = {m * x + b}.", f"y = {m * x + b}",
    )  # fmt: skip


def _perpendicular(chance: random.Random, _grade: int) -> Draft:
    m, b = chance.randint(2, 9), chance.randint(1, 9)
    return choose(
        3,
        f"Which slope has a line perpendicular to y = {m}x + {b}?",
        f"-1/{m}",
        [f"1/{m}", -m, m],
        f"The slopes multiply to -1: {m} × (-1/{m}) = -1.",
    )


SLOPE = (_read_slope, _read_intercept, _two_points, _parallel, _value_at, _perpendicular)


def _roots(chance: random.Random) -> tuple[int, int]:
    p, q = sorted(chance.sample([-7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7], 2))
    return (p, q) if p != -q else (p, q + 1 if q < 7 else q - 1)


def _quadratic(p: int, q: int) -> str:
    middle = -(p + q)
    shown = f"{'+' if middle > 0 else '-'} {times(abs(middle), 'x')} " if middle else ""
    return f"x² {shown}{_plus(p * q)}"


def _bracket(root: int) -> str:
    return f"(x {_plus(-root)})"


def _factor(chance: random.Random, _grade: int) -> Draft:
    p, q = _roots(chance)
    return choose(
        1,
        f"Factor: {_quadratic(p, q)}",
        _bracket(p) + _bracket(q),
        [
            _bracket(-p) + _bracket(-q),
            _bracket(p) + _bracket(q + 1 if q + 1 != 0 else q + 2),
            _bracket(p) + _bracket(q - 1 if q - 1 != 0 else q - 2),
        ],
        f"Two numbers with product {p * q} and sum {-(p + q)}: {-p} and {-q}.",
    )


def _solve(chance: random.Random, _grade: int) -> Draft:
    p, q = _roots(chance)
    return choose(
        2,
        f"Which are the solutions of {_quadratic(p, q)} = 0?",
        f"x = {p} and x = {q}",
        [f"x = {-q} and x = {-p}", f"x = {p} and x = {q + 1}", f"x = {p - 1} and x = {q}"],
        f"{_bracket(p)}{_bracket(q)} = 0 when a bracket is 0: x = {p} or x = {q}.",
    )


def _vertex(chance: random.Random, _grade: int) -> Draft:
    h, k = chance.choice((-5, -4, -3, -2, 1, 2, 3, 4)), chance.choice((-6, -2, 3, 5, 7, 8))
    return choose(
        2,
        f"Where is the vertex of y = (x {_plus(-h)})² {_plus(k)}?",
        f"({h}, {k})",
        [f"({-h}, {k})", f"({h}, {-k})", f"({k}, {h})"],
        f"y = (x - h)² + k has its vertex at (h, k) = ({h}, {k}).",
    )


def _discriminant(chance: random.Random, _grade: int) -> Draft:
    a, b, c = chance.randint(1, 3), chance.randint(1, 8), chance.randint(1, 6)
    value = b * b - 4 * a * c
    kinds = ["no real solution", "one real solution", "two real solutions"]
    answer = kinds[(value > 0) - (value < 0) + 1]
    return choose(
        3,
        f"How many real solutions has {times(a, 'x²')} + {times(b, 'x')} + {c} = 0?",
        answer,
        [kind for kind in kinds if kind != answer],
        f"The discriminant is {b}² - 4 × {a} × {c} = {value}.",
    )


def _product_of_roots(chance: random.Random, _grade: int) -> Draft:
    p, q = _roots(chance)
    return write(
        3, f"What is the product of the solutions of {_quadratic(p, q)} = 0?", p * q,
        f"The solutions are {p} and {q}; their product is the constant term {p * q}.",
    )  # fmt: skip


def _is_solution(chance: random.Random, _grade: int) -> Draft:
    p, q = _roots(chance)
    said = chance.choice((p, q, -p))
    value = (said - p) * (said - q)
    return judge(
        1,
        f"x = {said} solves {_quadratic(p, q)} = 0.",
        value == 0,
        f"Put in, the left side is {value}.",
    )


QUADRATICS = (_factor, _is_solution, _solve, _vertex, _discriminant, _product_of_roots)
