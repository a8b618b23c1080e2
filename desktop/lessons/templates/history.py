"""Topics of history: facts from their files, and time lines drawn by chance."""

import random

from desktop.lessons.templates import facts
from desktop.lessons.templates.topic import Draft, Topic, choose, judge, order, write


def _ordinal(number: int) -> str:
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else last}"


def _span(chance: random.Random, grade: int) -> Draft:
    lasted = chance.randint(3, 60 if grade <= 4 else 180)
    begun = chance.randint(1500, 1800)
    ended = begun + lasted
    why = f"{ended} - {begun} = {lasted}."
    prompt = f"Something began in {begun} and ended in {ended}. How many years is that?"
    return write(1, prompt, lasted, why, f"{lasted} years")


def _later(chance: random.Random, _grade: int) -> Draft:
    years = chance.sample(range(1200, 2000), 4)
    latest = max(years)
    others = [year for year in years if year != latest]
    why = f"On a time line {latest} stands farthest to the right."
    return choose(1, f"Which of these years is the latest: {', '.join(map(str, years))}?",
                  latest, others, why)  # fmt: skip


def _century(chance: random.Random, _grade: int) -> Draft:
    year = chance.randint(1101, 1999)
    number = (year - 1) // 100 + 1
    # Taking the hundreds as they stand is the common mistake.
    wrong = [_ordinal(number - 1), _ordinal(number + 1), _ordinal(number - 2)]
    first = 100 * (number - 1) + 1
    why = f"The {_ordinal(number)} century has the years {first} to {100 * number}."
    return choose(2, f"In which century is the year {year}?", _ordinal(number), wrong, why)


def _decades(chance: random.Random, _grade: int) -> Draft:
    count = chance.randint(2, 12)
    why = f"A decade is ten years: {count} × 10 = {10 * count}."
    return choose(1, f"How many years are {count} decades?", 10 * count,
                  [100 * count, count, 10 * count + 10, 12 * count], why)  # fmt: skip


def _before(chance: random.Random, grade: int) -> Draft:
    early, late = sorted(chance.sample(range(20, 900 if grade > 4 else 100), 2), reverse=True)
    truth = chance.random() < 0.5
    first, second = (early, late) if truth else (late, early)
    why = f"Years BCE count backwards, so {early} BCE is earlier than {late} BCE."
    return judge(3, f"The year {first} BCE is earlier than {second} BCE.", truth, why)


def _along(chance: random.Random, _grade: int) -> Draft:
    bce, ce = (
        sorted(chance.sample(range(20, 800), 2), reverse=True),
        chance.sample(range(20, 1990), 2),
    )
    shown = [*(f"{year} BCE" for year in bce), *(f"{year} CE" for year in sorted(ce))]
    why = "Years BCE come first and count backwards; years CE count forwards."
    mixed = ", ".join(chance.sample(shown, 4))
    return order(3, f"Put these years on a time line, earliest first: {mixed}.", shown, why)


def _to_come(chance: random.Random, _grade: int) -> Draft:
    year, add = chance.randint(1700, 1900), chance.randint(11, 90)
    why = f"{year} + {add} = {year + add}."
    return choose(2, f"What year comes {add} years after {year}?", year + add,
                  [year - add, year + add + 10, year + add - 1, year + add + 1], why)  # fmt: skip


SOURCES = {"time_lines": (_later, _span, _decades, _century, _to_come, _before, _along)}


def topics() -> tuple[Topic, ...]:
    """The topics of history, by grade and then by name."""
    found = (*facts.topics("history"), *facts.parametric("history", SOURCES))
    return tuple(sorted(found, key=lambda topic: (topic.grades, topic.id)))
