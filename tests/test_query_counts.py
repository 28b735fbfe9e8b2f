"""A list costs the same number of queries with one row and with three."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.time import day_of, month_of, now, today
from repertory.customers import actions
from repertory.customers.inputs import (
    Affiliate,
    Cover,
    GiveConsent,
    MergeCustomers,
    MoveStage,
    NoteDate,
    RecordDepartment,
    RecordKeyPerson,
    RecordLicence,
)
from repertory.customers.models import Customer, DuplicatePair, ProposedFact, TierProposal
from repertory.organisation.actions import assign, create_person, create_territory, issue_token
from repertory.organisation.inputs import Assign, CreatePerson, CreateTerritory, IssueToken
from repertory.organisation.models import User
from repertory.platform.models import CustomField, ExportRun, ImportRun, SavedView
from repertory.service.actions import answer_case
from repertory.service.inputs import AnswerCase
from repertory.visits.models import (
    AgreedAction,
    CallFrequency,
    Coaching,
    PersonalReport,
    ReportComment,
    ReportReading,
    SkillRating,
    Visit,
    VisitPlan,
    VisitProduct,
)
from tests.factories import materials as shelf
from tests.factories.archive import open_archive
from tests.factories.cases import open_case, report_event
from tests.factories.catalogue import add_pack, approve, draft, open_line, open_product, submit
from tests.policy.addresses import API, PUBLIC, WEB

WEEK = f"start={today()}&end={today() + timedelta(days=7)}"
PAGES = (
    "/",
    "/home/figures/",
    "/home/waiting/",
    "/home/dates/",
    "/customers/",
    "/customers/?q=医院",
    "/customers/incomplete/",
    "/customers/licences/",
    "/customers/facts/",
    "/customers/duplicates/",
    "/customers/tiers/",
    "/customers/composition/",
    "/products/",
    "/products/messages/",
    "/products/lines/",
    "/materials/",
    "/materials/approval/",
    "/materials/mine/",
    "/materials/samples/",
    "/cases/",
    "/cases/?late=1",
    "/cases/causes/",
    "/adverse-events/",
    "/visits/?status=done",
    "/visits/?sort=-day&attitude=trial",
    "/visits/columns/",
    "/visits/new/",
    "/visits/calendar/",
    "/visits/calendar/?team=1",
    f"/visits/calendar/data/?{WEEK}",
    f"/visits/calendar/data/?{WEEK}&team=1",
    "/visits/panels/today/",
    "/visits/panels/steps/",
    "/visits/team/",
    "/visits/panels/team/",
    "/visits/next/",
    "/visits/route/",
    "/visits/areas/",
    "/visits/frequencies/",
    "/visits/plans/",
    "/visits/reports/",
    "/visits/reports/write/daily/",
    "/visits/coaching/",
    "/visits/coaching/new/",
    "/settings/workdays/",
    "/people/",
    "/territories/",
    "/me/",
    "/me/calendar/",
    "/reminders/",
    "/reminders/bell/",
    "/reminders/settings/",
    "/settings/robots/",
    "/exchange/exports/",
    "/exchange/customers/import/",
)
TABS = ("archive", "people", "coverage", "licences", "preferences", "consents", "history", "files")
OF_AUDIT = (
    "/audit/",
    "/audit/?object_type=customer",
    "/settings/fields/",
    "/settings/rules/",
)
OF_API = (
    "me",
    "people",
    "territories",
    "assignments",
    "custom-fields",
    "policies",
    "audit-entries",
    "customers",
    "duplicates",
    "merges",
    "tier-proposals",
    "proposed-facts",
    "composition",
    "products",
    "usable-messages",
    "product-lines",
    "materials",
    "usable-materials",
    "handouts",
    "material-balances",
    "material-moves",
    "samples",
    "sample-lots",
    "sample-balances",
    "sample-moves",
    "cases",
    "case-causes",
    "adverse-events",
    "reminders",
    "visits",
    "visit-plans",
    "call-frequencies",
    "personal-reports",
    "personal-reports/composition",
    "coachings",
    "next-steps",
)


def more(at, number, person):
    """One more row in every list; of the person's own too."""
    customer = open_archive(at=at, territory="E1A", name=f"医院{number}号", stage="active")
    twin = open_archive(at=at, territory="E1A", name=f"医院{number}甲", stage="active")
    DuplicatePair.objects.create(first=customer, second=twin, score=80, found_at=at)
    TierProposal.objects.create(customer=customer, tier="A", score=90, proposed_at=at)
    ProposedFact.objects.create(customer=customer, field="phone", value="1", source="form", received_at=at)
    licence = RecordLicence(kind="medical", number=str(number), expires_on=day_of(at) + timedelta(days=9))
    actions.record_licence(actor=system_actor(), at=at, customer_id=customer.pk, data=licence)
    gone = open_archive(at=at, territory="E1A", name=f"医院{number}乙", stage="active")
    merge = MergeCustomers(kept=customer.pk, gone=gone.pk)
    actions.merge_customers(actor=system_actor(), at=at, data=merge)
    today = NoteDate(kind="other", month=day_of(at).month, day=day_of(at).day)
    actions.note_date(actor=system_actor(), at=at, customer_id=customer.pk, data=today)
    SavedView.objects.create(user=person, page="customers", name=f"视图{number}", query=f"tier=A&q={number}")
    CustomField.objects.create(object_type="customer", key=f"f{number}", label=f"字段{number}", kind="text")
    ImportRun.objects.create(kind="customers", file_name="a.csv", stored_as="", size_bytes=1, user=person, at=at)
    ExportRun.objects.create(kind="customers", file_name="a.csv", stored_as="", rows_expected=1, user=person, at=at)
    issue_token(actor=Actor(user=person, door=Door.WEB), at=at, data=IssueToken(name=f"t{number}"))
    line = open_line(at=at, code=f"L{number}")
    product = open_product(at=at, name=f"药品{number}", number=number, line=line.code)
    add_pack(product, at=at)
    approve(draft(product, at=at, valid_until=day_of(at)), at=at)
    submit(draft(product, at=at, title=f"待审{number}"), at=at)
    fill_bag(at, number, person, product, customer)
    visit_once_more(at, number, person, product, customer)
    case = open_case(customer, at=at - timedelta(days=20), actor=system_actor())
    answer = AnswerCase(result="好", cause=("supply", "price", "quality")[number - 1])
    answer_case(actor=system_actor(), at=at, case_id=case.pk, data=answer)
    report_event(customer, at=at)
    node = CreateTerritory(code=f"E1X{number}", name=f"辖区{number}", level="territory", parent="E1")
    create_territory(actor=system_actor(), at=at, data=node)
    username = f"person{number}"
    create_person(actor=system_actor(), at=at, data=CreatePerson(username=username, name=username))
    post = Assign(username=username, territory=node.code, role="rep", starts_on=day_of(at))
    assign(actor=system_actor(), at=at, data=post)


