"""A small report with one of everything."""

from decimal import Decimal as D

from repertory.reports.rendering.document import Band, Document, Figure, Head, Kind, Picture, Row, Section, Table

HEADS = (
    Head("name", "辖区"),
    Head("amount", "实际（元）", Kind.MONEY),
    Head("share", "达成率", Kind.SHARE),
)


def document(*, title: str = "达成报表", rows: int = 2, sections: tuple[Section, ...] = ()) -> Document:
    table = Table(
        HEADS,
        [Row((f"南京{at}", D(at) + D("0.12345"), None if at else D("0.5"))) for at in range(rows)],
        Row(("合计", D("1.2469"), D("0.25"))),
        empty="没有数据",
    )
    figures = (Figure("amount", "实际", D("1.2469"), Kind.MONEY, "同比 +3%", "good"), Figure("rows", "行数", 1200))
    bars = Picture("bars", ["华东", "华南"], [("达成率", [D("0.83"), D("-0.1")])], Kind.SHARE, mark=("时间", D("0.7")))
    lines = Picture(
        "lines",
        ["2026-01", "2026-02"],
        [("实际", [D(5), None]), ("预测", [D(5), D(6)])],
        band=Band("80% 区间", [None, D(4)], [None, D(9)]),
    )
    stacked = Picture("stacked", ["一月", "二月"], [("甲", [D(1), D(2)]), ("乙", [D(3), D(0)])])
    every = (
        Section("sum", "总体", figures, ("趋势：持平",)),
        Section("bars", "各大区达成如何？", picture=bars, table=table),
        Section("lines", "会到多少？", picture=lines),
        Section("stacked", "各产品占多少？", picture=stacked),
    )
    return Document("attainment", title, "2026", "华东大区", "rep01 2026-03-05 12:00", sections or every, ("说明",))
