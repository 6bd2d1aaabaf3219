"""Import in the administration: upload, look, confirm."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import Membership, Unit
from tests.builders import make_administrator, make_leader, make_unit

pytestmark = pytest.mark.django_db

UNITS = reverse("admin:teams_unit_import")
PEOPLE = reverse("admin:teams_membership_import")
GOOD = "navn;type\nÅby Skole;skole\nØrnereden;dagtilbud\n"
BROKEN = GOOD + ";skole\n"
GONE = "The file is no longer kept, or it has been imported already. Choose it again."


@pytest.fixture
def administrator(client: Client) -> User:
    person = make_administrator()
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return person


def upload(client: Client, content: str | bytes, address: str = UNITS) -> Any:
    content = content.encode() if isinstance(content, str) else content
    return client.post(address, {"file": SimpleUploadedFile("enheder.csv", content)})


def preview_of(client: Client, content: str, address: str = UNITS) -> str:
    response = upload(client, content, address)
    assert response.status_code == 302
    return str(response.headers["Location"])


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_upload_look_confirm(client: Client, administrator: User) -> None:
    preview = preview_of(client, GOOD)
    report = client.get(preview).context["report"]
    assert (report.counts["created"], report.is_saved, Unit.objects.count()) == (2, False, 0)
    report = client.post(preview).context["report"]
    assert (report.counts["created"], report.is_saved, Unit.objects.count()) == (2, True, 2)


def test_people_too(client: Client, administrator: User) -> None:
    make_unit("Åby Skole")
    preview = preview_of(client, "enhed;team;navn;e-mail;rolle\nÅby Skole;Team;Mette;m@example.org;medlem\n", PEOPLE)
    client.post(preview)
    assert str(Membership.objects.get().person) == "Mette"


def test_confirming_twice_does_it_once(client: Client, administrator: User) -> None:
    preview = preview_of(client, GOOD)
    client.post(preview)
    again = client.post(preview)
    assert (again.headers["Location"], told(again), Unit.objects.count()) == (UNITS, [GONE], 2)


def test_an_expired_preview_says_so(client: Client, administrator: User) -> None:
    preview = preview_of(client, GOOD)
    cache.clear()
    response = client.get(preview)
    assert (response.headers["Location"], told(response)) == (UNITS, [GONE])


def test_a_refused_row_saves_nothing_unless_asked(client: Client, administrator: User) -> None:
    preview = preview_of(client, BROKEN)
    page = client.get(preview)
    assert "The cell is empty." in page.content.decode()
    report = client.post(preview).context["report"]
    assert (report.is_saved, Unit.objects.count()) == (False, 0)
    report = client.post(preview, {"skip_refused": "1"}).context["report"]
    assert (report.is_saved, Unit.objects.count()) == (True, 2)


def test_a_preview_is_its_owners(client: Client, administrator: User) -> None:
    preview = preview_of(client, GOOD)
    client.force_login(make_administrator("Bo"))
    response = client.post(preview)
    assert (response.headers["Location"], Unit.objects.count()) == (UNITS, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\n", "The file is empty."),
        (b"navn\nA\n", 'Row 1, column "niveau": The column is missing. The file has: navn.'),
        ("navn;type\nElev Skole;skole\nHårup Skole;skole\nÅby Skole;skole\n".encode("mac_roman"),
         'Row 3, column "navn": The letters cannot be read. Save the file as CSV in UTF-8 or as XLSX.'),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(client: Client, administrator: User, content: bytes, reason: str) -> None:
    response = upload(client, content)
    assert (response.status_code, response.context["form"].errors["file"]) == (200, [reason])


def test_a_file_that_is_too_large(client: Client, administrator: User, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 2**20
    response = upload(client, b"a" * (2**20 + 1))
    assert response.context["form"].errors["file"] == ["The file is too large: at most 1 MB."]


def test_a_long_preview_says_what_it_leaves_out(client: Client, administrator: User) -> None:
    rows = "".join(f"Skole {number};skole\n" for number in range(400))
    page = client.get(preview_of(client, f"navn;type\n{rows};skole\n"))
    assert "The first 300 of 401 rows, those with a reason first" in page.content.decode()
    assert page.context["rows"][0].number == 402


def test_names_are_shown_as_text(client: Client, administrator: User) -> None:
    page = client.get(preview_of(client, "navn;type\n<script>alert(1)</script>;skole\n"))
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("address", [UNITS, PEOPLE])
def test_nobody_else_imports(client: Client, address: str) -> None:
    client.force_login(make_leader(make_unit()))
    assert [client.get(address).status_code, upload(client, GOOD, address).status_code] == [403, 403]


def test_a_race_says_so(client: Client, administrator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(**_values: Any) -> None:
        raise IntegrityError

    preview = preview_of(client, GOOD)
    monkeypatch.setattr("teams.importers.units.create_units", lost)
    response = client.post(preview)
    assert (response.headers["Location"], told(response)) == (
        preview, ["Someone changed the same rows at the same time. Nothing was saved; try again."],
    )  # fmt: skip