def fill_bag(at, number, person, product, customer):
    """A material in use and one that waits, copies and samples in the person's bag, one of each given."""
    version = shelf.usable_version(at=at, title=f"资料{number}", products=[product.code])
    shelf.submit(shelf.draft(shelf.open_material(at=at, title=f"待审资料{number}"), at=at), at=at)
    shelf.stock(version, at=at)
    shelf.issue_copies(version, at=at, to=person.username)
    lot = shelf.receive_lot(product.packs.get(), at=at)
    shelf.issue_samples(lot, at=at, to=person.username)
    if person.username != "auditor":
        giver = Actor(user=person, door=Door.WEB)
        shelf.hand_out(giver, customer, version, at=at)
        shelf.give(giver, customer, lot, at=at)


def visit_once_more(at, number, person, product, customer):
    """A visit that is planned today and one that took place, of the person or of the rep; a plan, a report with its
    reader and a comment, a coaching, a frequency."""
    seller = person if person.username == "rep" else User.objects.get(username="rep")
    of_it = {"customer": customer, "user": seller, "day": day_of(at), "door": "web", "created_at": at, "updated_at": at}
    hour = time(7 + number)
    VisitPlan.objects.create(user=seller, month=month_of(day_of(at)).start.replace(year=2000 + number), created_at=at)
    Visit.objects.create(status="planned", planned_on=day_of(at), planned_start=hour, **of_it)
    done = Visit.objects.create(status="done", starts_at=at, recorded_at=at, **of_it)
    VisitProduct.objects.create(visit=done, product=product, position=0, attitude="trial")
    day = day_of(at) - timedelta(days=number)
    report = PersonalReport.objects.create(
        user=seller, kind="daily", starts_on=day, ends_on=day + timedelta(days=1), figures={}, sent_at=at
    )
    superior = User.objects.get(username="boss")
    ReportReading.objects.create(report=report, user=superior)
    ReportComment.objects.create(report=report, user=superior, at=at, text="好")
    coaching = Coaching.objects.create(user=seller, coach=superior, on=day, observed="好", at=at)
    SkillRating.objects.create(coaching=coaching, skill="opening", score=4)
    AgreedAction.objects.create(coaching=coaching, text="练习")
    CallFrequency.objects.create(kind="hospital", per_month=number, starts_on=day)


