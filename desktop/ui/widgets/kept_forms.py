"""What was typed into a form whose saving failed: kept, and there again when the form opens."""

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

_KEPT = "kept-form"


def keep(dialog: QDialog) -> None:
    """Keep what is typed into `dialog` with the page it lies over, for its next opening."""
    over = dialog.parentWidget()
    if over is not None:
        over.setProperty(_name(dialog), [_value(field) for field in _fields(dialog)])


def put_back(dialog: QDialog) -> None:
    """Fill in what was kept, if the form still has the same fields; then it is kept no more."""
    over = dialog.parentWidget()
    kept = over.property(_name(dialog)) if over is not None else None
    fields = _fields(dialog)
    if isinstance(kept, list) and len(kept) == len(fields):
        for field, value in zip(fields, kept, strict=True):
            _fill(field, value)
    forget(dialog)


def forget(dialog: QDialog) -> None:
    """It was saved, or somebody decided against it."""
    over = dialog.parentWidget()
    if over is not None:
        over.setProperty(_name(dialog), None)


def _name(dialog: QDialog) -> str:
    return f"{_KEPT} {type(dialog).__name__}"


def _fields(dialog: QDialog) -> list[QWidget]:
    """Fields for words and choices, never those for a password."""
    return [
        field
        for field in dialog.findChildren(QWidget)
        if isinstance(field, (QPlainTextEdit, QComboBox))
        or (
            isinstance(field, QLineEdit)
            and field.echoMode() == QLineEdit.EchoMode.Normal
            and not isinstance(field.parent(), QComboBox)
            and not (isinstance(field.parent(), QAbstractSpinBox) and field.isReadOnly())
        )
    ]


def _value(field: QWidget) -> object:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.text() if isinstance(field, QLineEdit) else None


def _fill(field: QWidget, value: object) -> None:
    if isinstance(field, QPlainTextEdit) and isinstance(value, str):
        field.setPlainText(value)
    elif isinstance(field, QComboBox) and isinstance(value, int):
        field.setCurrentIndex(value)
    elif isinstance(field, QLineEdit) and isinstance(value, str):
        field.setText(value)
