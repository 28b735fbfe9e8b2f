"""A distributor's flow file in the hands of finance, from the wizard to the closed month."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_import import JOB_MS, count

# Before the demo company's own ledger begins.
MONTH = "2020-01"
SELLER = "西安安信药业贸易有限公司"
HOSPITAL = "西安未央区中心医院"
WRITTEN = "西安未央区中心医院老院区"
HEAD = "开票日期,购货单位,品名,规格,单位,数量,含税金额,业务员"


def flow(quantity: int, amount: str) -> str:
    return f"{HEAD}\n2020/1/9,{WRITTEN},阿托伐他汀钙片,20mg 7片×4板/盒,盒,{quantity},{amount},张三\n"


def check(page: Page, text: str, heading: str) -> None:
    """Up to what the check of the file says."""
    page.goto("/exchange/flow/import/")
    file = {"name": "一月流向.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_role("button", name="上传并对应列").click()
    expect(page.get_by_label("“购货单位”导入为")).to_have_value("customer")
    page.get_by_label("所有行的“商业公司”都填").fill(SELLER)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=JOB_MS)


def test_a_flow_file_is_imported_its_name_explained_and_the_month_closed_for_good(open_as):
    page = open_as("finance")
    check(page, flow(12, "444.00"), "第三步：确认导入")
    assert count(page, "待对应") == "1"
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("导入完成", timeout=JOB_MS)

    page.goto("/sales/names/customer/")
    waiting = page.get_by_role("row", name=WRITTEN)
    waiting.get_by_role("button", name=re.compile(rf"^{HOSPITAL} \d+%$")).click()
    expect(page.get_by_text("已记住，1 行已入账。")).to_be_visible()
    expect(page.get_by_role("row", name=WRITTEN)).to_have_count(0)

    page.goto(f"/sales/entries/?month_from={MONTH}&month_to={MONTH}")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(HOSPITAL)
    expect(rows).to_contain_text("444.00")

    page.goto(f"/sales/files/?month={MONTH}")
    page.get_by_role("button", name="月结").click()
    page.get_by_role("dialog").get_by_role("button", name="月结").click()
    expect(page.get_by_role("cell", name="已月结")).to_be_visible()

    check(page, flow(15, "555.00"), "有错误，没有导入")
    expect(page.locator("section[aria-labelledby=heading-errors]")).to_contain_text(f"{MONTH} 已经月结，不能再改")
    page.goto(f"/sales/entries/?month_from={MONTH}&month_to={MONTH}")
    expect(rows).to_contain_text("444.00")
