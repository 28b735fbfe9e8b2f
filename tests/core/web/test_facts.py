from repertory.core.web.facts import Fact, facts_list


def test_facts_are_escaped_and_empty_ones_show_a_dash():
    shown = facts_list([Fact("名称", "<b>", wide=True), Fact("机构", "鼓楼&", url="/customers/1/?a=1&b"), Fact("电话")])
    assert shown == (
        '<dl class="facts"><div class="wide"><dt>名称</dt><dd>&lt;b&gt;</dd></div>'
        '<div><dt>机构</dt><dd><a href="/customers/1/?a=1&amp;b">鼓楼&amp;</a></dd></div>'
        '<div><dt>电话</dt><dd class="none">—</dd></div></dl>'
    )
