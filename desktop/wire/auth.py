"""Signing in: short access tokens and rotating refresh tokens."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

Role = Literal["teacher", "admin", "student", "parent"]
AccountName = Annotated[str, Field(min_length=1, max_length=200)]
Password = Annotated[str, Field(min_length=1, max_length=1_000)]


class User(BaseModel):
    """Who is signed in."""

    id: str
    username: str
    email: str = ""
    display_name: str = ""
    role: Role


class LoginRequest(BaseModel):
    """Exactly one of `username` and `email`, and the password."""

    username: AccountName | None = None
    email: AccountName | None = None
    password: Password
    device_name: Annotated[str, Field(max_length=200)] = ""


class RefreshRequest(BaseModel):
    """The newest refresh token of a family; it dies as it is used."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=2_000)]


class RegisterRequest(BaseModel):
    """A new account; the invite code decides its role."""

    invite_code: Annotated[str, Field(min_length=1, max_length=100)]
    username: AccountName
    password: Annotated[str, Field(min_length=10, max_length=1_000)]
    email: Annotated[str, Field(max_length=200)] = ""
    display_name: Annotated[str, Field(max_length=200)] = ""
    device_name: Annotated[str, Field(max_length=200)] = ""


class PasswordResetRequest(BaseModel):
    """Whose password is forgotten: exactly one of the two."""

    username: AccountName | None = None
    email: AccountName | None = None


class PasswordResetAnswer(BaseModel):
    """Always the same, whether or not there is such an account."""

    detail: str = "If there is such an account, a message with a code is on its way."


class PasswordResetConfirm(BaseModel):
    """The code of the message, and the new password. Every device is signed out."""

    token: Annotated[str, Field(min_length=1, max_length=200)]
    password: Annotated[str, Field(min_length=10, max_length=1_000)]


class Tokens(BaseModel):
    """What signing in and refreshing give. Lifetimes in seconds."""

    access_token: str
    expires_in: int = 900
    refresh_token: str
    refresh_expires_in: int = 86_400
    user: User