def queries(browser, page):
    browser.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("username", ["rep", "boss", "auditor", "admin"])
def test_pages_cost_the_same_with_one_row_and_with_three(company, signed_in, username):
    at, browser, person = now(), signed_in(username), company.people[username]
    asked = [page for page in (*PAGES, *OF_AUDIT) if _is_there(page, username)]
    more(at, 1, person)
    with_one = {page: queries(browser, page) for page in asked}
    more(at, 2, person)
    more(at, 3, person)
    assert Customer.objects.filter(removed_at=None).count() == 6
    assert {page: queries(browser, page) for page in asked} == with_one


def _is_there(page, username):
    """By the written policy."""
    rule = WEB[resolve(page.partition("?")[0]).view_name]
    return rule.who == PUBLIC or username in rule.who


@pytest.mark.parametrize("username", ["rep", "admin"])
def test_lists_of_the_api_cost_the_same_with_one_row_and_with_three(company, client, username):
    at, person = now(), company.people[username]
    secret = issue_token(actor=company.actor(username), at=at, data=IssueToken(name="t"))[1]
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    asked = [f"/api/v1/{name}" for name in OF_API if username in API["GET", name].who]
    more(at, 1, person)
    with_one = {path: queries(client, path) for path in asked}
    more(at, 2, person)
    more(at, 3, person)
    assert {path: queries(client, path) for path in asked} == with_one


def test_rows_at_a_customer_cost_the_same_with_one_and_with_three(company, client, signed_in):
    at = now()
    secret = issue_token(actor=company.actor("boss"), at=at, data=IssueToken(name="t"))[1]
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    customer = open_archive(at=at, territory="E1A", name="多行医院")
    doctors = [open_archive(at=at, territory="E1A", name=f"医生{number}", kind="hcp") for number in range(3)]
    rows = ("coverages", "affiliations", "influences", "dates", "key-people", "departments", "consents", "licences")
    asked = [f"/api/v1/customers/{customer.pk}/{name}" for name in (*rows, "stage-changes")]
    tabs = [f"/customers/{customer.pk}/tab/{key}/" for key in TABS]
    hang_on(customer, doctors[0], at, 1)
    with_one = {path: queries(client, path) for path in asked} | {tab: queries(signed_in("boss"), tab) for tab in tabs}
    for number, doctor in enumerate(doctors[1:], 2):
        hang_on(customer, doctor, at, number)
    again = {path: queries(client, path) for path in asked} | {tab: queries(signed_in("boss"), tab) for tab in tabs}
    assert again == with_one


def hang_on(customer, doctor, at, number):
    """One more row of each kind."""
    of_it = {"actor": system_actor(), "at": at, "customer_id": customer.pk}
    actions.record_department(**of_it, data=RecordDepartment(name=f"科室{number}"))
    actions.record_key_person(**of_it, data=RecordKeyPerson(role="owner", name=f"人{number}"))
    actions.note_date(**of_it, data=NoteDate(kind="other", month=1, day=number))
    actions.record_licence(**of_it, data=RecordLicence(kind="other", number=str(number)))
    consent = GiveConsent(purpose="contact", channel="email", given_on=day_of(at), how="书面")
    actions.give_consent(**of_it, data=consent)
    link = Affiliate(person=doctor.pk, institution=customer.pk, role="kol")
    actions.affiliate(actor=system_actor(), at=at, data=link)
    territory = {1: "E1B", 2: "N1A", 3: "N1"}[number]
    actions.cover_customer(**of_it, data=Cover(territory=territory))
    actions.move_stage(**of_it, data=MoveStage(stage={1: "developing", 2: "active", 3: "dormant"}[number]))
