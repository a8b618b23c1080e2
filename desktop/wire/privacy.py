"""Whose record is handed out or erased: one student's, or a whole class's."""

from typing import Annotated

from pydantic import BaseModel, Field

RecordId = Annotated[str, Field(min_length=1, max_length=64)]


class Whose(BaseModel):
    """Exactly one of the two."""

    student_id: RecordId | None = None
    class_id: RecordId | None = None


class Erased(BaseModel):
    """How many records were emptied; each arrives at every app as deleted."""

    records: int
