"""Rules that no linter knows."""

import pytest

from tools.house_rules import problems_of

LATE = "def run():\n    import polars{}\n"


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("src/a.py", LATE.format(""), "without a reason"),
        ("src/a.py", "x = 1\n" * 401, "401 lines"),
        ("src/a.py", "# TO" + "DO later\n", "unfinished"),
        ("src/a.html", '<p style="color: red">x</p>', "inline"),
        ("src/a.html", "<script>alert(1)</script>", "inline"),
        ("src/a.html", '<a onclick="go()">x</a>', "inline"),
    ],
)
def test_what_breaks_a_rule_is_told(path, text, words):
    (told,) = problems_of(path, text)
    assert words in told
    assert told.startswith(path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/a.py", LATE.format("  # slow import")),
        ("tests/a.py", LATE.format("")),
        ("src/x/migrations/0001.py", "x = 1\n" * 900),
        ("src/a.html", '<script src="{% asset \'app.js\' %}"></script><script type="application/json">{}</script>'),
    ],
)
def test_what_keeps_the_rules_is_not(path, text):
    assert list(problems_of(path, text)) == []
