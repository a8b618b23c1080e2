"""Data and chance: mean, median, mode, range, and simple probabilities."""

import math
import random
import statistics

from desktop.lessons.templates.topic import Draft, choose, judge, order, write


def _shown(values: list[int]) -> str:
    return ", ".join(map(str, values))


def _mean(chance: random.Random, _grade: int) -> Draft:
    mean, spread = chance.randint(6, 20), chance.sample(range(1, 6), 2)
    values = [mean - spread[0], mean + spread[0], mean, mean - spread[1], mean + spread[1]]
    chance.shuffle(values)
    total = sum(values)
    return choose(
        1,
        f"What is the mean of {_shown(values)}?",
        mean,
        [value for value in (total, mean + 1, max(values), mean - 2) if value != mean],
        f"The sum is {total}, and {total} ÷ {len(values)} = {mean}.",
    )


def _median(chance: random.Random, _grade: int) -> Draft:
    values = chance.sample(range(1, 40), 5)
    middle = statistics.median(values)
    return choose(
        2,
        f"What is the median of {_shown(values)}?",
        middle,
        [value for value in (values[2], *sorted(values)) if value != middle],
        f"In order: {_shown(sorted(values))}. The middle one is {middle}.",
    )


def _range(chance: random.Random, _grade: int) -> Draft:
    values = chance.sample(range(2, 60), 6)
    width = max(values) - min(values)
    return write(
        1,
        f"What is the range of {_shown(values)}?",
        width,
        f"Largest minus smallest: {max(values)} - {min(values)} = {width}.",
    )


def _mode(chance: random.Random, _grade: int) -> Draft:
    values = chance.sample(range(1, 20), 4)
    twice = values[0]
    shown = [*values, twice, twice]
    chance.shuffle(shown)
    return choose(
        1,
        f"What is the mode of {_shown(shown)}?",
        twice,
        values[1:],
        f"{twice} occurs three times, the others once.",
    )


def _bag(chance: random.Random, _grade: int) -> Draft:
    red, blue = chance.randint(2, 9), chance.randint(2, 9)
    while red == blue:
        blue = chance.randint(2, 9)
    every = red + blue
    return choose(
        2,
        f"A bag holds {red} red and {blue} blue balls. What is the probability of drawing a red "
        "one?",
        f"{red}/{every}",
        [f"{red}/{blue}", f"{blue}/{every}", f"1/{every}", f"{every}/{red}"],
        f"{red} of {every} equally likely balls are red.",
    )


def _two_dice(chance: random.Random, _grade: int) -> Draft:
    total = chance.randint(2, 12)
    ways = 6 - abs(total - 7)
    return choose(
        3,
        f"Two fair dice are thrown. What is the probability that the sum is {total}?",
        f"{ways}/36",
        [f"{value}/36" for value in (ways + 1, ways + 2, total) if value != ways]
        + [f"1/{11 + ways}"],
        f"{ways} of the 36 equally likely pairs give {total}.",
    )


def _two_coins(chance: random.Random, _grade: int) -> Draft:
    count = chance.randint(2, 5)
    return write(
        3,
        f"A fair coin is thrown {count} times. In how many different ways can heads and tails "
        "follow one another?",
        2**count,
        f"Each throw doubles the ways: {' × '.join(['2'] * count)} = {2**count}.",
    )


def _outlier(chance: random.Random, _grade: int) -> Draft:
    low = chance.sample(range(10, 20), 4)
    high = chance.randint(80, 120)
    return judge(
        3,
        f"In {_shown([*low, high])} the value {high} changes the mean much more than the median.",
        True,
        f"Without it the mean is {statistics.mean(low):g}, with it "
        f"{statistics.mean([*low, high]):g}; the median only moves among the small values.",
    )


def _sorted_probabilities(chance: random.Random, _grade: int) -> Draft:
    below = chance.choice((6, 8, 10, 12))
    tops = sorted(chance.sample(range(1, below), 4))
    labels = []
    for top in tops:
        shared = math.gcd(top, below)
        labels.append(f"{top // shared}/{below // shared}")
    return order(
        2,
        f"Put these probabilities in order, least likely first (think in parts of 1/{below}).",
        labels,
        f"In parts of 1/{below}: {_shown(tops)}.",
    )


STATISTICS = (_mean, _range, _median, _mode, _bag, _sorted_probabilities, _two_dice, _outlier,
              _two_coins)  # fmt: skip
