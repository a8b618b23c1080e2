"""One school in memory: its parts, built once, in order, and handed to the routes."""

import datetime as dt
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from desktop.classroom.instants import Clock, SystemClock, to_text
from desktop.school import facts, mail, privacy, providers, sight
from desktop.school.accounts import Accounts
from desktop.school.billing import subscriptions, terms
from desktop.school.billing.terms import Terms
from desktop.school.commits import Commits
from desktop.school.database import Database
from desktop.school.engines import file_url
from desktop.school.folder import Folder, Secrets
from desktop.school.limits import Window
from desktop.school.mail import MailServer
from desktop.school.metrics import Metrics
from desktop.school.passwords import Passwords
from desktop.school.providers import Providers
from desktop.school.public_url import PublicUrl
from desktop.school.realtime import service
from desktop.school.realtime.channels import Channels
from desktop.school.realtime.hub import Hub
from desktop.school.realtime.service import Service, ServiceSettings
from desktop.school.tokens import Tokens
from desktop.school.workshop import Workshop
from desktop.wire.capabilities import Realtime

PLACE_REQUESTS_A_MINUTE = 300
"""A Roblox server may send 500 requests a minute in all; a place needs far fewer."""
PLACE_EVENTS_A_MINUTE = 3_000
RESETS_AN_HOUR = 3
"""For one account."""
RESETS_OF_AN_ADDRESS = 60
"""In an hour: a school shares one address."""
BILLING_PAGES_A_MINUTE = 10
"""For one account: each is a request to the payment service."""
BAD_SIGNATURES_A_MINUTE = 60
"""From one address."""
JOBS_A_DAY = 200
"""Templates cost nothing but time: a bound against runaway scripts, not against teachers."""
SLOW_S = 2.0
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


@dataclass(frozen=True)
class School:
    """Everything that a request may need."""

    folder: Folder
    database: Database
    commits: Commits
    secrets: Secrets
    clock: Clock
    accounts: Accounts
    tokens: Tokens
    hub: Hub
    """The embedded endpoint's sockets."""
    channels: Channels
    """Where events go: to that hub, or to a service elsewhere."""
    workshop: Workshop
    providers: Providers
    place_requests: Window
    place_events: Window
    resets: Window
    reset_addresses: Window
    billing_pages: Window
    bad_signatures: Window
    metrics: Metrics = field(default_factory=Metrics)
    realtime_address: Realtime | None = None
    """Where it is found, if not where the request came in."""
    mail: MailServer | None = None
    """Through what mail goes out; without it, codes are said in the log."""
    kept_days: Mapping[str, int] = field(default_factory=dict)
    """How long the records of a collection are kept, where that is not for ever."""
    jobs_a_day: int = JOBS_A_DAY
    """Lessons that one teacher may have made in a day, where no plan says it; 0: none at all."""
    terms: Terms | None = None
    """What this school bills; None: nothing."""
    loopback_only: bool = True
    """Whether only this machine can connect: false once bound to the network."""
    public_url: PublicUrl | None = None
    """Under what address a web server on this machine passes people's requests on."""
    slow_s: float = SLOW_S
    """From here on an answer is noted as slow."""

    @classmethod
    def open(
        cls,
        folder: Folder,
        *,
        url: sa.URL | None = None,
        serves: bool = False,
        clock: Clock | None = None,
        chance: random.Random | None = None,
        passwords: Passwords | None = None,
        jobs_a_day: int = JOBS_A_DAY,
        loopback_only: bool = True,
        public_url: PublicUrl | None = None,
        slow_s: float = SLOW_S,
        own_providers: bool = False,
    ) -> "School":
        """Open the school in `folder`, making or migrating its tables.

        `serves`: as a server, so that a restore is refused meanwhile.
        """
        clock = clock or SystemClock()
        secrets = folder.secrets()
        mail_server, kept_days = mail.read(folder.path), privacy.retention(folder.path)
        billed = terms.read(folder.path, os.environ)
        elsewhere = service.read(folder.path)
        database = _ready_database(url or file_url(folder.database), serves=serves)
        accounts = Accounts(
            clock.now, clock.monotonic, chance or random.SystemRandom(), passwords or Passwords()
        )
        makers = Providers(providers.read(folder.path), own_allowed=own_providers)
        hub = Hub(secrets.realtime_key, secrets.realtime_secret)
        channels: Channels = Service(elsewhere) if elsewhere else hub
        return cls(
            folder=folder,
            database=database,
            commits=Commits(database),
            secrets=secrets,
            clock=clock,
            accounts=accounts,
            tokens=Tokens(secrets, clock.now),
            hub=hub,
            channels=channels,
            realtime_address=_realtime_address(elsewhere, public_url, secrets),
            workshop=Workshop(database, clock.now, channels, makers, alone=database.is_file),
            providers=makers,
            place_requests=Window(PLACE_REQUESTS_A_MINUTE, 60, clock.monotonic),
            place_events=Window(PLACE_EVENTS_A_MINUTE, 60, clock.monotonic),
            resets=Window(RESETS_AN_HOUR, 3_600, clock.monotonic),
            reset_addresses=Window(RESETS_OF_AN_ADDRESS, 3_600, clock.monotonic),
            billing_pages=Window(BILLING_PAGES_A_MINUTE, 60, clock.monotonic),
            bad_signatures=Window(BAD_SIGNATURES_A_MINUTE, 60, clock.monotonic),
            mail=mail_server,
            kept_days=kept_days,
            jobs_a_day=jobs_a_day,
            terms=billed,
            loopback_only=loopback_only,
            public_url=public_url,
            slow_s=slow_s,
        )

    @property
    def names(self) -> frozenset[str] | None:
        """The host names that requests may give this server; None: any."""
        if not self.loopback_only:
            return None
        return LOOPBACK_NAMES | ({self.public_url.host} if self.public_url else frozenset())

    @property
    def is_private(self) -> bool:
        """Whether nobody beyond this machine can ask anything."""
        return self.loopback_only and self.public_url is None

    def now(self) -> dt.datetime:
        """The time of day."""
        return self.clock.now()

    def moment(self) -> str:
        """The time of day as it is written."""
        return to_text(self.clock.now())

    def classes_of(self, user_id: str) -> frozenset[str]:
        """The ids of the classes that a teacher teaches."""
        with self.database.read() as connection:
            scopes = sight.scopes_of_user(connection, user_id)
        return frozenset(scope[2:] for scope in scopes if scope.startswith("c:"))

    def lessons_a_day(self, connection: sa.Connection, user_id: str) -> int:
        """How many lessons this person may have made in a day, by their plan."""
        if self.terms is None:
            return self.jobs_a_day
        return subscriptions.standing(connection, self.terms, user_id).plan.lessons_a_day

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def _realtime_address(
    elsewhere: ServiceSettings | None, public_url: PublicUrl | None, secrets: Secrets
) -> Realtime | None:
    if elsewhere is not None:
        return elsewhere.address()
    if public_url is None:
        return None
    return Realtime(
        key=secrets.realtime_key, host=public_url.host, port=public_url.port, tls=public_url.tls
    )


def _ready_database(url: sa.URL, *, serves: bool) -> Database:
    database = Database(url, serves=serves)
    try:
        database.migrate()
        with database.write() as connection:
            facts.begin(connection)
    except BaseException:
        database.close()
        raise
    return database
