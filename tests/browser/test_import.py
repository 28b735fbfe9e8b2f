"""The import wizard on a phone's screen, from the file to the customers."""

import re

from playwright.sync_api import Page, expect

# A job does it, in a process of its own.
JOB_MS = 60_000
HEAD = "单位,类别,地址,员工人数,辖区,备注栏"
WRONG = f"{HEAD}\n浦东临港医院,银行,临港大道1号,三百,HD301,新院区\n浦东书院药店,药店,书院路2号,12,HD301,\n"
RIGHT = WRONG.replace("银行", "医院").replace("三百", "300")


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def upload(page: Page, text: str) -> None:
    """Choose the file and come to the second step."""
    file = {"name": "新客户.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_role("button", name="上传并对应列").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("第二步：对应列")


def count(page: Page, label: str) -> str:
    return page.locator("dl.facts > div", has=page.get_by_text(label, exact=True)).locator("dd").inner_text()


def test_a_file_with_errors_is_refused_mended_and_taken_on_a_phone(open_as):
    page = open_as("admin", width=390, height=844)
    page.goto("/exchange/customers/import/")
    assert fits(page)
    upload(page, WRONG)
    expect(page.get_by_label("“地址”导入为")).to_have_value("address")
    expect(page.get_by_label("“单位”导入为")).to_have_value("")
    page.get_by_label("“单位”导入为").select_option("name")
    page.get_by_label("“备注栏”导入为").select_option("alias")
    assert fits(page)

    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("有错误，没有导入", timeout=JOB_MS)
    errors = page.locator("section[aria-labelledby=heading-errors]")
    expect(errors.locator("tbody tr")).to_have_count(2)
    expect(errors).to_contain_text("没有“银行”这个选项")
    expect(errors).to_contain_text("“三百”不是数字")
    assert fits(page)
    with page.expect_download() as mended:
        page.get_by_role("link", name="下载待改正的表格").click()
    assert mended.value.suggested_filename.endswith(".xlsx")

    page.get_by_role("link", name="换一个文件").click()
    upload(page, RIGHT)
    page.get_by_label("“单位”导入为").select_option("name")
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("第三步：确认导入", timeout=JOB_MS)
    assert (count(page, "行数"), count(page, "新增")) == ("2", "2")
    assert fits(page)

    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("导入完成", timeout=JOB_MS)
    assert count(page, "新增") == "2"
    assert fits(page)
    page.goto("/customers/?q=浦东临港医院")
    page.get_by_role("link", name="浦东临港医院").click()
    page.wait_for_url(re.compile(r"/customers/\d+/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("浦东临港医院")
