"""Shapes of the API have names of their own: two of one name would be one in the document, and wrong for one of them."""

from collections import Counter

from pydantic import BaseModel

from repertory.config.api import api


def test_no_two_shapes_share_a_name():
    api.get_openapi_schema()
    shapes, found = [BaseModel], set()
    while shapes:
        for shape in shapes.pop().__subclasses__():
            if shape.__module__.startswith("repertory.") and "." not in shape.__qualname__:
                found.add((shape.__name__, shape.__module__))
            shapes.append(shape)
    assert [name for name, count in Counter(name for name, _module in found).items() if count > 1] == []
