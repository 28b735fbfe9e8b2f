"""How the sign-in library asks us: no sign-up, every event into the audit trail, secrets sealed, company accounts matched."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from repertory.core import crypto
from repertory.core.actor import Actor, Door
from repertory.core.time import now
from repertory.organisation.actions import record_refused_sign_in, record_security_change, record_sign_in
from repertory.organisation.models import User
from repertory.organisation.web.middleware import actor_for

PASSWORD = "password"  # noqa: S105 - the word for the way, not a secret
SECOND_STEP_PURPOSE = "organisation.second_step"
WAY_KEY = "sign_in_way"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by an administrator."""
        return False

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponseBase:
        way = request.session.pop(WAY_KEY, PASSWORD)
        record_sign_in(actor=actor_for(request, user), at=now(), way=way)
        return super().post_login(request, user, **more)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        actor = Actor(user=None, door=Door.PUBLIC, address=request.META.get("REMOTE_ADDR", ""))
        record_refused_sign_in(actor=actor, at=now(), username=str(credentials.get("username", ""))[:60])

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """The library reports a change of the second step here; a mail nobody asked for is replaced by an audit line."""
        record_security_change(actor=actor_for(self.request, user), at=now(), what=template_prefix.rpartition("/")[2])


class SecondStepAdapter(DefaultMFAAdapter):
    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return base64.b64encode(crypto.encrypt_text(text, purpose=SECOND_STEP_PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt_text(base64.b64decode(encrypted_text), purpose=SECOND_STEP_PURPOSE)


class CompanyAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on: who is known by the company's service and has an account here is let in, others are told whom to ask."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        request.session[WAY_KEY] = sociallogin.account.get_provider().name
        if sociallogin.is_existing:
            return
        person = User.objects.filter(username=self._claimed_name(sociallogin)).first()
        if person is None:
            raise ImmediateHttpResponse(render(request, "account/not_opened.html", status=403))
        sociallogin.connect(request, person)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def _claimed_name(self, sociallogin: SocialLogin) -> str:
        """The name of our account in what the service tells; userinfo counts more than the identity token."""
        told = sociallogin.account.extra_data
        claims = {**(told.get("id_token") or {}), **(told.get("userinfo") or {})}
        return str(claims.get(settings.OIDC_USERNAME_CLAIM) or "")


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name by which failures are counted: Rep01 and rep01 are the same account."""
    name = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(name).strip().casefold()
