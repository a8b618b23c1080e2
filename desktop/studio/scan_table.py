"""What the safety scan looks for, as plain data: the app reads it here, the plugin gets a copy.

`scan_rules.py` and the plugin's `Scan.luau` judge by it in the same way; `plugin.py` writes it into
the plugin as its module `ScanTable`, so that the two cannot come to know different things.
"""

from desktop.lessons.builder.literal import Data, module
from desktop.sentences import mark

FORBIDDEN_PROPERTIES = ("LinkedSource",)

BLOCKED_NAMES = {
    "loadstring": ("run_text", mark("it runs text as code (loadstring).")),
    "getfenv": ("environment", mark("it reaches into another script's variables (getfenv).")),
    "setfenv": ("environment", mark("it reaches into another script's variables (setfenv).")),
    "newproxy": ("proxy", mark("it makes an object that hides what it does (newproxy).")),
    "InsertService": ("insert", mark("it can bring models in from elsewhere (InsertService).")),
    "GetObjects": ("insert", mark("it can bring models in from elsewhere (GetObjects).")),
    "GetObjectsAsync": ("insert", mark("it can bring models in from elsewhere (GetObjectsAsync).")),
    "LoadAsset": ("insert", mark("it can bring models in from elsewhere (LoadAsset).")),
    "LoadAssetVersion": (
        "insert",
        mark("it can bring models in from elsewhere (LoadAssetVersion)."),
    ),
    "LoadAssetAsync": ("insert", mark("it can bring models in from elsewhere (LoadAssetAsync).")),
    "LoadLocalAsset": ("insert", mark("it can bring models in from elsewhere (LoadLocalAsset).")),
    "CreatePlaceAsync": ("insert", mark("it can make places (CreatePlaceAsync).")),
    "SavePlaceAsync": ("insert", mark("it can overwrite places (SavePlaceAsync).")),
    "LinkedSource": ("linked_source", mark("it can bring code in from elsewhere (LinkedSource).")),
    "TeleportService": (
        "teleport",
        mark("it can send students to another place (TeleportService)."),
    ),
    "BanAsync": ("ban", mark("it can ban students (BanAsync).")),
    "UnbanAsync": ("ban", mark("it can change bans (UnbanAsync).")),
    "Kick": ("ban", mark("it can throw students out (Kick).")),
    "PostAsync": ("http_request", mark("it can send data to the internet (PostAsync).")),
    "RequestAsync": ("http_request", mark("it can send data to the internet (RequestAsync).")),
    "CreateWebStreamClient": ("http_request", mark("it can open a line to the internet.")),
    "HttpGet": ("http_request", mark("it can fetch from the internet (HttpGet).")),
    "HttpGetAsync": ("http_request", mark("it can fetch from the internet (HttpGetAsync).")),
    "HttpPost": ("http_request", mark("it can send data to the internet (HttpPost).")),
    "HttpPostAsync": ("http_request", mark("it can send data to the internet (HttpPostAsync).")),
    "HttpEnabled": ("http_request", mark("it can open the place to the internet (HttpEnabled).")),
    "ScriptEditorService": ("editor", mark("it can rewrite scripts (ScriptEditorService).")),
}
"""Blocked wherever the name stands, also in a string: `game["GetObjects"]`."""

WEB_SERVICE = "HttpService"
WEB_NAMES = {"GetAsync": ("http_request", mark("it can fetch from the internet."))}
"""Blocked in a script that names `WEB_SERVICE`: data stores have a method of the same name."""

PURCHASE_WORDS = ("Purchase", "Subscription", "Premium")
"""A name that begins with `Prompt` and holds one of them, or is `PerformPurchase`."""
PURCHASE = ("purchase", mark("it can ask students to buy something ({name})."))

