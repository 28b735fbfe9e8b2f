"""A list of hospitals as it is published: headings of its own, in GB18030, names that stand twice, places at 0,0."""

from pathlib import Path

import pytest

from repertory.core.actor import Door, system_actor
from repertory.customers.models import Customer
from repertory.platform.exchange.commands import import_file

pytestmark = pytest.mark.django_db
COLUMNS = {"name": "name", "address": "address", "longitude_wgs84": "longitude", "latitude_wgs84": "latitude"}
LIST = """name,address,longitude_wgs84,latitude_wgs84
青州市人民医院,山东省潍坊市青州市玲珑山中路1726号,118.4709,36.6858
临江市中医院,吉林省白山市临江市新市街1号,126.9181,41.8119
青州市人民医院,江苏省南京市玄武区龙蟠路9号,118.7999,32.0899
远山县医院,云南省昆明市盘龙区白云路2号,0,0
"""


@pytest.fixture
def run(at, tmp_path):
    def import_list(encoding: str):
        path: Path = tmp_path / f"{encoding}.csv"
        path.write_text(LIST, encoding=encoding)
        given = {"fixed": {"kind": "hospital"}, "columns": COLUMNS}
        return import_file(actor=system_actor(Door.IMPORT), at=at, kind_name="customers", path=path, **given)

    return import_list


def test_the_same_list_in_another_encoding_changes_nothing_and_a_name_alone_merges_nothing(run):
    first = run("gb18030")
    assert (first.created, first.updated, first.errors) == (4, 0, [])
    assert [(one["row"], one["code"]) for one in first.warnings] == [(5, "position_emptied")]
    assert len(first.duplicates) == 1
    assert Customer.objects.filter(name="青州市人民医院").count() == 2
    second = run("utf-8")
    assert (second.created, second.updated, second.unchanged, second.errors) == (0, 0, 4, [])
