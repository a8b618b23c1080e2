"""Sentences that are made below the window and can still be said in the teacher's language.

A `Sentence` is plain English text for whoever stores, logs or prints it. It also keeps its template
and its values, by which the window finds it in its catalogue.
"""


class Sentence(str):
    """English text that remembers its template and what was filled in."""

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def as_text(self, text: str) -> "Sentence":
        """The same sentence with its English written as `text`."""
        made = Sentence(text)
        made.template, made.values = self.template, self.values
        return made


def mark(text: str) -> str:
    """`text` itself: `say` fills it somewhere else, and this lets the catalogue find it."""
    return text


def say(template: str, /, **values: object) -> Sentence:
    """`template` with its `{names}` filled from `values`; the catalogue has the template."""
    made = Sentence(template.format(**values) if values else template)
    made.template = template
    made.values = values
    return made
