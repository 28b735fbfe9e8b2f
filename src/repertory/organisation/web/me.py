"""One's own account: looks, password and second step, where one is signed in, keys for programs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core.time import now, today
from repertory.core.web.pages import everyone, page
from repertory.organisation import access
from repertory.organisation.actions import (
    choose_preferences,
    end_other_sessions,
    end_session,
    issue_token,
    revoke_token,
)
from repertory.organisation.queries import people as queries
from repertory.organisation.web.answers import UNPROCESSABLE, form_page
from repertory.organisation.web.forms import PreferencesForm, TokenForm
from repertory.organisation.web.people import facts_of


@page(allow=everyone)
def me(request: HttpRequest) -> HttpResponse:
    actor, user = request.actor, request.user
    frame = {
        "facts": facts_of(user),
        "posts": access.posts(actor),
        "sessions": queries.sessions_of(actor=actor, person_id=user.pk, at=now()),
        "session_key": request.session.session_key,
        "tokens": queries.tokens_of(actor=actor, person_id=user.pk),
        "now": now(),
        "today": today(),
    }
    return render(request, "organisation/me.html", frame)


@page(allow=everyone, methods=("GET", "POST"))
def preferences(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        PreferencesForm(request.POST or None, initial={"language": request.user.language, "theme": request.user.theme}),
        title=_("语言和外观"),
        act=lambda data: choose_preferences(actor=request.actor, at=now(), data=data),
        done=lambda person: reverse("organisation:me"),
        back=reverse("organisation:me"),
        said=_("已保存。"),
    )


@page(allow=everyone, methods=("GET", "POST"))
def new_token(request: HttpRequest) -> HttpResponse:
    """Answers with the key itself: this is the only time that it can be seen."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.carry_out(lambda data: issue_token(actor=request.actor, at=now(), data=data)):
        token, secret = form.result
        return render(request, "organisation/token_issued.html", {"token": token, "secret": secret})
    frame = {
        "form": form,
        "title": _("签发密钥"),
        "back": reverse("organisation:me"),
        "button": _("签发"),
        "note": _("密钥等同于您的账号：谁拿到它，谁就能看到您能看到的数据。"),
    }
    return render(request, "organisation/form.html", frame, status=UNPROCESSABLE if form.errors else 200)


@page(allow=everyone, methods=("POST",))
def drop_token(request: HttpRequest, token_id: int) -> HttpResponse:
    revoke_token(actor=request.actor, at=now(), token_id=token_id)
    messages.success(request, _("密钥已吊销，立即失效。"))
    return redirect("organisation:me")


@page(allow=everyone, methods=("POST",))
def drop_session(request: HttpRequest, session_id: int) -> HttpResponse:
    end_session(actor=request.actor, at=now(), session_id=session_id)
    messages.success(request, _("已退出该处登录。"))
    return redirect("organisation:me")


@page(allow=everyone, methods=("POST",))
def drop_other_sessions(request: HttpRequest) -> HttpResponse:
    end_other_sessions(actor=request.actor, at=now(), keep=request.session.session_key or "")
    messages.success(request, _("其他设备上的登录已退出。"))
    return redirect("organisation:me")
