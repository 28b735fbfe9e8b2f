"""The English of the program: complete, fitting, and without Chinese punctuation."""

import re

from tools.messages import all_messages, load, problems

CHINESE_PUNCTUATION = re.compile(r"[，。、；：？！（）《》]")


def english_of(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_text_of_the_program_has_its_english():
    assert problems(load(), all_messages()) == []


def test_english_texts_have_no_chinese_punctuation():
    assert [text for message in load() for text in english_of(message) if CHINESE_PUNCTUATION.search(text)] == []
