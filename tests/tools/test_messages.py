"""Marked texts are found in sources and templates, and a translation that does not fit is told."""

import pytest
from babel.messages import Catalog

from tools.messages import compile_all, messages_in, problems


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('_("客户")', [("客户", None)]),
        ('raise NotFound(gettext("没有" "找到"))', [("没有找到", None)]),
        ('ngettext("%(n)s 家", "%(n)s 家们", n)', [(("%(n)s 家", "%(n)s 家们"), None)]),
        ('pgettext("状态", "开")', [("开", "状态")]),
        ('print("不标记")', []),
    ],
)
def test_texts_of_a_python_file(text, found):
    assert list(messages_in(text, template=False)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<a title="{% translate "客户" %}">x</a>', [("客户", None)]),
        ('{% if a %}\n    {% translate "客户" context "导航" %}\n  {% endif %}', [("客户", "导航")]),
        ("<p>\n    {% blocktranslate trimmed %}\n  共 {{ n }} 家\n{% endblocktranslate %}", [("共 %(n)s 家", None)]),
        ('<p>it\'s "quoted" (and open [ {{ x|default:_("无") }}</p>', [("无", None)]),
    ],
)
def test_texts_of_a_template(text, found):
    assert list(messages_in(text, template=True)) == found


def catalog(*pairs: tuple[str, str]) -> Catalog:
    made = Catalog(locale="en")
    for msgid, string in pairs:
        made.add(msgid, string)
    return made


def test_a_missing_an_empty_a_left_over_and_a_misfitting_translation_are_told():
    fresh = catalog(("客户", ""), ("拜访", ""), ("共 %(n)s 家", ""))
    stored = catalog(("拜访", ""), ("共 %(n)s 家", "%(m)s in all"), ("旧的", "old"))
    assert problems(stored, fresh) == [
        "no English: '客户'",
        "in no source any more: '旧的'",
        "no English: '拜访'",
        "other placeholders: '共 %(n)s 家' → '%(m)s in all'",
    ]


def test_a_complete_catalog_has_no_problem():
    assert problems(catalog(("客户", "Customer")), catalog(("客户", ""))) == []


def test_a_catalog_is_compiled_beside_its_source(tmp_path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "客户"\nmsgstr "Customer"\n'
    )
    assert compile_all(tmp_path) == 1
    assert b"Customer" in (folder / "django.mo").read_bytes()
