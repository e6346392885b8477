from __future__ import annotations

import email
import email.policy
import logging
import re
import time
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given, settings

from monitor.alerts.channels import open_channel
from monitor.alerts.channels.email import EmailChannel, open_email
from monitor.alerts.render import Forms
from monitor.config.settings import Channel
from monitor.models import Alert, Refused, SendResult, Sent, TryLater
from tests.alerts.examples import CANARY, EDIT, HOSTILE, LEAD, ORDINARY, delivery
from tests.alerts.servers import real_smtp, scripted_smtp
from tests.alerts.test_render import ALERTS

DESK = "desk@example.org"


def channel(port: int = 25, more: str = "", to: str = DESK) -> EmailChannel:
    url = f"mailto://127.0.0.1:{port}?from=watch@news.example&to={to}{more}"
    opened = open_channel("mail", Channel(url=url), {})  # type: ignore[arg-type]
    assert isinstance(opened, EmailChannel)
    return opened


def send(
    sender: EmailChannel, alert: Alert = ORDINARY, recipient: str = DESK, thread: str | None = None
) -> SendResult:
    return sender.send(delivery(recipient), alert, time.monotonic() + 5, thread)


def received(alert: Alert = ORDINARY, more: str = "", to: str = DESK) -> tuple[EmailMessage, bytes]:
    """The mail as it came over the wire, parsed and raw."""
    with real_smtp(enable_SMTPUTF8=True) as box:
        sender = channel(box.port, more, to)
        assert isinstance(send(sender, alert, sender.recipients[0]), Sent)
    raw = box.mails[0][1]
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail, raw


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def test_a_mail_has_a_text_and_an_html_part_with_the_same_news() -> None:
    mail, _ = received()
    assert mail.get_content_type() == "multipart/alternative"
    assert part(mail, "plain").startswith(LEAD + "\n")
    assert "북한, 연락사무소 철수" in part(mail, "plain")
    assert "북한, 연락사무소 철수" in part(mail, "html")


def test_the_headers_say_who_what_when_and_that_a_machine_wrote_it() -> None:
    mail, _ = received()
    assert mail["From"] == "Liaison Monitor <watch@news.example>"
    assert mail["To"] == DESK
    assert mail["Subject"] == LEAD
    assert mail["Date"] == "Fri, 22 Mar 2019 07:05:00 +0000"
    assert mail["List-Id"] == "Liaison Monitor <liaison-office.liaison-monitor.news.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["MIME-Version"] == "1.0"


def test_G3_copies_of_a_mail_carry_one_message_id_and_people_have_their_own() -> None:
    with real_smtp() as box:
        sender = channel(box.port, to=f"{DESK},two@example.org")
        first, second = send(sender), send(sender)
        other = send(sender, recipient="two@example.org")
    ids = [email.message_from_bytes(raw)["Message-ID"] for _, raw in box.mails]
    assert ids[0] == ids[1] != ids[2]
    assert first == second == Sent(reference=ids[0])
    assert other == Sent(reference=ids[2])
    assert re.fullmatch(rf"<{ORDINARY.id}\.[0-9a-f]{{12}}@news\.example>", ids[0])


def test_a_follow_up_answers_the_first_mail_of_its_story() -> None:
    sender = channel()
    root = replace(ORDINARY, id=str(ORDINARY.root), root=None)
    first = sender.message(root, DESK)
    follow_up = sender.message(ORDINARY, DESK)
    assert first["In-Reply-To"] is None
    assert follow_up["In-Reply-To"] == follow_up["References"] == first["Message-ID"]
    assert sender.message(ORDINARY, DESK, "<old@x>")["References"] == "<old@x>"
    assert sender.message(replace(root, root=root.id), DESK)["References"] is None


def test_C10_a_hostile_headline_is_one_header_and_adds_no_recipient() -> None:
    mail, raw = received(HOSTILE)
    head = raw.split(b"\r\n\r\n", 1)[0]
    assert not re.search(rb"(?im)^bcc:", head)
    assert len(re.findall(rb"(?im)^subject:", head)) == 1
    assert "Bcc: victim@example.org" in mail["Subject"]
    assert mail["Bcc"] is None


