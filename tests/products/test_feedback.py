"""Suggestions of the field with their answers, and the plan of development. M-PRO-4."""

import json

import pytest

from repertory.core.actor import Door, system_actor
from repertory.core.errors import InvalidInput, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.inputs import read_input
from repertory.platform.reminders.actions import refresh_rule
from repertory.platform.reminders.queries import open_reminders
from repertory.products import access, actions
from repertory.products.inputs import AnswerSuggestion, PlanMilestone, ReviseMilestone, SuggestChange
from repertory.products.models import DevelopmentNote, ProductSuggestion


@pytest.fixture
def suggestion(company, product, at):
    """The rep's."""
    data = SuggestChange(kind="pack", text="希望有 28 片装", customer_id=7)
    return actions.suggest_change(actor=company.actor("rep"), at=at, product_id=product.pk, data=data)


def answer(company, suggestion, at, who="product", **said):
    data = read_input(AnswerSuggestion, said)
    return actions.answer_suggestion(actor=company.actor(who), at=at, suggestion_id=suggestion.pk, data=data)


def test_a_suggestion_is_considered_and_answered_and_its_author_reminded(company, suggestion, at):
    assert answer(company, suggestion, at, state="considered").state == "considered"
    found = answer(company, suggestion, at, state="adopted", answer="明年上市")
    assert (found.state, found.answer, found.answered_by.username) == ("adopted", "明年上市", "product")
    refresh_rule(actor=system_actor(Door.JOB), at=at, key="reminders.suggestion_answered")
    told = [one.text for one in open_reminders(actor=company.actor("rep"), at=at)]
    assert told == ["您对 阿托伐他汀钙片 的改进建议已采纳，请看答复"]


def test_what_is_answered_stays_answered(company, suggestion, at):
    answer(company, suggestion, at, state="declined", answer="成本过高")
    with pytest.raises(RuleViolation):
        answer(company, suggestion, at, state="adopted", answer="改主意")
    with pytest.raises(Stale):
        answer(company, suggestion, at, state="adopted", answer="改主意", version=1)


def test_an_end_without_words_is_refused(company, suggestion, at):
    with pytest.raises(InvalidInput):
        answer(company, suggestion, at, state="declined")


def test_the_author_the_leaders_and_the_company_see_it(company, suggestion):
    seen = {who for who in company.people if access.visible_suggestions(company.actor(who)).exists()}
    assert seen == {"rep", "supervisor", "manager", "boss", "product", "marketer", "finance", "admin", "auditor"}


def test_only_product_people_answer_and_the_auditor_proposes_nothing(company, suggestion, product, at):
    for username in ("rep", "boss", "marketer"):
        with pytest.raises(NotAllowed):
            answer(company, suggestion, at, who=username, state="considered")
    with pytest.raises(NotFound):
        answer(company, suggestion, at, who="teammate", state="considered")
    with pytest.raises(NotAllowed):
        data = SuggestChange(kind="pack", text="大包装")
        actions.suggest_change(actor=company.actor("auditor"), at=at, product_id=product.pk, data=data)


def test_the_pages_take_and_show_them(company, product, signed_in):
    rep, manager = signed_in("rep"), signed_in("product")
    rep.post(f"/products/{product.pk}/suggestions/new/", {"kind": "form", "text": "口崩片"})
    found = ProductSuggestion.objects.get()
    assert "口崩片" in rep.get(f"/products/{product.pk}/?tab=feedback").content.decode()
    assert "口崩片" in manager.get("/products/suggestions/?state=new").content.decode()
    address = f"/products/suggestions/{found.pk}/answer/"
    refused = manager.post(address, {"state": "declined", "answer": "", "version": 1})
    assert refused.status_code == 422
    manager.post(address, {"state": "declined", "answer": "工艺不成熟", "version": 1})
    assert "工艺不成熟" in rep.get(f"/products/suggestions/{found.pk}/").content.decode()
    assert "口崩片" not in signed_in("teammate").get("/products/suggestions/").content.decode()


def test_milestones_are_planned_and_reached_and_not_for_the_field(company, product, signed_in, at):
    actor = company.actor("product")
    data = PlanMilestone(due_on="2027-03-31", title="28 片装备案")
    found = actions.plan_milestone(actor=actor, at=at, product_id=product.pk, data=data)
    reached = ReviseMilestone(done_on="2027-03-01", version=1)
    found = actions.revise_milestone(actor=actor, at=at, milestone_id=found.pk, data=reached)
    assert (str(found.done_on), found.title, found.version) == ("2027-03-01", "28 片装备案", 2)
    assert "28 片装备案" in signed_in("boss").get(f"/products/{product.pk}/?tab=feedback").content.decode()
    assert "28 片装备案" not in signed_in("rep").get(f"/products/{product.pk}/?tab=feedback").content.decode()
    with pytest.raises(NotAllowed):
        actions.plan_milestone(actor=company.actor("boss"), at=at, product_id=product.pk, data=data)
    with pytest.raises(NotFound):
        actions.revise_milestone(actor=company.actor("rep"), at=at, milestone_id=found.pk, data=reached)
    assert DevelopmentNote.objects.count() == 1


def test_the_api_does_the_same(company, product, signed_in):
    client = signed_in("product")
    path = f"/api/v1/products/{product.pk}/suggestions"
    body = {"kind": "supply", "text": "断货"}
    made = client.post(path, json.dumps(body), content_type="application/json")
    assert (made.status_code, made.json()["state"], made.json()["asked_by"]) == (201, "new", "product")
    listed = client.get(f"/api/v1/product-suggestions?state=new&product={product.code}").json()
    assert [row["text"] for row in listed["items"]] == ["断货"]
