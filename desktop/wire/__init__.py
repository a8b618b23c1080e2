"""The Companion API v1 as types, shared by the app and the school server."""

API_VERSION = "companion/1"
API_PREFIX = "/api/v1"
