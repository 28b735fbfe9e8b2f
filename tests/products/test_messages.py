"""Key messages: versions, approval by another person, expiry, withdrawal. M-PRO-1, M-LAW-1."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from repertory.core.actor import system_actor
from repertory.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.organisation.actions import set_policy
from repertory.platform.models import AuditEntry
from repertory.products import actions, usability
from repertory.products.choices import MESSAGE_TRANSITIONS, MessageState, Standing
from repertory.products.inputs import DecideMessage, DraftMessage, MoveProductStage, ReviseMessage, WithdrawMessage
from repertory.products.models import KeyMessage, MessageVersion
from repertory.products.queries.product import expiring_messages, usable_versions, waiting_messages
from repertory.products.rules import latest_end
from tests.factories.catalogue import WORDING, approve, draft, open_product, submit

DAY = timedelta(days=1)


def standing_on(version, day):
    found = MessageVersion.objects.select_related("message__product").get(pk=version.pk)
    listed = MessageVersion.objects.filter(usability.usable_on(day), pk=version.pk).exists()
    assert listed == usability.is_usable(found, on=day)
    return usability.standing(found, on=day)


def decide(company, at, version, username="marketer", **facts):
    data = read_input(DecideMessage, {"approve": True, **facts})
    return actions.decide_message(actor=company.actor(username), at=at, version_id=version.pk, data=data)


def next_version(version, at, **facts):
    data = DraftMessage(**{**WORDING, **facts})
    return actions.draft_next_version(actor=system_actor(), at=at, message_id=version.message_id, data=data)


def withdraw(version, at):
    data = WithdrawMessage(reason="说明书已改")
    return actions.withdraw_message(actor=system_actor(), at=at, version_id=version.pk, data=data)


def test_a_message_goes_from_draft_over_approval_by_another_into_use(company, at, product):
    version = draft(product, at=at, actor=company.actor("product"))
    assert standing_on(version, day_of(at)) == Standing.NOT_APPROVED
    submit(version, at=at, actor=company.actor("product"))
    assert [row.pk for row in waiting_messages(actor=company.actor("marketer"))] == [version.pk]
    approved = decide(company, at, version)
    assert (approved.state, approved.valid_from, approved.valid_until) == (
        "approved",
        day_of(at),
        latest_end(day_of(at)),
    )
    assert standing_on(version, day_of(at)) == Standing.USABLE
    verbs = AuditEntry.objects.filter(object_type="product", object_id=product.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True))[1:] == [
        "message_drafted",
        "message_submitted",
        "message_decided",
    ]


def test_nobody_approves_a_wording_of_their_own(company, at, product):
    marketer = company.actor("marketer")
    version = draft(product, at=at, actor=marketer)
    submit(version, at=at, actor=company.actor("product"))
    with pytest.raises(NotAllowed) as refused:
        decide(company, at, version)
    assert refused.value.code == "own_request"
    assert decide(company, at, version, username="admin").state == "approved"
    author = version.author_id
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageVersion.objects.filter(pk=version.pk).update(decided_by_id=author)


def test_who_mends_a_returned_wording_does_not_approve_it(company, at, product):
    version = draft(product, at=at, actor=company.actor("admin"))
    submit(version, at=at)
    with pytest.raises(RuleViolation) as refused:
        decide(company, at, version, approve=False)
    assert refused.value.field == "note"
    assert decide(company, at, version, approve=False, note="依据不足").state == "returned"
    mended = ReviseMessage(**WORDING | {"text": "改过的内容"})
    actions.revise_draft(actor=company.actor("marketer"), at=at, version_id=version.pk, data=mended)
    submit(version, at=at)
    for username in ("marketer", "admin"):
        with pytest.raises(NotAllowed):
            decide(company, at, version, username=username)
    approved = actions.decide_message(
        actor=system_actor(), at=at, version_id=version.pk, data=DecideMessage(approve=True)
    )
    assert approved.text == "改过的内容"


@pytest.mark.parametrize("username", ["rep", "supervisor", "boss", "finance", "auditor"])
def test_who_has_no_part_in_messages_changes_none(company, at, product, username):
    actor = company.actor(username)
    version = approve(draft(product, at=at), at=at)
    with pytest.raises(NotAllowed):
        actions.draft_message(actor=actor, at=at, product_id=product.pk, data=DraftMessage(**WORDING))
    with pytest.raises(NotAllowed):
        actions.draft_next_version(actor=actor, at=at, message_id=version.message_id, data=DraftMessage(**WORDING))
    with pytest.raises(NotAllowed):
        actions.withdraw_message(actor=actor, at=at, version_id=version.pk, data=WithdrawMessage(reason="不用了"))


def test_a_product_manager_does_not_approve(company, at, product):
    version = submit(draft(product, at=at), at=at)
    with pytest.raises(NotAllowed):
        decide(company, at, version, username="product")


def test_a_draft_is_not_there_for_the_field(company, at, product):
    version = draft(product, at=at)
    with pytest.raises(NotFound):
        actions.submit_message(actor=company.actor("rep"), at=at, version_id=version.pk)


def test_without_evidence_or_approval_number_nothing_is_submitted(company, at, product):
    bare = draft(product, at=at, evidence="")
    with pytest.raises(RuleViolation) as refused:
        submit(bare, at=at)
    assert (refused.value.code, refused.value.field) == ("evidence_missing", "evidence")
    early = draft(open_product(at=at, name="研发中的片"), at=at)
    with pytest.raises(RuleViolation) as refused:
        submit(early, at=at)
    assert refused.value.code == "approval_missing"


def test_an_approved_wording_is_never_edited_or_thrown_away(company, at, product):
    version = approve(draft(product, at=at), at=at)
    with pytest.raises(RuleViolation):
        actions.revise_draft(
            actor=system_actor(), at=at, version_id=version.pk, data=ReviseMessage(**WORDING | {"text": "别的"})
        )
    with pytest.raises(RuleViolation):
        actions.discard_draft(actor=system_actor(), at=at, version_id=version.pk)


def test_a_draft_is_revised_and_thrown_away_with_its_message(company, at, product):
    version = draft(product, at=at)
    shorter = ReviseMessage(**WORDING | {"title": "短", "version": 1})
    revised = actions.revise_draft(actor=company.actor("product"), at=at, version_id=version.pk, data=shorter)
    assert (revised.title, revised.version) == ("短", 2)
    with pytest.raises(Stale):
        older = ReviseMessage(**WORDING | {"title": "旧", "version": 1})
        actions.revise_draft(actor=company.actor("product"), at=at, version_id=version.pk, data=older)
    actions.discard_draft(actor=company.actor("product"), at=at, version_id=version.pk)
    assert not KeyMessage.objects.exists()


def test_a_new_version_takes_the_place_of_the_old_and_leaves_its_days_alone(company, at, product):
    today = day_of(at)
    first = approve(draft(product, at=at), at=at - 40 * DAY)
    second = next_version(first, at, text="新的内容")
    assert second.number == 2
    with pytest.raises(Conflict):
        next_version(first, at)
    assert standing_on(first, today) == Standing.USABLE
    submit(second, at=at)
    decide(company, at, second, valid_from=today + 10 * DAY)
    first.refresh_from_db()
    assert (first.state, first.text, first.superseded_on) == ("approved", WORDING["text"], today + 10 * DAY)
    assert standing_on(first, today + 9 * DAY) == Standing.USABLE
    assert standing_on(second, today + 9 * DAY) == Standing.UPCOMING
    assert standing_on(first, today + 10 * DAY) == Standing.SUPERSEDED
    assert standing_on(second, today + 10 * DAY) == Standing.USABLE
    assert standing_on(first, today - 40 * DAY) == Standing.USABLE


def test_a_third_version_that_begins_earlier_ends_both(company, at, product):
    today = day_of(at)
    first = approve(draft(product, at=at), at=at - 9 * DAY)
    second = approve(next_version(first, at), at=at, valid_from=today + 30 * DAY)
    third = approve(next_version(first, at), at=at, valid_from=today + 5 * DAY)
    usable = {row.pk for row in MessageVersion.objects.filter(usability.usable_on(today + 40 * DAY))}
    assert usable == {third.pk}
    second.refresh_from_db()
    assert second.superseded_on == today + 5 * DAY


def test_the_last_day_counts_and_the_next_does_not(company, at, product):
    today = day_of(at)
    version = approve(draft(product, at=at), at=at, valid_until=today + 3 * DAY)
    assert standing_on(version, today + 3 * DAY) == Standing.USABLE
    assert standing_on(version, today + 4 * DAY) == Standing.EXPIRED
    assert standing_on(version, today - DAY) == Standing.UPCOMING
    assert [row.pk for row in expiring_messages(actor=system_actor(), on=today)] == [version.pk]


def test_a_withdrawn_wording_is_not_usable_from_that_day_on(company, at, product):
    today = day_of(at)
    version = approve(draft(product, at=at), at=at - 20 * DAY)
    withdraw(version, at)
    assert standing_on(version, today) == Standing.WITHDRAWN
    assert standing_on(version, today - DAY) == Standing.USABLE
    with pytest.raises(RuleViolation):
        withdraw(version, at)


def test_only_what_is_on_sale_on_the_day_is_promoted(company, at, product):
    today = day_of(at)
    version = approve(draft(product, at=at), at=at - 30 * DAY)
    stop = MoveProductStage(stage="suspended", on=today - 5 * DAY)
    actions.move_product_stage(actor=system_actor(), at=at, product_id=product.pk, data=stop)
    assert standing_on(version, today) == Standing.PRODUCT_NOT_ON_SALE
    assert standing_on(version, today - 6 * DAY) == Standing.USABLE
    assert standing_on(version, today - 5 * DAY) == Standing.PRODUCT_NOT_ON_SALE


def test_a_message_is_meant_for_kinds_and_departments(company, at, product):
    heart = approve(draft(product, at=at), at=at)
    everybody = approve(draft(product, at=at, title="储存", audiences=[], departments=[]), at=at)
    today = day_of(at)

    def usable(**who):
        return {row.pk for row in usable_versions(actor=company.actor("rep"), on=today, **who)}

    assert usable() == {heart.pk, everybody.pk}
    assert usable(kind="hcp", department="心内科一病区") == {heart.pk, everybody.pk}
    assert usable(kind="hcp", department="骨科") == {everybody.pk}
    assert usable(kind="pharmacy") == {everybody.pk}
    assert usable(product_id=product.pk + 1) == set()


def test_the_validity_is_no_longer_than_the_rule_allows(company, at, product):
    today = day_of(at)
    long = draft(product, at=at, valid_until=latest_end(today) + DAY)
    with pytest.raises(RuleViolation) as refused:
        approve(long, at=at)
    assert (refused.value.code, refused.value.field) == ("valid_too_long", "valid_until")
    set_policy(
        actor=system_actor(), at=at, key="products.message_validity", starts_on=date(2020, 1, 1), value={"months": 36}
    )
    assert decide(company, at, long).valid_until == long.valid_until


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 3, 1), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2028, 2, 27)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 12, 31), date(2028, 12, 30)),
        (date(2026, 1, 1), date(2027, 12, 31)),
    ],
)
def test_two_years_end_on_the_day_before(db, start, end):
    assert latest_end(start) == end


def test_approving_does_not_reach_back(company, at, product):
    today = day_of(at)
    version = submit(draft(product, at=at, valid_from=today - 9 * DAY), at=at)
    with pytest.raises(RuleViolation) as refused:
        decide(company, at, version, valid_from=today - DAY)
    assert refused.value.field == "valid_from"
    assert decide(company, at, version).valid_from == today


@pytest.mark.parametrize("state", MessageState.values)
def test_steps_that_the_table_does_not_know_are_refused(company, at, product, state):
    version = draft(product, at=at)
    decided = {"valid_from": day_of(at), "valid_until": day_of(at), "decided_at": at}
    MessageVersion.objects.filter(pk=version.pk).update(state=state, **decided)
    steps = {
        "submitted": lambda: submit(version, at=at),
        "approved": lambda: decide(company, at, version),
        "returned": lambda: decide(company, at, version, approve=False, note="x"),
        "withdrawn": lambda: withdraw(version, at),
    }
    for wanted, take in steps.items():
        if wanted in MESSAGE_TRANSITIONS[state]:
            continue
        with pytest.raises(RuleViolation):
            take()


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(InvalidInput):
        read_input(DraftMessage, {**WORDING, "valid_from": "2026-03-02", "valid_until": "2026-03-01"})
