"""Examples for the OpenAPI document: one for each thing that goes over the wire."""

from typing import Any

_AT = "2026-03-02T09:00:00.000Z"
_TEACHER = "01890000-0000-7000-8000-000000000001"
_CLASS = "019cade2-1c00-7a10-8d2c-0f1e5a6b7c8d"
_PUPIL = "019cade2-1c00-7b20-9e3d-1a2b3c4d5e6f"
_LESSON = "019cade2-1c00-7c30-8f4e-2b3c4d5e6f70"
_JOB = "019cade2-1c00-7d40-8a5f-3c4d5e6f7081"
_USER = {
    "id": _TEACHER,
    "username": "marisol",
    "email": "marisol@school.example",
    "display_name": "Marisol Okonkwo",
    "role": "teacher",
}
_REQUEST = {"topic": "fractions on a number line", "grade_level": 4}
_AVERAGE = {"value": 0.75, "n": 12}
_ROW = {
    "rank": 1,
    "student_id": _PUPIL,
    "name": "Kim Okafor",
    "alias": "Brave Otter",
    "xp": 320,
    "level": 3,
    "change": 1,
}
_STANDARD = {"standard": "4.NF.A.1", "mastery": _AVERAGE, "answers": 96, "not_enough_yet": 2}
_WORK = {
    "assessment_id": _JOB,
    "title": "Quiz: fractions",
    "average": _AVERAGE,
    "handed_in": 14,
    "to_grade": 2,
}
_RISK = {"student_id": _PUPIL, "name": "Kim Okafor", "reason": "no activity for 15 days"}
_OP = {
    "op_id": "019cade2-1c00-7e50-8b60-4d5e6f708192",
    "collection": "classes",
    "id": _CLASS,
    "kind": "create",
    "base_version": 0,
    "patch": {"name": "Mathematics 4A"},
    "at": _AT,
}
_APPLIED = {"op_id": _OP["op_id"], "outcome": "applied", "version": 7}
_EVENT = {
    "event_id": "e-1",
    "student": "BraveOtter7",
    "kind": "answer",
    "at": _AT,
    "data": {"question_id": "q1", "given": "3/4"},
}
_KEY = {
    "id": "019cade2-1c00-7f60-8c71-5e6f70819203",
    "lesson_id": _LESSON,
    "class_id": _CLASS,
    "join_code": "K7QM3X",
}
_ENTRY = {"seq": 1, "at": _AT, "user_id": _TEACHER, "action": "place_key.made", "subject": _JOB}
_REALTIME = {"key": "0f1e2d3c4b5a69788796", "host": "127.0.0.1", "port": 8123, "tls": False}
_PASSAGE = {"id": "p1", "text": "The sun's heat turns water into vapour.", "page": 12}
_PROVIDER = {"kind": "openai", "base_url": "https://api.openai.com/v1", "model": "a-model"}
_SESSION = {
    "id": "019cade2-1c00-7070-8d82-6f7081920314",
    "device_name": "Classroom laptop",
    "created_at": _AT,
    "used_at": _AT,
    "current": True,
}

_LESSONS = {
    "name": "lessons_a_day",
    "used": 3,
    "limit": 100,
    "resets_at": "2026-03-03T00:00:00.000Z",
}
_OFFER = {"id": "teacher", "name": "Teacher", "lessons_a_day": 100}

