"""What the answers and grades of a class say: mastery, who falls behind, averages with their n."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

HALF_LIFE = 10
"""After this many later answers, an answer counts half."""

ENOUGH_ANSWERS = 5
"""With fewer answers, mastery is 'not enough yet'."""


@dataclass(frozen=True)
class Mastery:
    """How well a standard sits: a share from 0 to 1, or None while there is not enough."""

    share: float | None
    answers: int

    @property
    def words(self) -> str:
        """For a person: `78% of 12 answers`, or `not enough yet (3 answers)`."""
        noun = "answer" if self.answers == 1 else "answers"
        if self.share is None:
            return f"not enough yet ({self.answers} {noun})"
        return f"{self.share:.0%} of {self.answers} {noun}"


def mastery(answers: Iterable[bool]) -> Mastery:
    """The share of right answers, oldest first, each weighing half of one `HALF_LIFE` later."""
    fade = 0.5 ** (1 / HALF_LIFE)
    weight = right = 0.0
    count = 0
    for is_right in answers:
        weight = weight * fade + 1
        right = right * fade + is_right
        count += 1
    return Mastery(right / weight if count >= ENOUGH_ANSWERS else None, count)


@dataclass(frozen=True)
class Average:
    """A mean with the number of values behind it; None of none."""

    value: float | None
    n: int


def average(values: Iterable[float]) -> Average:
    """The mean of `values`."""
    known = list(values)
    return Average(sum(known) / len(known) if known else None, len(known))


@dataclass(frozen=True)
class Rule:
    """When a student is at risk. Every number can be read, said and changed."""

    quiet_days: int = 7
    mastery_below: float = 0.6
    long_quiet_days: int = 14
    average_below: float = 0.4
    graded_at_least: int = 3

    @property
    def words(self) -> str:
        """The whole rule, for a teacher."""
        return (
            f"No activity for {self.quiet_days} days and mastery below {self.mastery_below:.0%}; "
            f"or no activity for {self.long_quiet_days} days; or an average below "
            f"{self.average_below:.0%} over at least {self.graded_at_least} graded pieces of work. "
            "Days count up to the last one on which the class did something."
        )


@dataclass(frozen=True)
class Pupil:
    """What the rule looks at."""

    last_activity: dt.datetime | None
    mastery: Mastery
    average: Average
    """Of the graded work, as shares of the maximum."""


class Risk(str):
    """Why a student is at risk, in English; `form` and `values` let another language say it."""

    __slots__ = ("form", "values")
    form: str
    values: dict[str, str]

    def __new__(cls, form: str, **values: str) -> "Risk":
        """The sentence `form` with its gaps filled from `values`."""
        made = super().__new__(cls, form.format(**values))
        made.form, made.values = form, values
        return made


QUIET_FROM_THE_START = "no activity yet"
QUIET = "no activity for {days} days"
QUIET_AND_UNSURE_FROM_THE_START = "no activity yet and mastery at {share}, below {least}"
QUIET_AND_UNSURE = "no activity for {days} days and mastery at {share}, below {least}"
LOW_AVERAGE = "an average of {share} over {graded} graded pieces of work"


def at_risk(pupil: Pupil, class_activity: dt.datetime | None, rule: Rule = Rule()) -> Risk | None:
    """Why a student is at risk, as the words of the rule that applies; None if none does.

    `class_activity` is when the class last did something: holidays put nobody at risk.
    """
    quiet = _quiet_days(pupil.last_activity, class_activity)
    share = pupil.mastery.share
    if quiet is not None and quiet >= rule.quiet_days:
        never, days = pupil.last_activity is None, str(quiet)
        if share is not None and share < rule.mastery_below:
            form = QUIET_AND_UNSURE_FROM_THE_START if never else QUIET_AND_UNSURE
            least = f"{rule.mastery_below:.0%}"
            return Risk(form, days=days, share=f"{share:.0%}", least=least)
        if quiet >= rule.long_quiet_days:
            return Risk(QUIET_FROM_THE_START if never else QUIET, days=days)
    grades = pupil.average
    if grades.value is None or grades.n < rule.graded_at_least:
        return None
    if grades.value >= rule.average_below:
        return None
    return Risk(LOW_AVERAGE, share=f"{grades.value:.0%}", graded=str(grades.n))


NEVER_DAYS = 10_000
"""Days of quiet of a student who has never done anything in a class that has."""


def _quiet_days(last: dt.datetime | None, class_activity: dt.datetime | None) -> int | None:
    if class_activity is None:
        return None
    if last is None:
        return NEVER_DAYS
    return max((class_activity - last).days, 0)
