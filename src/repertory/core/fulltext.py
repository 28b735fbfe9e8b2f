"""Search inside names by any part, by pinyin, by initials, by the digits of a phone or a code; on both databases alike.

A document is a list of tokens made here, so that a database only has to find whole tokens and beginnings of tokens:
南京医院 → 南 京 医 院 南京 京医 医院, and what sounds from each syllable on: nanjingyiyua jingyiyuan … njyy jyy yy y.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from repertory.core.pinyin import Reading
from repertory.core.text import bigrams, normalise

MAX_BEGINNING = 12
"""Characters kept of a token: enough to tell names apart while somebody types."""
MAX_NUMBER = 20
ENDINGS = (4, 6, 8)
"""How many digits at the end of a number find it too: people remember the last four of a phone."""
MAX_QUERY_TOKENS = 24

_CJK = "぀-ヿ㐀-䶿一-鿿가-힣"
_PIECE = re.compile(rf"([{_CJK}]+)|([a-z0-9]+)|([^\W_]+?(?=[{_CJK}a-z0-9]|[\W_]|$))")
_SAFE_CHARACTERS = "a-z0-9ぁ-ゖァ-ヺー㐀-䶵一-鿌가-힣"
_SAFE = re.compile(f"[{_SAFE_CHARACTERS}]+")
_SAFE_DOCUMENT = re.compile(f"[{_SAFE_CHARACTERS} ]*")
_NOT_DIGIT = re.compile("[^0-9]+")

Query = tuple[str, list[Any]]


def document_for(name: str, pinyin: str, initials: str, extra: Sequence[str] = ()) -> str:
    """Tokens of a name, separated by spaces.

    pinyin: syllables separated by spaces, several readings by commas ("shan le,dan le"). initials: several by commas.
    extra: further texts by which it is found: codes, phones, former names. Never a private field.
    """
    tokens: dict[str, None] = {}
    for text in (name, *extra):
        _add_text(tokens, text)
    for reading in pinyin.split(","):
        syllables = reading.split()
        for start in range(len(syllables)):
            tokens["".join(syllables[start : start + MAX_BEGINNING])[:MAX_BEGINNING]] = None
    for letters in initials.split(","):
        for start in range(len(letters)):
            tokens[letters[start : start + MAX_BEGINNING]] = None
    tokens.pop("", None)
    document = " ".join(tokens)
    return document if _SAFE_DOCUMENT.fullmatch(document) else " ".join(map(_plain, tokens))


def document_of(name: str, reading: Reading, extra: Sequence[str] = ()) -> str:
    """As document_for, with all readings of a name."""
    readings = ",".join(" ".join(full) for full in (reading.full, *reading.alternatives))
    return document_for(name, readings, ",".join(reading.all_initials), extra)


def query_tokens(text: str) -> list[tuple[str, bool]]:
    """What a document must have for what somebody typed: (token, whether only its beginning is meant). All of them."""
    tokens: dict[tuple[str, bool], None] = {}
    for cjk, word, other in _PIECE.findall(normalise(text)):
        if cjk:
            tokens |= {(_plain(pair), False): None for pair in bigrams(cjk)}
        else:
            token = word or other
            tokens[(_plain(token[: MAX_NUMBER if token.isdigit() else MAX_BEGINNING]), True)] = None
    return list(islice(tokens, MAX_QUERY_TOKENS))


class FullTextIndex:
    """A table of documents by id: FTS5 on SQLite, a GIN index on PostgreSQL. Written in the transaction of the row."""

    def __init__(self, table: str) -> None:
        if not re.fullmatch(r"[a-z_][a-z0-9_]*", table):
            raise ValueError("a table is named in small letters")
        self.table = table

    def create_sql(self, vendor: str) -> list[str]:
        """Statements for a migration; vendor as Django's connection.vendor."""
        if vendor == "postgresql":
            return [
                f"CREATE TABLE {self.table} (id bigint PRIMARY KEY, document tsvector NOT NULL)",
                f"CREATE INDEX {self.table}_document ON {self.table} USING gin (document)",
            ]
        return [
            f"CREATE VIRTUAL TABLE {self.table} USING fts5("
            "document, detail=none, columnsize=0, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')"
        ]

    def drop_sql(self) -> list[str]:
        return [f"DROP TABLE IF EXISTS {self.table}"]

    def put(self, connection: BaseDatabaseWrapper, rows: Iterable[tuple[int, str]], *, new: bool = False) -> None:
        """Set the documents of some ids, those they had are replaced. new: none of them has a document yet."""
        batch = list(rows)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.executemany(
                    f"INSERT INTO {self.table} (id, document) VALUES (%s, array_to_tsvector(%s))"
                    " ON CONFLICT (id) DO UPDATE SET document = excluded.document",
                    [(key, document.split()) for key, document in batch],
                )
            else:
                if not new:
                    self.remove(connection, [key for key, _document in batch])
                cursor.executemany(f"INSERT INTO {self.table} (rowid, document) VALUES (%s, %s)", batch)

    def remove(self, connection: BaseDatabaseWrapper, ids: Iterable[int]) -> None:
        """Forget the documents of some ids."""
        column = "id" if connection.vendor == "postgresql" else "rowid"
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self.table} WHERE {column} = %s", [(key,) for key in ids])

    def clear(self, connection: BaseDatabaseWrapper) -> None:
        """Forget everything, before a rebuild."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table}")

    def match_sql(self, text: str, *, vendor: str) -> Query | None:
        """A SELECT of the ids whose documents have all that `text` asks for, and its parameters.

        None where nothing in the text can be searched for (empty, only signs). Safe for any text: operators are
        dropped with all other signs, and the query goes as a parameter.
        """
        tokens = query_tokens(text)
        if not tokens:
            return None
        if vendor == "postgresql":
            query = " & ".join(f"'{token}':*" if beginning else f"'{token}'" for token, beginning in tokens)
            return f"SELECT id FROM {self.table} WHERE document @@ %s::tsquery", [query]
        query = " AND ".join(f'"{token}"*' if beginning else f'"{token}"' for token, beginning in tokens)
        return f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s", [query]

    def matches(self, connection: BaseDatabaseWrapper, text: str, *, at_a_time: int) -> Iterator[list[int]]:
        """The ids of match_sql, some at a time. A caller that stops early spares the database the rest; SQLite finds them
        one by one, PostgreSQL all of them and hands them over in twenty times larger parts."""
        match = self.match_sql(text, vendor=connection.vendor)
        if match is None:
            return
        with connection.chunked_cursor() as cursor:
            cursor.execute(*match)
            while rows := cursor.fetchmany(at_a_time):
                yield [key for (key,) in rows]


def _add_text(tokens: dict[str, None], text: str) -> None:
    for cjk, word, other in _PIECE.findall(normalise(text)):
        if cjk:
            tokens |= dict.fromkeys(cjk)
            tokens |= dict.fromkeys(bigrams(cjk))
        elif word:
            tokens[word[:MAX_NUMBER]] = None
        else:
            tokens[other[:MAX_BEGINNING]] = None
    digits = _NOT_DIGIT.sub("", text)
    if digits:
        tokens[digits[:MAX_NUMBER]] = None
        tokens |= dict.fromkeys(digits[-length:] for length in ENDINGS)


def _plain(token: str) -> str:
    """The token itself where every tokenizer keeps it whole, else its code points spelled in letters and digits."""
    if token.isascii() or _SAFE.fullmatch(token):
        return token
    return "".join(character if character.isascii() else f"u{ord(character):05x}" for character in token)
