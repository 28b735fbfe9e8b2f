"""The company for benchmarks: what comes in by bulk paths is as whole as if it had come one by one."""

from tests.faults.installation import new_installation

COUNTS = """
import json, django
django.setup()
from repertory.sales.models import Entry
from repertory.visits.models import Visit
print(json.dumps([Visit.objects.count(), Entry.objects.count()]))
"""


def test_everything_that_is_verified_holds_for_it(tmp_path):
    with new_installation(tmp_path) as large:
        sizes = ("--customers", "400", "--visits", "300", "--sales", "2000")
        made = large.run("demo", "--size", "large", *sizes)
        assert made.returncode == 0, made.stderr
        assert large.script(COUNTS) == [300, 2_000]
        assert large.problems() == []
