"""The addresses of sign-in: only those of the library that we want, and our own password, language and theme pages.

No sign-up, no password by mail: accounts and first passwords come from an administrator.
"""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as company_account
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from repertory.core.inputs import read_input
from repertory.core.time import now
from repertory.core.web.pages import everyone, page, public
from repertory.organisation.actions import change_own_password, choose_preferences, end_other_sessions
from repertory.organisation.inputs import Preferences
from repertory.organisation.models import Language, Theme
from repertory.organisation.web.forms import PasswordForm
from repertory.organisation.web.middleware import LANGUAGE_COOKIE

LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600


@sensitive_post_parameters("old_password", "password", "again")
@page(allow=everyone, methods=("GET", "POST"))
def change_password(request: HttpRequest) -> HttpResponse:
    """An own password; the old one counts towards the lockout like a sign-in does."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        old = form.input.old_password
        if authenticate(request, username=request.user.username, password=old) is None:
            form.add_error("old_password", _("旧密码不对。"))
        elif form.carry_out(lambda data: change_own_password(actor=request.actor, at=now(), data=data)):
            update_session_auth_hash(request, form.result)
            end_other_sessions(actor=request.actor, at=now(), keep=request.session.session_key)
            messages.success(request, _("密码已修改，其他设备上的登录已退出。"))
            return redirect("organisation:me")
    return render(request, "account/password_change.html", {"form": form}, status=422 if form.errors else 200)


@public(methods=("POST",))
def choose_language(request: HttpRequest) -> HttpResponse:
    """For the signed-in person for good, else for this browser."""
    data = read_input(Preferences, {"language": request.POST.get("language", Language.CHINESE)})
    if request.user.is_authenticated:
        choose_preferences(actor=request.actor, at=now(), data=data)
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    response.set_cookie(
        LANGUAGE_COOKIE, data.language, LANGUAGE_COOKIE_SECONDS, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


@page(allow=everyone, methods=("POST",))
def choose_theme(request: HttpRequest) -> HttpResponse:
    """For the person, on every device; the page has changed its looks by itself."""
    data = read_input(Preferences, {"theme": request.POST.get("theme", Theme.SYSTEM)})
    choose_preferences(actor=request.actor, at=now(), data=data)
    return HttpResponse(status=204)


def _of_library(view: Callable[..., Any], rule: Any) -> Callable[..., Any]:
    """A view of the library with our declaration of who may open it; the library itself checks it."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    run.access_rule = rule  # type: ignore[attr-defined]
    return run


def _to_company(request: HttpRequest, provider_id: str) -> HttpResponse:
    from allauth.socialaccount.providers.openid_connect.views import login  # slow import

    return login(request, provider_id)


def _from_company(request: HttpRequest, provider_id: str) -> HttpResponse:
    from allauth.socialaccount.providers.openid_connect.views import callback  # slow import

    return callback(request, provider_id)


urlpatterns = [
    path("login/", _of_library(account.login, "public"), name="account_login"),
    path("logout/", _of_library(account.logout, "public"), name="account_logout"),
    path("inactive/", _of_library(account.account_inactive, "public"), name="account_inactive"),
    path("reauthenticate/", _of_library(account.reauthenticate, everyone), name="account_reauthenticate"),
    path("password/", change_password, name="account_change_password"),
    path("language/", choose_language, name="set_language"),
    path("theme/", choose_theme, name="set_theme"),
    path("2fa/", _of_library(second_step.index, everyone), name="mfa_index"),
    path("2fa/authenticate/", _of_library(second_step.authenticate, "public"), name="mfa_authenticate"),
    path("2fa/reauthenticate/", _of_library(second_step.reauthenticate, everyone), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", _of_library(totp.activate_totp, everyone), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", _of_library(totp.deactivate_totp, everyone), name="mfa_deactivate_totp"),
    path("2fa/codes/", _of_library(recovery_codes.view_recovery_codes, everyone), name="mfa_view_recovery_codes"),
    path(
        "2fa/codes/generate/",
        _of_library(recovery_codes.generate_recovery_codes, everyone),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/codes/download/",
        _of_library(recovery_codes.download_recovery_codes, everyone),
        name="mfa_download_recovery_codes",
    ),
    path(
        "company/cancelled/",
        _of_library(company_account.login_cancelled, "public"),
        name="socialaccount_login_cancelled",
    ),
    path("company/error/", _of_library(company_account.login_error, "public"), name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/login/", _of_library(_to_company, "public"), name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        _of_library(_from_company, "public"),
        name="openid_connect_callback",
    ),
]
