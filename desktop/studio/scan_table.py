"""What the safety scan looks for, as plain data: the app reads it here, the plugin gets a copy.

`scan_rules.py` and the plugin's `Scan.luau` judge by it in the same way; `plugin.py` writes it into
the plugin as its module `ScanTable`, so that the two cannot come to know different things.
"""

from desktop.lessons.builder.literal import Data, module

FORBIDDEN_PROPERTIES = ("LinkedSource",)

BLOCKED_NAMES = {
    "loadstring": ("run_text", "it runs text as code (loadstring)."),
    "getfenv": ("environment", "it reaches into another script's variables (getfenv)."),
    "setfenv": ("environment", "it reaches into another script's variables (setfenv)."),
    "newproxy": ("proxy", "it makes an object that hides what it does (newproxy)."),
    "InsertService": ("insert", "it can bring models in from elsewhere (InsertService)."),
    "GetObjects": ("insert", "it can bring models in from elsewhere (GetObjects)."),
    "GetObjectsAsync": ("insert", "it can bring models in from elsewhere (GetObjectsAsync)."),
    "LoadAsset": ("insert", "it can bring models in from elsewhere (LoadAsset)."),
    "LoadAssetVersion": ("insert", "it can bring models in from elsewhere (LoadAssetVersion)."),
    "LoadAssetAsync": ("insert", "it can bring models in from elsewhere (LoadAssetAsync)."),
    "LoadLocalAsset": ("insert", "it can bring models in from elsewhere (LoadLocalAsset)."),
    "CreatePlaceAsync": ("insert", "it can make places (CreatePlaceAsync)."),
    "SavePlaceAsync": ("insert", "it can overwrite places (SavePlaceAsync)."),
    "LinkedSource": ("linked_source", "it can bring code in from elsewhere (LinkedSource)."),
    "TeleportService": ("teleport", "it can send students to another place (TeleportService)."),
    "BanAsync": ("ban", "it can ban students (BanAsync)."),
    "UnbanAsync": ("ban", "it can change bans (UnbanAsync)."),
    "Kick": ("ban", "it can throw students out (Kick)."),
    "PostAsync": ("http_request", "it can send data to the internet (PostAsync)."),
    "RequestAsync": ("http_request", "it can send data to the internet (RequestAsync)."),
    "CreateWebStreamClient": ("http_request", "it can open a line to the internet."),
    "HttpGet": ("http_request", "it can fetch from the internet (HttpGet)."),
    "HttpGetAsync": ("http_request", "it can fetch from the internet (HttpGetAsync)."),
    "HttpPost": ("http_request", "it can send data to the internet (HttpPost)."),
    "HttpPostAsync": ("http_request", "it can send data to the internet (HttpPostAsync)."),
    "HttpEnabled": ("http_request", "it can open the place to the internet (HttpEnabled)."),
    "ScriptEditorService": ("editor", "it can rewrite scripts (ScriptEditorService)."),
}
"""Blocked wherever the name stands, also in a string: `game["GetObjects"]`."""

WEB_SERVICE = "HttpService"
WEB_NAMES = {"GetAsync": ("http_request", "it can fetch from the internet.")}
"""Blocked in a script that names `WEB_SERVICE`: data stores have a method of the same name."""

PURCHASE_WORDS = ("Purchase", "Subscription", "Premium")
"""A name that begins with `Prompt` and holds one of them, or is `PerformPurchase`."""
PURCHASE = ("purchase", "it can ask students to buy something ({}).")

REVIEWED_SERVICES = {
    "DataStoreService": ("data_store", "it stores data about players (DataStoreService)."),
    "MemoryStoreService": ("data_store", "it stores data about players (MemoryStoreService)."),
    "MessagingService": ("messaging", "it talks to other servers (MessagingService)."),
}
FREE_NAMES = {
    "_G": ("shared_state", "it shares values with scripts from elsewhere (_G)."),
    "shared": ("shared_state", "it shares values with scripts from elsewhere (shared)."),
}
"""Shown unless they are a field of something else."""
PLUGIN = ("plugin", "it reaches for Studio's own powers (plugin).")
BUILT_TEXT = ("built_text", "it builds text from pieces (string.{}).")
TEXT_BUILDERS = ("char", "reverse")
SERVICE_FINDERS = ("GetService", "FindService")
COMPUTED_SERVICE = ("computed_service", "it looks up a service by a name that it puts together.")
REQUIRE_PASSED_ON = ("require", "it passes `require` on under another name.")
REQUIRE_OUTSIDE = ("require", "it loads code from outside the lesson.")
PATH_FINDERS = ("WaitForChild", "FindFirstChild", "GetService", "FindFirstAncestor")
"""The calls that a path in `require` may make."""
PATH_SYMBOLS = (".", ":", "(", ")", "[", "]", "::")

ENDLESS_LOOP = ("endless_loop", "it repeats for ever without a pause, which freezes the place.")
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
LONG_LINE = ("long_line", "it is too long to read at a glance.")
PUSHED_ASIDE = ("pushed_aside", "it is pushed out of sight to the right.")
BIDI = ("bidi", "it has marks that turn the reading order.")
ODD = ("odd_character", "it has a letter that is not plain.")
ADDRESS = ("url", "it holds a web address.")
ASSET = ("asset", "it brings in an asset from Roblox.")
ESCAPES = ("escapes", "it hides a text behind number codes.")
ENTROPY = ("entropy", "it holds a long text that nobody can read.")
HIDDEN_CODE = ("hidden_code", "it holds code inside a text.")

TEXT_HIDDEN_CODE = ("hidden_code", "its {} holds code ({}).")
TEXT_BIDI = ("bidi", "its {} has marks that turn the reading order.")
TEXT_ADDRESS = ("url", "its {} holds a web address.")
TEXT_ASSET = ("asset", "its {} brings in an asset from Roblox.")
TEXT_LONG = ("long_text", "its {} is {} characters long.")

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
