"""Where one can go in the window. Screens name each other only through this."""

from dataclasses import dataclass

from desktop.ui.strings import mark


@dataclass(frozen=True)
class Route:
    """A screen and, where it shows one of many, which: `Route("class", class_id)`."""

    screen: str
    subject: str = ""
    part: str = ""
    """What to point at there: `students/ID` picks a student of the class."""


@dataclass(frozen=True)
class Place:
    """An entry of the navigation."""

    screen: str
    icon: str
    title: str
    """In English; translated where it is shown."""


PLACES = (
    Place("today", "today", mark("Today")),
    Place("classes", "classes", mark("Classes")),
    Place("leaderboard", "leaderboard", mark("Leaderboard")),
    Place("lessons", "lessons", mark("Lessons")),
    Place("generate", "generate", mark("Generate")),
    Place("studio", "studio", mark("Studio")),
    Place("sync", "sync", mark("Sync")),
    Place("settings", "settings", mark("Settings")),
)
"""The navigation from top to bottom; Ctrl+1 to Ctrl+8 go there."""

SCREENS = {
    "today": "desktop.ui.today.view:TodayPage",
    "classes": "desktop.ui.classes.view:ClassesPage",
    "class": "desktop.ui.one_class.view:ClassPage",
    "leaderboard": "desktop.ui.leaderboard.view:LeaderboardPage",
    "lessons": "desktop.ui.lessons.view:LessonsPage",
    "lesson": "desktop.ui.one_lesson.view:LessonPage",
    "edit-lesson": "desktop.ui.edit_lesson.view:EditPage",
    "generate": "desktop.ui.generate.view:GeneratePage",
    "studio": "desktop.ui.studio.view:StudioPage",
    "sync": "desktop.ui.sync.view:SyncPage",
    "settings": "desktop.ui.settings.view:SettingsPage",
    "tasks": "desktop.ui.tasks.view:TasksPage",
    "help": "desktop.ui.help.view:HelpPage",
}
"""Each screen and where it lives; a module is imported, and its page built, when first opened."""

ABOVE = {"class": "classes", "lesson": "lessons", "edit-lesson": "lessons"}
"""The navigation entry that is lit while a detail is shown."""
