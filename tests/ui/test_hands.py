"""The mouse and the keys of the tests reach what a person's would, and nothing else."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLineEdit, QWidget

from desktop.ui import loop
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.boxes import column, holding
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import named, text_field
from desktop.ui.widgets.scroll import scrolling
from tests.ui import keys, mouse
from tests.ui.driving import until


class Small(QWidget):
    """A window with a button above a long way down to another, and a field."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.top = Button("Top", lambda: self.pressed.append("top"))
        self.bottom = Button("Bottom", lambda: self.pressed.append("bottom"))
        self.field = text_field("Name")
        long_way = QWidget()
        long_way.setFixedHeight(2_000)
        inside = holding(column(self.top, named(self.field), long_way, self.bottom))
        self.setLayout(column(scrolling(inside)))
        self.resize(300, 300)


def covered(window: Small) -> None:
    over = QFrame(window)
    over.setGeometry(window.rect())
    over.show()


def switched_off(window: Small) -> None:
    window.top.setEnabled(False)


def behind_a_dialog(window: Small) -> None:
    dialog = QDialog(window)
    dialog.open()


def out_of_its_window(window: Small) -> None:
    window.top.setParent(window)
    window.top.show()
    window.top.move(-500, 20)


HINDRANCES: dict[Callable[[Small], None], str] = {
    covered: "is covered by", switched_off: "is off", behind_a_dialog: "lies behind",
    out_of_its_window: "is out of sight",
}  # fmt: skip


async def _shown() -> Small:
    window = Small()
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow, "the window in front")
    return window


def test_a_click_scrolls_to_what_it_wants_and_hits_it(qapp: QApplication, theme: Theme) -> None:
    async def story() -> list[str]:
        window = await _shown()
        await mouse.click(window.bottom)
        await mouse.click(window.top)
        window.close()
        return window.pressed

    assert loop.run(qapp, story()) == ["bottom", "top"]


@pytest.mark.parametrize("hinder", HINDRANCES, ids=lambda one: one.__name__)
def test_a_mouse_does_not_reach_through_a_hindrance(
    hinder: Callable[[Small], None], qapp: QApplication, theme: Theme
) -> None:
    async def story() -> None:
        window = await _shown()
        hinder(window)
        try:
            await mouse.click(window.top)
        finally:
            for dialog in window.findChildren(QDialog):
                dialog.reject()
            window.close()
            assert window.pressed == []

    with pytest.raises(AssertionError, match=HINDRANCES[hinder]):
        loop.run(qapp, story())


def test_keys_go_to_the_dialog_in_front_and_not_behind_it(qapp: QApplication, theme: Theme) -> None:
    async def story() -> tuple[str, str]:
        window = await _shown()
        window.field.setFocus()
        await keys.write("Ada")
        dialog = QDialog(window)
        line = QLineEdit(dialog)
        dialog.open()
        dialog.activateWindow()
        await until(dialog.isActiveWindow, "the dialog in front")
        await keys.tab_until(lambda one: one is line, "the field of the dialog")
        await keys.write("Grace")
        typed = line.text()
        await keys.press(Qt.Key.Key_Escape)
        await until(lambda: not dialog.isVisible(), "the end of the dialog")
        window.close()
        return window.field.text(), typed

    assert loop.run(qapp, story()) == ("Ada", "Grace")


def test_what_tab_never_comes_to_is_told(qapp: QApplication, theme: Theme) -> None:
    async def story() -> None:
        window = await _shown()
        window.bottom.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        window.bottom.setObjectName("bottom")
        try:
            await keys.tab_to("bottom")
        finally:
            window.close()

    with pytest.raises(AssertionError, match="Tab never comes to bottom, but to"):
        loop.run(qapp, story())