REVIEWED_SERVICES = {
    "DataStoreService": ("data_store", mark("it stores data about players (DataStoreService).")),
    "MemoryStoreService": (
        "data_store",
        mark("it stores data about players (MemoryStoreService)."),
    ),
    "MessagingService": ("messaging", mark("it talks to other servers (MessagingService).")),
}
FREE_NAMES = {
    "_G": ("shared_state", mark("it shares values with scripts from elsewhere (_G).")),
    "shared": ("shared_state", mark("it shares values with scripts from elsewhere (shared).")),
}
"""Shown unless they are a field of something else."""
PLUGIN = ("plugin", mark("it reaches for Studio's own powers (plugin)."))
BUILT_TEXT = ("built_text", mark("it builds text from pieces (string.{name})."))
TEXT_BUILDERS = ("char", "reverse")
SERVICE_FINDERS = ("GetService", "FindService")
COMPUTED_SERVICE = (
    "computed_service",
    mark("it looks up a service by a name that it puts together."),
)
REQUIRE_PASSED_ON = ("require", mark("it passes `require` on under another name."))
REQUIRE_OUTSIDE = ("require", mark("it loads code from outside the lesson."))
PATH_FINDERS = ("WaitForChild", "FindFirstChild", "GetService", "FindFirstAncestor")
"""The calls that a path in `require` may make."""
PATH_SYMBOLS = (".", ":", "(", ")", "[", "]", "::")

ENDLESS_LOOP = (
    "endless_loop",
    mark("it repeats for ever without a pause, which freezes the place."),
)
PAUSES = ("wait", "Wait", "WaitForChild", "yield", "delay", "break", "return")
LOOP_STEPS = 1_000_000
"""Tokens of loops' bodies that are read in one source; what comes after counts as endless."""

ADDRESSES = (
    "http://", "https://", "ws://", "wss://", "discord.gg", "discord.com", "discordapp.gg",
    "discordapp.com",
)  # fmt: skip
ASSETS = ("rbxassetid://", "roblox.com/asset", "rbxthumb://")
HIDDEN_NAMES = ("loadstring", "getfenv", "setfenv")
BIDI_MARKS = (
    0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
)  # fmt: skip
LONG_LINE = ("long_line", mark("it is too long to read at a glance."))
PUSHED_ASIDE = ("pushed_aside", mark("it is pushed out of sight to the right."))
BIDI = ("bidi", mark("it has marks that turn the reading order."))
ODD = ("odd_character", mark("it has a letter that is not plain."))
ADDRESS = ("url", mark("it holds a web address."))
ASSET = ("asset", mark("it brings in an asset from Roblox."))
ESCAPES = ("escapes", mark("it hides a text behind number codes."))
ENTROPY = ("entropy", mark("it holds a long text that nobody can read."))
HIDDEN_CODE = ("hidden_code", mark("it holds code inside a text."))

TEXT_HIDDEN_CODE = ("hidden_code", mark("its {part} holds code ({name})."))
TEXT_BIDI = ("bidi", mark("its {part} has marks that turn the reading order."))
TEXT_ADDRESS = ("url", mark("its {part} holds a web address."))
TEXT_ASSET = ("asset", mark("its {part} brings in an asset from Roblox."))
TEXT_LONG = ("long_text", mark("its {part} is {letters} characters long."))

LONGEST_LINE = 1_000
"""Characters."""
WIDEST_GAP = 120
"""Spaces and tabs in a row with something behind them."""
MANY_ESCAPES = 8
ENTROPY_LENGTH = 120
ENTROPY_BITS = 4.7
"""Bits a character (Shannon), of a text without spaces."""
LONGEST_TEXT = 10_000
MOST_HITS = 25
"""How many hits of one rule are told of one source."""


def as_luau(own_modules: frozenset[str]) -> str:
    """The table as a Luau module; `own_modules` are hashes of modules that may use the web."""
    names = [name for name in globals() if name.isupper()]
    values: dict[str, Data] = {name: globals()[name] for name in sorted(names)}
    values["OWN_MODULES"] = sorted(own_modules)
    return module(values, "Written when the plugin was built, from desktop/studio/scan_table.py.")
