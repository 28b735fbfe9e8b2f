"""Keys for programs: issue, revoke."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from repertory.core.actor import Actor, Door
from repertory.core.errors import NotAllowed, NotFound
from repertory.organisation import access
from repertory.organisation.inputs import IssueToken
from repertory.organisation.models import ApiToken, User
from repertory.platform.audit_chain import Line
from repertory.platform.unit import action, record

PREFIX = "rep_"


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@action
def issue_token(*, actor: Actor, at: datetime, data: IssueToken, owner: User | None = None) -> tuple[ApiToken, str]:
    """A new key for oneself (or, by the system, for somebody) and its secret, which is never shown again."""
    if actor.door == Door.API:
        raise NotAllowed(_("密钥要在网页上签发，不能用另一把密钥签发。"))
    holder_id = actor.user_id if owner is None else owner.pk
    if owner is not None and not actor.is_system and owner.pk != actor.user_id:
        raise NotAllowed(_("只能为自己签发密钥。"))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user_id=holder_id,
        name=data.name,
        prefix=secret[:10],
        digest=digest_of(secret),
        scope=data.scope,
        created_at=at,
        expires_at=at + timedelta(days=data.valid_days),
    )
    record(Line("issued", "api_token", token.pk, label=data.name, changes={"scope": ["", str(data.scope)]}))
    return token, secret


@action
def revoke_token(*, actor: Actor, at: datetime, token_id: int) -> ApiToken:
    """The key stops working at once; administrators may revoke anybody's."""
    rows = ApiToken.objects.all() if access.may_administer(actor) else access.own_tokens(actor)
    token = rows.filter(pk=token_id, revoked_at=None).first()
    if token is None:
        raise NotFound()
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(Line("revoked", "api_token", token.pk, label=token.name))
    return token
