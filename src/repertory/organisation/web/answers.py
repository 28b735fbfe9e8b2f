"""The two answers of a page with one form: the form again with its errors, or on to the next page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from repertory.core.web.forms import InputForm

UNPROCESSABLE = 422


def form_page(
    request: HttpRequest,
    form: InputForm,
    *,
    title: Any,
    act: Callable[[Any], Any],
    done: Callable[[Any], str],
    back: str,
    said: Any,
    button: Any = "",
    note: Any = "",
) -> HttpResponse:
    """A page around `form`. Posted and accepted by `act`, it says `said` and goes to `done(result)`."""
    if request.method == "POST" and form.carry_out(act):
        messages.success(request, said)
        return redirect(done(form.result))
    frame = {"form": form, "title": title, "back": back, "button": button, "note": note}
    return render(request, "organisation/form.html", frame, status=UNPROCESSABLE if form.errors else 200)
