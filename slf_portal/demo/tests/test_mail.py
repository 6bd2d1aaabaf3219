"""The mails as the sink received them."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("slf_portal.demo.tests.urls")]

NAME = "20261124T063000.000000-{:06}.eml"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DEMO_MAIL_DIR = tmp_path / "mail"
    settings.DEMO_MAIL_DIR.mkdir()
    (tmp_path / "secret.eml").write_text("Subject: outside\n\n")
    return Path(settings.DEMO_MAIL_DIR)


def _receive(folder: Path, number: int, *, to: str = "ida@demo.example", html: str = "") -> str:
    mail = EmailMessage()
    mail["From"], mail["To"] = "SLF-portalen <portal@localhost>", to
    mail["Subject"], mail["Message-ID"] = f"Besøg nr. {number}", f"<{number}@portal>"
    mail["Date"] = "Tue, 24 Nov 2026 06:30:00 -0000"
    mail.set_content("Find en tid: http://127.0.0.1:8000/teams/1/ <æøå>")
    if html:
        mail.add_alternative(html, subtype="html")
    name = NAME.format(number)
    (folder / name).write_bytes(mail.as_bytes())
    return name


def test_the_newest_stands_first_and_the_rest_on_the_next_page(client: Client, folder: Path) -> None:
    for number in range(26):
        _receive(folder, number)
    first, second = (client.get("/demo/mail/", {"page": page}).content.decode() for page in (1, 2))

    assert first.index("Besøg nr. 25<") < first.index("Besøg nr. 1<")
    assert first.count("Besøg nr.") == 25
    assert second.count("Besøg nr.") == 1


def test_one_finds_the_mails_to_a_person(client: Client, folder: Path) -> None:
    _receive(folder, 1, to="Ida <ida@demo.example>")
    _receive(folder, 2, to="ole@demo.example")

    found = client.get("/demo/mail/", {"q": "OLE@"}).content.decode()
    assert found.count("Besøg nr.") == 1
    assert "Besøg nr. 2" in found


@pytest.mark.parametrize("query", [{}, {"q": "ole"}, {"q": "010203-1234"}])
def test_an_empty_list_says_what_would_stand_there(client: Client, folder: Path, query: dict[str, str]) -> None:
    assert 'class="empty"' in client.get("/demo/mail/", query).content.decode()


def test_a_folder_that_is_not_made_yet_is_an_empty_list(client: Client, folder: Path) -> None:
    folder.rmdir()

    assert client.get("/demo/mail/").status_code == 200


def test_a_mail_shows_its_headers_and_its_text_with_links(client: Client, folder: Path) -> None:
    name = _receive(folder, 7)
    page = client.get(f"/demo/mail/{name}/").content.decode()

    assert all(words in page for words in ("portal@localhost", "ida@demo.example", "Besøg nr. 7", "&lt;7@portal&gt;"))
    assert 'href="http://127.0.0.1:8000/teams/1/"' in page
    assert "&lt;æøå&gt;" in page
    assert "<iframe" not in page


def test_the_html_stands_in_a_frame_that_can_do_nothing(client: Client, folder: Path) -> None:
    name = _receive(folder, 7, html=f"<p>Hej</p>{SCRIPT}")
    page = client.get(f"/demo/mail/{name}/").content.decode()
    framed = client.get(f"/demo/mail/{name}/html/")

    assert f'src="/demo/mail/{name}/html/"' in page
    assert "sandbox" in page
    assert SCRIPT not in page
    assert framed.content.decode().strip() == f"<p>Hej</p>{SCRIPT}"
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert {part.strip() for part in framed["Content-Security-Policy"].split(";")} == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    }


def test_every_other_page_keeps_the_strict_policy(client: Client, folder: Path) -> None:
    name = _receive(folder, 7, html="<p>Hej</p>")
    page = client.get(f"/demo/mail/{name}/")

    assert page["X-Frame-Options"] == "DENY"
    assert "unsafe-inline" not in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.eml",
        "..%2Fsecret.eml",
        "..\\secret.eml",
        "%2e%2e/secret.eml",
        "..",
        "secret",
        ".eml",
        "/etc/passwd",
        NAME.format(8),
    ],
)
@pytest.mark.parametrize("end", ["/", "/html/"])
def test_no_name_leads_out_of_the_folder(client: Client, folder: Path, name: str, end: str) -> None:
    _receive(folder, 7, html="<p>Hej</p>")

    assert client.get(f"/demo/mail/{name}{end}").status_code == 404


def test_a_mail_without_html_has_no_frame_to_open(client: Client, folder: Path) -> None:
    assert client.get(f"/demo/mail/{_receive(folder, 7)}/html/").status_code == 404


def test_what_is_no_mail_at_all_is_shown_as_far_as_it_goes(client: Client, folder: Path) -> None:
    name = NAME.format(9)
    (folder / name).write_bytes(b"Date: yesterday\nContent-Type: text/plain; charset=utf-8\n\n\xff\xfe")

    assert client.get("/demo/mail/").status_code == 200
    assert client.get(f"/demo/mail/{name}/").status_code == 200
