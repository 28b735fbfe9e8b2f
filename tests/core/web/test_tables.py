from types import SimpleNamespace

from repertory.core.web.tables import Column, Table, tag

NAME = Column("name", "名称", lambda row: row.name, sort=True, title=True)
CITY = Column("city", "城市", lambda row: row.city)
ROW = SimpleNamespace(pk=7, name="鼓楼<医院>", city='"南京"')


def test_cells_are_escaped_and_the_title_links_to_the_row():
    table = Table(columns=[NAME, CITY], rows=[ROW], caption="客户", url=lambda row: f"/customers/{row.pk}/?a=1&b=2")
    assert table.body == (
        '<tr data-href="/customers/7/?a=1&amp;b=2">'
        '<td class="col-title" data-label="名称"><a href="/customers/7/?a=1&amp;b=2">鼓楼&lt;医院&gt;</a></td>'
        '<td data-label="城市">&quot;南京&quot;</td></tr>'
    )


def test_a_row_that_can_be_chosen_says_its_name_to_a_screen_reader():
    table = Table(columns=[CITY], rows=[ROW], caption="客户", bulk="bulk", name=lambda row: row.name)
    assert 'value="7" form="bulk" aria-label="选择 鼓楼&lt;医院&gt;"' in table.body


def test_a_header_sorts_the_other_way_when_it_sorts_already():
    def next_sorts(sort):
        table = Table(columns=[NAME, CITY], rows=[], caption="客户", sort=sort)
        return [(head.order, head.next_sort) for head in table.headers]

    assert next_sorts("") == [("", "name"), ("", "")]
    assert next_sorts("name") == [("ascending", "-name"), ("", "")]
    assert next_sorts("-name") == [("descending", "name"), ("", "")]


def test_a_tag_escapes_its_word_and_is_nothing_without_one():
    assert tag("<b>", "good") == '<span class="tag tag-good">&lt;b&gt;</span>'
    assert tag("") == ""
