"""The way back from the game: place keys for teachers, events from places."""

from fastapi import APIRouter

router = APIRouter(prefix="/telemetry", tags=["telemetry"])
