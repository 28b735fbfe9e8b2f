"""A file that was made with the interface in one language comes back with it in another."""

from collections import defaultdict
from pathlib import Path

import pytest
from django.utils import translation

from repertory.core.actor import Actor, system_actor
from repertory.core.wording import every_wording
from repertory.customers.importing.columns import customer_columns
from repertory.platform.exchange.columns import Column
from repertory.platform.exchange.commands import export_file, import_file
from repertory.platform.exchange.exporting import write_kind_template
from repertory.platform.exchange.kinds import Kind, all_kinds, kind_named
from repertory.platform.exchange.values import reader_of
from repertory.platform.spreadsheets.headers import normal_label
from tests.factories.archive import open_archive

FROM_TO = (("en", "zh-hans"), ("zh-hans", "en"))


def open_one_with_every_choice(at) -> None:
    """A customer whose every field of choices says its last one."""
    chosen = {
        column.key: column.choices[-1][0]
        for column in customer_columns(system_actor())
        if column.choices and column.key not in ("kind", "name")
    }
    open_archive(at=at, territory="E1A", name="上海浦东门诊", kind="partner", county_code="310115", **chosen)


def kinds_with_choices() -> list[Kind]:
    return [kind for kind in all_kinds() if any(column.choices for column in kind.columns(system_actor()))]


@pytest.mark.parametrize(("made_in", "taken_in"), FROM_TO)
def test_all_customers_come_back_unchanged_in_the_other_language(company, archive, at, tmp_path, made_in, taken_in):
    open_one_with_every_choice(at)
    path = tmp_path / "customers.csv"
    with translation.override(made_in):
        count = export_file(actor=company.actor("boss"), at=at, kind_name="customers", path=path)
    assert ("名称" in path.read_text("utf-8-sig").splitlines()[0]) is (made_in == "zh-hans")
    with translation.override(taken_in):
        result = import_file(actor=system_actor(), at=at, kind_name="customers", path=path)
    assert (result.errors, result.warnings) == ([], [])
    assert (result.rows, result.unchanged) == (count, count)


@pytest.mark.parametrize("kind", ["people", "territories", "licences", "coverage"])
@pytest.mark.parametrize(("made_in", "taken_in"), FROM_TO)
def test_so_do_the_kinds_that_come_row_by_row(company, archive, at, tmp_path, kind, made_in, taken_in):
    path = tmp_path / f"{kind}.csv"
    with translation.override(made_in):
        count = export_file(actor=company.actor("admin"), at=at, kind_name=kind, path=path)
    with translation.override(taken_in):
        result = import_file(actor=company.actor("admin"), at=at, kind_name=kind, path=path)
    assert (result.errors, result.warnings) == ([], [])
    assert (result.rows, result.unchanged) == (count, count)
    assert count > 0


def test_fixed_values_and_mapped_columns_may_be_said_in_the_other_language(company, at, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Institution,Road\n扬州第一医院,一路\n")
    with translation.override("en"):
        result = import_file(
            actor=system_actor(),
            at=at,
            kind_name="customers",
            path=path,
            columns={"Institution": "名称", "Road": "地址"},
            fixed={"类别": "医院/诊所", "阶段": "潜在"},
        )
    assert (result.errors, result.created) == ([], 1)


@pytest.mark.parametrize(("made_in", "taken_in"), FROM_TO)
def test_a_survey_may_say_a_choice_by_its_label(company, archive, at, tmp_path, made_in, taken_in):
    column = next(one for one in kind_named("surveys").columns(system_actor()) if one.key == "contact_preference")
    with translation.override(made_in):
        head, said = str(column.label), str(column.choices[0][1])
    path = tmp_path / "survey.csv"
    path.write_text(f"customer,{head}\n{archive.doctor.code},{said}\n")
    with translation.override(taken_in):
        result = import_file(actor=company.actor("boss"), at=at, kind_name="surveys", path=path)
    assert (result.errors, result.created) == ([], 1)
    assert archive.doctor.proposed_facts.get().value == column.choices[0][0]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_name_means_two_columns_of_a_kind_in_any_language(db, language):
    with translation.override(language):
        for kind in all_kinds():
            meant: defaultdict[str, set[str]] = defaultdict(set)
            for column in _importable(kind):
                for name in column.names:
                    meant[normal_label(name)].add(column.key)
            assert [(kind.name, name, keys) for name, keys in meant.items() if len(keys) > 1] == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_label_of_a_choice_means_that_choice_in_any_language(db, language):
    for kind in kinds_with_choices():
        for column in kind.columns(system_actor()):
            with translation.override(language):
                read = reader_of("choice", column.choices)
            for code, label in column.choices:
                assert {read(word) for word in (code, *every_wording(label))} == {code}


@pytest.mark.parametrize(("language", "label"), [("en", "Name"), ("zh-hans", "名称")])
def test_a_template_speaks_the_language_of_the_person(company, tmp_path: Path, language, label):
    with translation.override(language):
        column = next(one for one in _importable(kind_named("customers")) if one.key == "name")
        assert column.for_template().label == label
        write_kind_template(actor=company.actor("boss"), kind=kind_named("customers"), path=tmp_path / "t.xlsx")
    assert (tmp_path / "t.xlsx").stat().st_size > 0


def _importable(kind: Kind, actor: Actor | None = None) -> list[Column]:
    return [column for column in kind.columns(actor or system_actor()) if column.imported]