def test_A19_a_mail_about_a_title_of_5000_characters_is_accepted() -> None:
    mail, _ = received(HOSTILE)
    assert len(mail["Subject"]) <= 300
    assert mail["Subject"].isprintable()


@pytest.mark.parametrize("alert", [ORDINARY, EDIT, HOSTILE])
def test_lines_are_short_enough_for_every_server(alert: Alert) -> None:
    _, raw = received(alert)
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)


@settings(max_examples=40, deadline=None)
@given(ALERTS)
@example(replace(ORDINARY, id="\ud800"))
def test_any_alert_becomes_a_mail_that_reads_back(alert: Alert) -> None:
    raw = channel().message(alert, DESK).as_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail["To"] == DESK
    assert "\n" not in mail["Subject"]
    assert part(mail, "plain")
    assert max(map(len, raw.splitlines())) <= 998


def test_G4_one_of_four_refused_costs_the_other_three_nothing() -> None:
    people = [f"p{n}@example.org" for n in range(4)]
    with scripted_smtp(answers={"p2@example.org": ["550 no such user"]}) as server:
        sender = channel(server.port, to=",".join(people))
        assert sender.recipients == tuple(people)
        results = [send(sender, recipient=one) for one in sender.recipients]
    assert [isinstance(result, Sent) for result in results] == [True, True, False, True]
    assert isinstance(results[2], Refused)
    assert "recipient p2@example.org: 550 no such user" in results[2].why
    assert [to for to, _ in server.accepted] == [
        "p0@example.org",
        "p1@example.org",
        "p3@example.org",
    ]


def test_G1_a_451_and_then_a_250_make_one_copy() -> None:
    with scripted_smtp(answers={"RCPT": ["451 greylisted", "250 ok"]}) as server:
        sender = channel(server.port)
        assert isinstance(send(sender), TryLater)
        assert isinstance(send(sender), Sent)
    assert len(server.accepted) == 1


def test_names_and_extra_headers_of_the_url_are_kept() -> None:
    mail, _ = received(more="&name=News%20Desk&reply=chief@example.org&%2BX-Team=Korea")
    assert mail["From"] == "News Desk <watch@news.example>"
    assert mail["Reply-To"] == "chief@example.org"
    assert mail["X-Team"] == "Korea"


def test_an_international_domain_goes_out_in_ascii() -> None:
    sender = channel()
    assert (
        sender.message(ORDINARY, "desk@뉴스.example")["To"].addresses[0].domain.startswith("xn--")
    )


def test_an_international_name_is_sent_by_smtputf8() -> None:
    with real_smtp(enable_SMTPUTF8=True) as box:
        result = send(channel(box.port), recipient="데스크@example.org")
    assert isinstance(result, Sent)
    assert box.mails[0][0] == "데스크@example.org"
    assert "데스크@example.org" in box.mails[0][1].decode()


def test_an_international_address_can_be_written_in_the_url() -> None:
    """Apprise, whose syntax it is, drops every address with a letter beyond ASCII."""
    with real_smtp(enable_SMTPUTF8=True) as box:
        some = channel(box.port, more="&cc=데스크@example.org,Chef <josé@nachrichten.example>")
        results = [send(some, recipient=recipient) for recipient in some.recipients]
    assert some.recipients[1:] == ("데스크@example.org", "josé@nachrichten.example")
    assert [type(result) for result in results] == [Sent, Sent, Sent]
    assert [mail[0] for mail in box.mails] == list(some.recipients)


