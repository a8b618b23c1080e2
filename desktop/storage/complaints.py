"""What is wrong with a field, from the validator's words to a person's."""

import re

from desktop.sentences import Sentence, say
from desktop.storage.queries.words import field_words

_LONGEST = re.compile(r"of length <= (\d+)")
_MOST = re.compile(r"Expected `(?:int|float)` <=? (-?\d+)")
_LEAST = re.compile(r"Expected `(?:int|float)` >=? (-?\d+)")


def complaint(field: str, message: str) -> Sentence:
    """Say `message`, as msgspec words it, of the field that it is about ("" for all of a record).

    https://jcristharif.com/msgspec/constraints.html lists what can be expected of a value.
    """
    if not field:
        return say("Something in this does not fit. Look at each field, and try again.")
    name = field_words(field)
    if "required field" in message:
        return say("The {field} is missing. Fill it in, and try again.", field=name)
    if "of length >= 1" in message:
        return say("The {field} is empty. Fill it in, and try again.", field=name)
    if found := _LONGEST.search(message):
        most = int(found[1])
        return say("The {field} may have at most {most} letters. Shorten it, and try again.",
                   field=name, most=most)  # fmt: skip
    if found := _MOST.search(message):
        return say("The {field} may be at most {most}.", field=name, most=int(found[1]))
    if found := _LEAST.search(message):
        return say("The {field} may not be less than {least}.", field=name, least=int(found[1]))
    if message.startswith(("Expected `int", "Expected `float", "Expected a number")):
        return say("The {field} should be a number.", field=name)
    return say("Something about the {field} does not fit.", field=name)
