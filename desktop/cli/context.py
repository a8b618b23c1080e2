"""What every command is handed: the options of the root, and the one way to print."""

import functools
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from desktop.settings import Settings


@dataclass(frozen=True)
class Context:
    """The root's options; commands receive it through `click.pass_obj`."""

    profile: Path | None
    as_json: bool
    vault: Path | None
    verbose: bool

    @functools.cached_property
    def settings(self) -> Settings:
        """The settings for this run: the command line wins over everything else."""
        return Settings.load(profile=self.profile, vault=self.vault)

    def emit(self, result: object) -> None:
        """Print `result` as one JSON document on a line of its own, if JSON was asked for."""
        if self.as_json:
            json.dump(result, sys.stdout, ensure_ascii=False, separators=(",", ":"))
            sys.stdout.write("\n")
            sys.stdout.flush()

    def say(self, text: str) -> None:
        """Print words for a person: on standard output, or beside the JSON on standard error."""
        print(text, file=sys.stderr if self.as_json else sys.stdout, flush=True)
