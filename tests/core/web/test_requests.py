"""Addresses that mean nothing."""

import pytest


@pytest.mark.parametrize("path", ["/?q=%00", "/customers/%00/", "/accounts/login/?next=/%00"])
def test_an_address_with_a_nul_gets_a_page_that_says_so(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert "请求看不懂" in answer.content.decode()


def test_the_api_says_so_in_its_own_form(client):
    answer = client.get("/api/v1/customers?q=%00")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_an_operation_that_is_not_there_answers_in_the_form_of_the_api(client):
    answer = client.get("/api/v1/planets")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
