"""Where one has been in the window: the way back, and forward again. Knows no Qt."""

from dataclasses import dataclass, field

from desktop.ui.routes import Route

LONGEST = 100
"""Steps that are remembered."""


@dataclass
class Journey:
    """The steps taken since somebody signed in."""

    here: Route | None = None
    past: list[Route] = field(default_factory=list)
    future: list[Route] = field(default_factory=list)

    def go(self, route: Route) -> bool:
        """Go on to `route`; False when we are there."""
        if route == self.here:
            return False
        if self.here is not None:
            self.past = [*self.past, self.here][-LONGEST:]
        self.future.clear()
        self.here = route
        return True

    def back(self) -> Route | None:
        """Go back a step; None at the beginning."""
        return self._turn(self.past, self.future)

    def forward(self) -> Route | None:
        """Take a step back again; None where there is none."""
        return self._turn(self.future, self.past)

    def _turn(self, takes: list[Route], gives: list[Route]) -> Route | None:
        if not takes or self.here is None:
            return None
        gives.append(self.here)
        self.here = takes.pop()
        return self.here