EXAMPLES: dict[str, Any] = {
    "AssessmentFigure": _WORK,
    "AtRisk": _RISK,
    "AuditEntry": _ENTRY,
    "AuditPage": {"entries": [_ENTRY], "has_more": False},
    "AuthRequest": {"socket_id": "123.456", "channel_name": f"private-user-{_TEACHER}"},
    "AuthResponse": {"auth": f"{_REALTIME['key']}:{'0123456789abcdef' * 4}"},
    "Average": _AVERAGE,
    "BrowserPage": {"url": "https://checkout.stripe.com/c/pay/cs_1"},
    "Capabilities": {
        "name": "ToolBoxAI school server",
        "version": "1.0",
        "api": "companion/1",
        "features": ["sync", "push", "realtime"],
        "realtime": _REALTIME,
    },
    "CheckoutRequest": {"plan": "teacher"},
    "ClassAnalytics": {
        "class_id": _CLASS,
        "name": "Mathematics 4A",
        "students": 30,
        "average": _AVERAGE,
        "attendance": {"value": 0.96, "n": 300},
        "active_this_week": 27,
        "standards": [_STANDARD],
        "assessments": [_WORK],
        "at_risk": [_RISK],
        "rule": "No activity for 14 days.",
    },
    "CurrentRecord": {
        "id": _CLASS,
        "collection": "classes",
        "version": 9,
        "updated_at": _AT,
        "deleted": False,
        "data": {"name": "Mathematics 4B"},
        "updated_by": "Taavi Rautio",
    },
    "Entitlement": _LESSONS,
    "Erased": {"records": 42},
    "FieldError": {"pointer": "/ops/0/kind", "message": "Input should be 'create'."},
    "Job": {
        "id": _JOB,
        "state": "running",
        "stage": 3,
        "of": 7,
        "provider": "template",
        "seed": 4,
        "request": _REQUEST,
        "created_at": _AT,
        "updated_at": _AT,
    },
    "Leaderboard": {"class_id": _CLASS, "period": "week", "rows": [_ROW]},
    "LeaderboardRow": _ROW,
    "LessonRequest": _REQUEST,
    "Limits": {"feed_page": 500, "push_ops": 500, "body_bytes": 4_000_000},
    "Live": {"status": "live"},
    "LoginRequest": {"username": "marisol", "password": "a long password", "device_name": "Laptop"},
    "Models": {"names": ["a-model", "another-model"]},
    "Op": _OP,
    "OpResult": _APPLIED,
    "Passage": _PASSAGE,
    "PasswordResetAnswer": {
        "detail": "If there is such an account, a message with a code is on its way."
    },
    "PasswordResetConfirm": {"token": "the-code-of-the-message", "password": "a new password"},
    "PasswordResetRequest": {"username": "marisol"},
    "PlaceKey": {**_KEY, "key": "tbx_shown-only-once"},
    "PlaceKeyRequest": {"lesson_id": _LESSON, "class_id": _CLASS},
    "PlaceKeyState": {**_KEY, "created_at": _AT, "revoked_at": ""},
    "PlanOffer": _OFFER,
    "ProviderTold": {
        "kind": "openai",
        "model": "a-model",
        "host": "api.openai.com",
        "own": True,
        "own_allowed": True,
    },
    "ProviderWish": {**_PROVIDER, "key": "the-key-of-the-provider", "most_cost": 1.0},
    "PushRequest": {"ops": [_OP]},
    "PushResponse": {"results": [_APPLIED]},
    "QuizRequest": {"questions": 8, "kinds": ["multiple_choice", "true_false"]},
    "Ready": {"status": "ready", "checks": {"database": "ok"}},
    "Realtime": _REALTIME,
    "RefreshRequest": {"refresh_token": "the-newest-refresh-token"},
    "RegisterRequest": {
        "invite_code": "K7QM-3XRA-9TWN",
        "username": "taavi",
        "password": "ten letters and more",
    },
    "ReviseRequest": {"part": "quiz"},
    "RevisionRequest": {"part": "summary", "instruction": "shorter", "package": {}},
    "Session": _SESSION,
    "Source": {"id": "s1", "title": "Our book", "kind": "pdf", "passages": [_PASSAGE]},
    "StandardFigure": _STANDARD,
    "Subscription": {
        "plan": "teacher",
        "name": "Teacher",
        "state": "active",
        "period_end": "2026-04-01T00:00:00.000Z",
        "entitlements": [_LESSONS],
        "billed": True,
        "offers": [_OFFER],
        "detail": "This plan is paid for.",
    },
    "TelemetryBatch": {"events": [_EVENT]},
    "TelemetryEvent": _EVENT,
    "TelemetryResult": {"accepted": 1, "duplicate": 0, "unknown_student": 0},
    "Tokens": {
        "access_token": "an.access.token",
        "expires_in": 900,
        "refresh_token": "the-newest-refresh-token",
        "refresh_expires_in": 86_400,
        "user": _USER,
    },
    "Tried": {"answer": "A part of a whole.", "seconds": 1.4, "tokens": 150, "cost": "0.0002"},
    "User": _USER,
    "WebhookAnswer": {"received": "applied"},
    "Whose": {"student_id": _PUPIL},
}
"""An example by the name of its schema."""

CONTENT: dict[str, Any] = {
    "application/x-ndjson": '{"id": "…", "collection": "classes", "version": 7, …}\n'
    '{"cursor": "0f1e2d3c4b5a.89abcdef.7", "has_more": false}\n',
    "text/event-stream": 'id: 1\nevent: stage\ndata: {"name": "analyse", "index": 1, "of": 7}\n\n',
}
"""An example by the kind of content, where that is not JSON."""

PROBLEMS: dict[int, tuple[str, str]] = {
    400: ("bad_request", "There was an error parsing the body."),
    401: ("token_expired", "The access token has expired; refresh it."),
    402: ("not_entitled", "Making lessons on this server is not in your plan."),
    403: ("forbidden", "This is for teachers."),
    404: ("not_found", "There is no such class of yours."),
    408: ("too_slow", "The request took too long to arrive."),
    409: ("idempotency_key_reused", "This key belongs to another request."),
    410: ("cursor_expired", "This cursor is no longer known; start a new snapshot."),
    413: ("body_too_large", "A request has at most 4000000 bytes."),
    421: ("wrong_host", "This server answers on this machine's own name only."),
    422: ("invalid_request", "Some fields do not fit."),
    429: ("rate_limited", "There were too many wrong passwords. Please wait a moment."),
    500: ("server_fault", "Something went wrong here; it was noted."),
    503: ("database_busy", "The school's database is busy."),
    507: ("disk_full", "The disk of the school server is full; nothing was lost."),
}
"""A code and a sentence by status."""
