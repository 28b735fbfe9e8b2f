"""What a material is found by. Materials are few: the column is read through."""

from repertory.core.pinyin import romanise
from repertory.core.text import normalise
from repertory.materials.models import Material

LONGEST_READINGS = 5


def search_text(material: Material) -> str:
    """Title, its pinyin and initials in every plausible reading, code; a line each."""
    reading = romanise(material.title, person=False)
    readings = ["".join(full) for full in (reading.full, *reading.alternatives)[:LONGEST_READINGS]]
    parts = [material.title, material.code, *readings, *reading.all_initials]
    return "\n".join(dict.fromkeys(filter(None, map(normalise, parts))))


def sort_key(material: Material) -> str:
    return (romanise(material.title, person=False).spaced or material.title)[:240]
