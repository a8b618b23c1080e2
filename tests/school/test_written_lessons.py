"""Jobs of an AI provider at a real school server: told as they come, kept, resumed, paid once."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.lessons import package
from desktop.school import providers
from desktop.school.folder import Folder
from desktop.school.school import School
from tests.lessons.providers import answers
from tests.lessons.providers.fake import MODEL, FakeProvider, Reply
from tests.school.test_generation import ask, job_of, story, until

WISH = {"topic": "the water cycle", "grade_level": 5, "quiz": {"questions": 3}}


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    provider = FakeProvider()
    yield provider
    provider.close()


def hand_over(person: Any, fake: FakeProvider, **more: Any) -> Any:
    body = {"kind": "openai", "base_url": fake.url, "model": MODEL, "key": "secret-key", **more}
    return person.client.put("/generation/provider", json=body, headers=person.headers)


@pytest.fixture
def writer(served: Any, ada: Any, fake: FakeProvider) -> Any:
    """Ada at her own Local school, with a provider of her own."""
    served.school.providers.own_allowed = True
    assert hand_over(ada, fake).status_code == 200
    return ada


def write(person: Any, key: str = "k1") -> str:
    answer = ask(person, key=key, wish=WISH)
    assert answer.status_code == 202, answer.text
    job_id: str = answer.json()["id"]
    return job_id


def gate(fake: FakeProvider, stage: str) -> threading.Event:
    """Hold every request of a stage until the event is set."""
    free = threading.Event()

    def script(asked: str, _: int) -> Reply | None:
        if asked == stage:
            free.wait(60)
        return None

    fake.script = script
    return free


def test_a_lesson_is_written_and_its_story_told(writer: Any, fake: FakeProvider) -> None:
    job_id = write(writer)
    done = until(writer, job_id, "done")
    assert package.load(done["package"]).title == "The water cycle"
    assert (done["provider"], done["model"]) == ("openai", MODEL)
    assert (done["input_tokens"], done["output_tokens"], done["cost"]) == (500, 250, None)
    told = story(writer, job_id)
    parts = {data["name"]: data["value"] for _, name, data in told if name == "part"}
    assert parts["quiz"] == done["package"]["quiz"]
    usage = [data for _, name, data in told if name == "usage"]
    assert usage[-1] == {"input_tokens": 500, "output_tokens": 250, "cost": None}
    assert told[-1][1] == "done"


def test_the_text_is_heard_while_it_is_written(writer: Any, fake: FakeProvider) -> None:
    fake.script = lambda stage, _: Reply(answers.good(stage), pieces=20, pause_s=0.02)
    job_id = write(writer)
    heard: dict[str, str] = {}
    path = f"/generation/jobs/{job_id}/events"
    with writer.client.stream("GET", path, headers=writer.headers) as answer:
        lines = answer.iter_lines()
        for line in lines:
            if line == "event: delta":
                data = json.loads(next(lines).removeprefix("data: "))
                heard[data["part"]] = heard.get(data["part"], "") + data["text"]
    assert heard
    assert all(answers.good(stage).startswith(text) for stage, text in heard.items())


def test_a_failed_job_goes_on_where_it_broke_off(writer: Any, fake: FakeProvider) -> None:
    fake.script = lambda stage, number: (
        Reply(answers.good(stage), cut=True) if (stage, number) == ("world", 1) else None
    )
    job_id = write(writer)
    failed = until(writer, job_id, "failed")
    assert (failed["code"], failed["retryable"], failed["stage"]) == ("cut_off", True, 2)
    assert story(writer, job_id)[-1][2]["retryable"] is True
    assert writer.post(f"/generation/jobs/{job_id}/resume").json()["state"] == "queued"
    done = until(writer, job_id, "done")
    assert fake.stages() == ["analyse", "outline", "world", "world", "interactions", "quiz"]
    assert done["input_tokens"] == 500 + failed["input_tokens"] - 200
    names = [data["name"] for _, name, data in story(writer, job_id) if name == "stage"]
    assert names == ["analyse", "outline", "world", "interactions", "quiz", "script", "validate"]
    assert writer.post(f"/generation/jobs/{job_id}/resume").status_code == 409


def test_a_job_survives_the_server_and_waits_for_its_key(
    served: Any, writer: Any, fake: FakeProvider, open_school: Callable[[], School], clock: Any
) -> None:
    free = gate(fake, "world")
    job_id = write(writer)
    while job_of(writer, job_id)["stage"] < 2:
        pass
    served.stop()
    free.set()
    again = type(served)(open_school(), clock)
    again.start()
    try:
        ada = again.sign_in("ada")
        assert job_of(ada, job_id)["state"] == "queued"  # the key was in memory only
        again.school.providers.own_allowed = True
        fake.requests.clear()
        hand_over(ada, fake)
        assert until(ada, job_id, "done")["package"]["title"] == "The water cycle"
        assert fake.stages() == ["world", "interactions", "quiz"]
    finally:
        again.stop()


def test_cancelling_ends_the_request_under_way(writer: Any, fake: FakeProvider) -> None:
    fake.script = lambda _stage, _: Reply("x" * 4_000, pieces=2_000, pause_s=0.02)
    job_id = write(writer)
    until(writer, job_id, "running")
    while not fake.requests:
        pass
    assert writer.post(f"/generation/jobs/{job_id}/cancel").json()["state"] == "cancelled"
    assert fake.gone.wait(30)
    fake.script = lambda _stage, _: None
    assert writer.post(f"/generation/jobs/{job_id}/resume").status_code == 200
    until(writer, job_id, "done")


def test_a_part_is_revised_by_words_from_the_lesson_as_it_is_now(
    writer: Any, fake: FakeProvider
) -> None:
    done = until(writer, write(writer), "done")
    edited = {**done["package"], "title": "My own title"}
    body = {"part": "summary", "instruction": "shorter", "package": edited}
    answer = writer.post(f"/generation/jobs/{done['id']}/revise", body)
    assert answer.status_code == 202, answer.text
    new = until(writer, answer.json()["id"], "done")["package"]
    assert (new["title"], new["summary"]) == ("My own title", "A shorter summary.")
    changed = {name for name in new if new[name] != edited[name]}
    assert changed == {"summary", "provenance"}


def test_any_lesson_is_revised_once_for_one_key(writer: Any, fake: FakeProvider) -> None:
    lesson = until(writer, write(writer), "done")["package"]
    body = {"part": "summary", "instruction": "shorter", "package": lesson}
    headers = {**writer.headers, "Idempotency-Key": "r1"}
    first, again = (
        writer.client.post("/generation/revisions", json=body, headers=headers) for _ in range(2)
    )
    assert first.json()["id"] == again.json()["id"]
    until(writer, first.json()["id"], "done")
    assert fake.stages().count("revise") == 1
    other = writer.client.post(
        "/generation/revisions", json={**body, "instruction": "longer"}, headers=headers
    )
    assert other.status_code == 409
    refused = writer.client.post(
        "/generation/revisions", json={**body, "package": {"title": "x"}}, headers=headers
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_package")


def test_a_template_can_be_asked_for_where_a_provider_is_set_up(
    writer: Any, fake: FakeProvider
) -> None:
    headers = {**writer.headers, "Idempotency-Key": "t1"}
    wish = {"topic": "fractions on a number line", "grade_level": 4}
    answer = writer.client.post(
        "/generation/jobs", params={"provider": "template"}, json=wish, headers=headers
    )
    done = until(writer, answer.json()["id"], "done")
    assert done["package"]["provenance"]["template"]
    assert fake.requests == []


def test_a_provider_is_told_tried_and_forgotten_and_its_key_never_told(
    writer: Any, fake: FakeProvider
) -> None:
    told = writer.get("/generation/provider").json()
    assert told == {"kind": "openai", "model": MODEL, "host": fake.url[7:-3], "own": True,
                    "own_allowed": True}  # fmt: skip
    wish = {"kind": "openai", "base_url": fake.url, "model": MODEL, "key": None}
    assert writer.post("/generation/provider/models", wish).json() == {"names": ["a-model", MODEL]}
    fake.script = lambda _stage, _number: Reply('{"value": "A part of a whole."}')
    tried = writer.post("/generation/provider/try", wish).json()
    assert (tried["answer"], tried["tokens"], tried["cost"]) == ("A part of a whole.", 150, None)
    assert set(fake.keys) == {"Bearer secret-key"}
    elsewhere = {**wish, "base_url": "https://example.org/v1"}
    refused = writer.post("/generation/provider/models", elsewhere)
    assert (refused.status_code, refused.json()["code"]) == (422, "provider_not_set_up")
    writer.delete("/generation/provider")
    assert writer.get("/generation/provider").json()["kind"] == "template"


def test_a_school_server_takes_no_provider_of_a_teachers_own(ada: Any, fake: FakeProvider) -> None:
    refused = hand_over(ada, fake)
    assert (refused.status_code, refused.json()["code"]) == (403, "own_provider_not_allowed")
    assert fake.keys == []
    assert ada.get("/generation/provider").json() == {
        "kind": "template", "model": "", "host": "", "own": False, "own_allowed": False,
    }  # fmt: skip


def test_one_teachers_provider_is_not_anothers(writer: Any, ben: Any, fake: FakeProvider) -> None:
    assert ben.get("/generation/provider").json()["kind"] == "template"


def test_the_provider_of_the_school_is_read_from_its_folder(tmp_path: Path) -> None:
    folder = Folder.open(tmp_path / "school")
    assert providers.read(folder.path) is None
    file = folder.path / providers.FILE
    file.touch(0o600)
    file.write_text('kind = "openai"\nbase_url = "https://a.example/v1"\nmodel = "m"\nkey = "k"\n')
    config = providers.read(folder.path)
    assert config is not None
    assert (config.host, config.model, config.key) == ("a.example", "m", "k")
    file.write_text('kind = "openai"\nkey = "top-secret"\nsurprise = 1\n')
    with pytest.raises(providers.ProviderUnreadable, match="look at surprise") as caught:
        providers.read(folder.path)
    assert "top-secret" not in str(caught.value)
    file.chmod(0o640)
    with pytest.raises(providers.ProviderUnreadable, match="chmod 600"):
        providers.read(folder.path)


def test_the_key_is_in_no_file_of_the_school(
    served: Any, writer: Any, fake: FakeProvider, tmp_path: Path
) -> None:
    until(writer, write(writer), "done")
    content = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert content
    assert b"secret-key" not in content
