from __future__ import annotations

import re
from pathlib import Path

import pytest
from slack_sdk.models.blocks import Block

from monitor.alerts.language import ENGLISH, open_words
from monitor.alerts.parts import MOST, PARTS, Templates
from monitor.alerts.render import Forms, render
from monitor.alerts.samples import samples
from monitor.errors import ConfigError
from tests.alerts.examples import EDIT, HOSTILE, LEAD, ORDINARY

SAMPLES = samples(ENGLISH)


def own(folder: Path, **files: str) -> Templates:
    """A folder of templates; a name's last "_" stands for the dot."""
    for name, text in files.items():
        (folder / ".".join(name.rsplit("_", 1))).write_text(text, encoding="utf-8")
    return Templates(folder)


def problems(templates: Templates) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as refused:
        templates.check(SAMPLES, ENGLISH)
    return refused.value.problems


def test_one_block_of_a_shipped_part_can_be_replaced(tmp_path: Path) -> None:
    templates = own(
        tmp_path,
        alert_txt='{% extends "shipped/alert.txt" %}{% block why %}Ask the desk.{% endblock %}',
        email_html='{% extends "shipped/email.html" %}{% block foot %}<b>Desk</b>{% endblock %}',
        subject_txt="[watch]\n{{ v.label }}: {{ v.lead }}\n",
    )
    templates.check(SAMPLES, ENGLISH)
    mail = render(ORDINARY, "email", Forms(templates=templates))
    assert mail.subject == f"[watch] New fact: {LEAD}"
    assert "Ask the desk." in mail.text
    assert ORDINARY.why not in mail.text
    assert "<b>Desk</b>" in (mail.html or "")
    assert "which no article had said." in (mail.html or "")
    assert render(ORDINARY, "plain", Forms(templates=templates)).title.startswith("[watch] New")
    assert templates.take_failures() == {}


def test_a_part_may_include_a_file_of_its_own(tmp_path: Path) -> None:
    templates = own(tmp_path, subject_txt='{% include "_desk.txt" %}', _desk_txt="Desk: {{ v.id }}")
    templates.check(SAMPLES, ENGLISH)
    assert render(EDIT, "email", Forms(templates=templates)).subject == f"Desk: {EDIT.id}"


def test_C9_an_operators_form_of_slack_stays_harmless_and_within_its_limits(tmp_path: Path) -> None:
    form = "*{{ v.headline }}*\n{% for s in v.sources %}{{ s.url | slack_link(s.outlet) }}\n"
    templates = own(tmp_path, slack_txt=form + "{% endfor %}" + "{{ v.body }}\n" * 40)
    templates.check(SAMPLES, ENGLISH)
    for alert in (ORDINARY, HOSTILE):
        blocks = render(alert, "slack", Forms(templates=templates)).blocks
        assert "slack_link" not in str(blocks)
        for block in blocks:
            parsed = Block.parse(dict(block))
            assert parsed is not None
            parsed.validate_json()
        text = "".join(block["text"]["text"] for block in blocks if block["type"] == "section")
        live = re.findall(r"<([^>]*)>", text)
        assert all(link.startswith(("http://", "https://")) for link in live)
        assert "@channel" not in text
    assert templates.take_failures() == {}


def test_C8_an_operators_template_runs_in_a_sandbox(tmp_path: Path) -> None:
    templates = own(tmp_path, subject_txt="{{ v.__class__.__mro__ }}")
    (problem,) = problems(templates)
    assert "subject.txt:1: access to attribute '__class__'" in problem
    (tmp_path / "subject.txt").write_text("{{ w._own }}")
    (problem,) = problems(templates)
    assert "subject.txt:1: " in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ok\n{% if %}", "alert.txt:2: Expected an expression"),
        ("ok\n\n{{ v.hedline }}", "alert.txt:3: view has no 'hedline' (did you mean 'headline'?)"),
        ("{{ wide }}{{ x }}", "alert.txt:1: 'x' is undefined"),
        ('{{ w.say("nothing") }}', "alert.txt:1: KeyError: 'nothing'"),
        ("{{ 1 // 0 }}", "alert.txt:1: ZeroDivisionError"),
        ('{% include "none.txt" %}', "alert.txt:1: there is no template none.txt"),
        ("{{ ' ' }}", "makes an empty text"),
        ("{% for n in range(99999) %}ab{% endfor %}", f"makes more than {MOST:,} characters"),
        ("{% for n in range(9999999) %}a{% endfor %}", "alert.txt:1: OverflowError"),
    ],
)
def test_H1_a_broken_template_is_refused_with_file_and_line(
    tmp_path: Path, text: str, said: str
) -> None:
    (problem,) = problems(own(tmp_path, alert_txt=text))
    assert said in problem


def test_G9_a_line_that_no_section_of_slack_holds_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(own(tmp_path, slack_txt="{% for n in range(3000) %}a{% endfor %}"))
    assert "makes a line of more than 2,900 characters" in problem


def test_a_mistake_in_an_included_file_is_told_with_its_own_place(tmp_path: Path) -> None:
    templates = own(tmp_path, subject_txt='{% include "_a.txt" %}', _a_txt="x\n{{ v.nope }}")
    (problem,) = problems(templates)
    assert "_a.txt:2: " in problem


def test_a_file_that_no_message_has_is_refused_with_the_nearest_that_it_has(
    tmp_path: Path,
) -> None:
    near, strange = problems(own(tmp_path, zebra_css="x", alert_text="y"))
    assert "zebra.css: no message has this part" in strange
    assert "alert.text: no message has this part (did you mean 'alert.txt'?)" in near


def test_every_broken_part_is_told_at_once(tmp_path: Path) -> None:
    assert len(problems(own(tmp_path, alert_txt="{{", email_html="{{", slack_txt="{{"))) == 3


def test_no_folder_and_an_empty_one_are_no_templates(tmp_path: Path) -> None:
    for templates in (Templates(), Templates(tmp_path), Templates(tmp_path / "none")):
        templates.check(SAMPLES, ENGLISH)
        assert render(ORDINARY, "email", Forms(templates=templates)).subject == LEAD


def test_G14_a_template_that_fails_later_gives_way_to_the_shipped_form_and_is_noted(
    tmp_path: Path,
) -> None:
    fragile = "{{ v.moves[0].label }}"  # nobody thought of an alert without moves
    templates = own(tmp_path, **dict.fromkeys(("alert_txt", "subject_txt", "slack_txt"), fragile))
    forms = Forms(templates=templates)
    shipped = render(EDIT, "email")
    assert render(EDIT, "email", forms) == shipped
    assert render(EDIT, "slack", forms) == render(EDIT, "slack")
    failed = templates.take_failures()
    assert len(failed) == 3
    assert all(re.search(r"\.txt:1: ", why) for why in failed.values())
    assert templates.take_failures() == {}


def test_every_part_is_tried_on_every_sample_in_every_language(tmp_path: Path) -> None:
    for name in PARTS:
        (tmp_path / name).write_text("{{ v.label }} {{ v }}")
    for words in (ENGLISH, open_words("ko")):
        Templates(tmp_path).check(samples(words), words)