@pytest.mark.parametrize(
    ("sender", "shown"),
    [
        ("데스크@nachrichten.example", "Liaison Monitor <데스크@nachrichten.example>"),
        ("데스크@nachrichten.example&name=News", "News <데스크@nachrichten.example>"),
        ("뉴스 <josé@nachrichten.example>", "뉴스 <josé@nachrichten.example>"),
    ],
)
def test_the_sender_may_have_letters_beyond_ascii_where_the_server_takes_them(
    sender: str, shown: str
) -> None:
    def opened(port: int) -> EmailChannel:
        url = f"mailto://127.0.0.1:{port}?from={sender}&to={DESK}"
        return open_channel("mail", Channel(url=url), {})  # type: ignore[arg-type,return-value]

    with real_smtp(enable_SMTPUTF8=True) as box:
        assert isinstance(send(opened(box.port)), Sent)
    mail = email.message_from_bytes(box.mails[0][1], policy=email.policy.default)
    assert mail["From"] == shown
    assert mail["Message-ID"].endswith("@nachrichten.example>")
    with scripted_smtp() as plain:
        refused = send(opened(plain.port))
    assert isinstance(refused, Refused)
    assert "takes no addresses beyond ASCII (SMTPUTF8)" in refused.why


@pytest.mark.parametrize("recipient", ["no address", "a b@x.org", "x\r\nBcc: y@z.org", "@", ""])
def test_a_recipient_that_cannot_be_one_is_refused_before_any_connection(recipient: str) -> None:
    result = send(channel(1), recipient=recipient)
    assert isinstance(result, Refused)
    assert result.why.endswith("is no e-mail address")


@pytest.mark.parametrize("recipient", ["\ud800@x.org", "a@" + "뉴" * 70 + ".example"])
def test_a_recipient_that_cannot_be_put_on_the_wire_is_refused(recipient: str) -> None:
    with scripted_smtp() as server:
        result = send(channel(server.port), recipient=recipient)
    assert isinstance(result, Refused)
    assert not server.accepted


def test_a_recipient_in_an_international_domain_needs_nothing_special() -> None:
    with scripted_smtp() as server:
        assert isinstance(send(channel(server.port), recipient="desk@뉴스.example"), Sent)
    assert server.accepted[0][0] == "desk@xn--vg1b002a.example"


def test_G14_the_plain_form_is_a_mail_of_text_alone() -> None:
    wrong: Any = {"moves": (None,)}
    mail, _ = received(replace(ORDINARY, **wrong))
    assert mail.get_content_type() == "text/plain"
    assert mail["Subject"] == ORDINARY.headline


def test_a_reader_can_ask_for_no_more_mail_on_the_page_or_by_answering() -> None:
    assert channel().message(ORDINARY, DESK)["List-Unsubscribe"] is None
    answered = channel(more="&reply=chief@example.org").message(ORDINARY, DESK)
    asked = "<mailto:chief@example.org?subject=unsubscribe%20desk@example.org>"
    assert answered["List-Unsubscribe"] == asked
    url: Any = f"mailto://127.0.0.1:25?from=watch@news.example&to={DESK}"
    forms = Forms(page="https://watch.example.org/")
    mail = open_email("mail", url, notices=True, forms=forms)
    linked = mail.message(ORDINARY, DESK)
    page = f"<https://watch.example.org/alerts/{ORDINARY.id}/silence>"
    assert linked["List-Unsubscribe"] == page
    digest = replace(ORDINARY, kind="digest", story=None)
    assert mail.message(digest, DESK)["List-Unsubscribe"] is None  # the page would not know of what
    assert linked["List-Unsubscribe-Post"] is None  # no scanner ends the watch by following a link


def test_a_service_message_has_a_list_of_its_own() -> None:
    mail = channel().message(replace(ORDINARY, topic=None, kind="notice"), DESK)
    assert "<service.liaison-monitor.news.example>" in mail["List-Id"]


def test_H2_a_password_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    script = {"extensions": ("AUTH PLAIN LOGIN",), "answers": {"AUTH": [f"535 not {CANARY}"]}}
    with scripted_smtp(**script) as server:
        url = f"mailto://desk:{CANARY}@127.0.0.1:{server.port}?from=w@x.org&to={DESK}"
        opened = open_channel("mail", Channel(url=url), {})  # type: ignore[arg-type]
        result = opened.send(delivery(), ORDINARY, time.monotonic() + 5)
    assert isinstance(result, TryLater)
    assert "does not accept the user name or password" in result.why
    assert CANARY not in result.why + repr(opened) + opened.describe() + caplog.text
