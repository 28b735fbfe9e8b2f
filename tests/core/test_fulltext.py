"""Names are found by any part, by pinyin and initials, by the digits of a number; any text is safe."""

import pytest
from django.db import connection

from repertory.core.fulltext import FullTextIndex, document_for, document_of, query_tokens
from repertory.core.pinyin import romanise

NAMES = {
    1: ("南京鼓楼医院", False, ["C000123", "025-83106666"]),
    2: ("单小燕", True, ["13812345678"]),
    3: ("曾国藩", True, []),
    4: ("北京466医院", False, []),
    5: ('O\'Neil "quoted" AND drug* store', False, []),
    6: ("Аптека №5", False, []),
    7: ("田中さん", True, []),
}
NASTY = [
    "'",
    '"',
    '""" OR 1=1 --',
    "AND OR NOT NEAR(",
    "*",
    "^南京",
    "document:南京",
    "南京') UNION SELECT 1 --",
    "a:*&|!<->b",
    "\\",
    "%s %d %(x)s {0}",
    "\u0000南京",
    "\ud800".encode("utf-8", "replace").decode(),
    "👩‍⚕️🏥",
    "ﷺ",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
    "𠜎𠜱𠝹",
    "l" * 5000,
    "南" * 5000,
    " ".join("abcdefghijklmnopqrstuvwxyz"),
]


@pytest.fixture
def index(db):
    index = FullTextIndex("test_names")
    with connection.cursor() as cursor:
        for statement in index.create_sql(connection.vendor):
            cursor.execute(statement)
    rows = [
        (key, document_of(name, romanise(name, person=person), extra)) for key, (name, person, extra) in NAMES.items()
    ]
    index.put(connection, rows, new=True)
    yield index
    with connection.cursor() as cursor:
        for statement in index.drop_sql():
            cursor.execute(statement)


def found(index: FullTextIndex, text: str) -> set[int]:
    query = index.match_sql(text, vendor=connection.vendor)
    if query is None:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(*query)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("鼓楼", {1}),
        ("医院", {1, 4}),
        ("楼", {1}),
        ("南京医院", set()),
        ("南京 医院", {1}),
        ("njgl", {1}),
        ("glyy", {1}),
        ("NJGLYY", {1}),
        ("gulou", {1}),
        ("gulouyiyuan", {1}),
        ("nanjinggulouyiyuan", {1}),
        ("sxy", {2}),
        ("shanxiao", {2}),
        ("danxiao", {2}),
        ("zeng guo", {3}),
        ("zgf", {3}),
        ("466", {4}),
        ("bj466", {4}),
        ("c000123", {1}),
        ("83106666", {1}),
        ("025-8310", {1}),
        ("6666", {1}),
        ("5678", {2}),
        ("１３８１２３", {2}),
        ("quoted", {5}),
        ("o'neil", {5}),
        ("drug*", {5}),
        ("аптека", {6}),
        ("апт", {6}),
        ("さん", {7}),
        ("", set()),
        ("不存在", set()),
    ],
)
def test_a_name_is_found_by(index, text, ids):
    assert found(index, text) == ids


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_an_operator_or_an_error(index, text):
    found(index, text)


def test_every_naughty_name_is_stored_and_found_by_itself(index):
    index.put(
        connection,
        [(100 + number, document_of(text, romanise(text, person=False))) for number, text in enumerate(NASTY)],
    )
    for number, text in enumerate(NASTY):
        if query_tokens(text):
            assert 100 + number in found(index, text), text


def test_a_changed_name_is_no_longer_found_by_the_old_one(index):
    index.put(connection, [(1, document_of("苏州医院", romanise("苏州医院", person=False)))])
    assert found(index, "南京") == set()
    assert found(index, "苏州") == {1}


def test_a_removed_document_is_not_found(index):
    index.remove(connection, [1])
    assert found(index, "医院") == {4}
    index.clear(connection)
    assert found(index, "医院") == set()


def test_a_document_is_made_of_known_tokens():
    assert document_for("南京", "nan jing", "nj", ["A-12"]).split() == [
        "南", "京", "南京", "a", "12", "nanjing", "jing", "nj", "j",
    ]  # fmt: skip
