"""What a good model answers at each stage, and how to spoil it."""

import json
from typing import Any

STEPS = {
    "First step": "analyse",
    "Second step": "outline",
    "Third step": "world",
    "Fourth step": "interactions",
    "Fifth step": "quiz",
    "Last step": "validate",
    "The part to make anew": "revise",
    "Say in one short sentence": "try",
}

ANALYSE = {
    "title": "The water cycle",
    "topic": "the water cycle",
    "subject": "science",
    "summary": "Students follow a drop of water from the sea to a cloud and back.",
    "standards": ["5-ESS2-1", "5-ESS9-9"],
    "key_ideas": ["The sun's heat turns water into vapour.", "Clouds are made of tiny drops."],
    "misconceptions": ["Clouds are made of smoke."],
}
OUTLINE = {
    "objectives": [{"text": "Name the stages of the water cycle.", "bloom": "remember"}],
    "activities": [
        {"kind": "warm_up", "title": "Where does rain come from?", "minutes": 10,
         "description": "Students guess."},
        {"kind": "explore", "title": "Walk with a drop", "minutes": 25, "description": "Walk."},
        {"kind": "wrap_up", "title": "Exit ticket", "minutes": 10, "description": "Write."},
    ],
    "vocabulary": [{"term": "vapour", "definition": "Water as a gas."}],
    "teacher_notes": "Some students think that clouds are smoke.",
    "accommodations": ["Read the signs aloud."],
}  # fmt: skip
WORLD = {
    "environment": "outdoor",
    "zones": [
        {"title": "The shore", "text": "Follow one drop."},
        {"title": "Up into the air", "text": "The sun warms the sea. Water becomes vapour.",
         "signs": [{"title": "Warm", "text": "Vapour cannot be seen."}]},
        {"title": "The cloud", "text": "High up it is cold, and vapour becomes drops."},
        {"title": "Back home", "text": "You have gone all the way round."},
    ],
}  # fmt: skip
THINGS = {
    "objects": [
        {"zone": 2, "kind": "exhibit", "title": "A warm puddle", "text": "It shrinks.",
         "labels": [], "shape": "cylinder", "colour": "#2f6db5"},
        {"zone": 3, "kind": "row", "title": "The way round", "text": "",
         "labels": ["sea", "vapour", "cloud", "rain"], "shape": "block", "colour": "#2f6db5"},
    ],
}  # fmt: skip
QUIZ = {
    "questions": [
        {"kind": "multiple_choice", "prompt": "What turns water into vapour?",
         "choices": ["Heat", "Cold", "Wind"], "answer": ["Heat"], "explanation": "Heat does.",
         "points": 1, "standard": "5-ESS2-1", "difficulty": "easy", "zone": 2},
        {"kind": "true_false", "prompt": "Clouds are made of smoke.", "choices": [],
         "answer": ["false"], "explanation": "They are made of drops.", "points": 1,
         "standard": "", "difficulty": "easy", "zone": 3},
        {"kind": "short_answer", "prompt": "What falls from clouds?", "choices": [],
         "answer": ["rain", "Rain"], "explanation": "Drops grow heavy and fall.", "points": 2,
         "standard": "", "difficulty": "medium", "zone": 3},
    ],
}  # fmt: skip
EVIDENCE = {
    "claims": [
        {"part": "world", "text": "The sun warms the sea.", "source": "s1", "passage": "p1",
         "quote": "heat from the sun turns the water of the sea into vapour"},
        {"part": "quiz", "text": "Clouds are made of drops.", "source": "s1", "passage": "p9",
         "quote": "clouds are made of very small drops"},
    ],
}  # fmt: skip
GOOD: dict[str, Any] = {
    "analyse": ANALYSE,
    "outline": OUTLINE,
    "world": WORLD,
    "interactions": THINGS,
    "quiz": QUIZ,
    "validate": EVIDENCE,
    "revise": {"value": "A shorter summary."},
}


def stage_of(body: dict[str, Any]) -> str:
    """Which stage a request asks for, from its first question."""
    first = json.dumps(body["messages"])
    return next(stage for words, stage in STEPS.items() if words in first)


def good(stage: str) -> str:
    """The answer as a model writes it."""
    return json.dumps(GOOD[stage])
