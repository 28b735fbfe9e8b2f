"""Settings of sign-in: allauth, axes, OpenID Connect. Star-imported by settings.py."""

import os

from django.utils.translation import gettext_lazy as _

ACCOUNT_ADAPTER = "repertory.organisation.web.adapters.AccountAdapter"
MFA_ADAPTER = "repertory.organisation.web.adapters.SecondStepAdapter"
SOCIALACCOUNT_ADAPTER = "repertory.organisation.web.adapters.CompanyAccountAdapter"

ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Names are compared without regard to capitals, so are the failures counted.
AXES_USERNAME_CALLABLE = "repertory.organisation.web.adapters.counted_name"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
# The lockout above is the one for passwords; this one is for the six digits of the second step, and for one address
# that tries many names. An office shares an address.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,10/300s/key"}

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Repertory"
USERSESSIONS_TRACK_ACTIVITY = False

SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
# The claim that names our account; the company's service must not let people choose it.
OIDC_USERNAME_CLAIM = os.environ.get("OIDC_USERNAME_CLAIM", "preferred_username")
SOCIALACCOUNT_PROVIDERS: dict = {}
COMPANY_ACCOUNTS: list[str] = []
"""Installed only where they are used: the library loads another 6 MB for them."""
if os.environ.get("OIDC_SERVER_URL"):
    COMPANY_ACCOUNTS.append("allauth.socialaccount.providers.openid_connect")
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": os.environ.get("OIDC_ID", "company"),
                "name": os.environ.get("OIDC_NAME") or _("企业账号"),
                "client_id": os.environ["OIDC_CLIENT_ID"],
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": os.environ["OIDC_SERVER_URL"]},
            }
        ],
    }
