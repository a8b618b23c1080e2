"""Whether things may move, and for how long: a person who wants less motion gets none."""

import sys

from PySide6.QtWidgets import QApplication

from desktop.ui.preferences import Motion
from desktop.ui.theme import tokens

PROPERTY = "less-motion"
"""Where the theme leaves its word on motion, on the one application."""
_SPI_GETCLIENTAREAANIMATION = 0x1042  # winuser.h; the switch 'Animation effects' of Windows


def duration(milliseconds: int = tokens.CALM_MS) -> int:
    """How long a movement of `milliseconds` takes: as long, or no time for those who want none."""
    application = QApplication.instance()
    less = application is None or bool(application.property(PROPERTY))
    return 0 if less else milliseconds


def put_in_force(application: QApplication, wanted: Motion) -> None:
    """Obey a person's wish, or the system's."""
    less = wanted == "less" or system_wants_less()
    application.setProperty(PROPERTY, less)


def system_wants_less() -> bool:
    """Whether the system's own settings ask programs to hold still."""
    if sys.platform == "win32":
        return _windows_wants_less()
    if sys.platform == "darwin":
        return _macos_wants_less()
    return False  # no setting that all desktops of Linux share


def _windows_wants_less() -> bool:
    import ctypes

    moves = ctypes.c_int(1)
    user32 = getattr(ctypes, "windll").user32  # noqa: B009  (typed on Windows alone)
    asked = user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(moves), 0)
    return bool(asked) and not moves.value


def _macos_wants_less() -> bool:
    """`NSWorkspace.sharedWorkspace.accessibilityDisplayShouldReduceMotion`."""
    import ctypes

    objc = ctypes.CDLL("/usr/lib/libobjc.dylib")
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]
    ask = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(
        ("objc_msgSend", objc)
    )
    tell = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
    workspace = ask(objc.objc_getClass(b"NSWorkspace"), objc.sel_registerName(b"sharedWorkspace"))
    wish = objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")
    return bool(workspace) and tell(workspace, wish)
