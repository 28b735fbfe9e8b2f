"""People who sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.organisation.choices import Language, Side, Theme


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username: str | None) -> "User":  # type: ignore[override]
        return self.get(username=username)  # type: ignore[return-value]


class User(AbstractBaseUser):
    """An employee with an account, for example rep01, 李娜, 备案号 3101…; people who left are switched off, never deleted."""

    username = models.CharField(_("账号"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    employee_number = models.CharField(_("工号"), max_length=40, blank=True, db_index=True)
    email = models.EmailField(_("邮箱"), blank=True)
    phone = models.CharField(_("工作手机"), max_length=40, blank=True)
    side = models.CharField(_("学术/销售"), max_length=8, choices=Side.choices, blank=True)
    filing_number = models.CharField(_("医药代表备案号"), max_length=60, blank=True)
    filing_expires_on = models.DateField(_("备案有效期至"), null=True, blank=True)
    language = models.CharField(_("语言"), max_length=10, choices=Language.choices, default=Language.CHINESE)
    theme = models.CharField(_("外观"), max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    is_active = models.BooleanField(_("在用"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    created_at = models.DateTimeField(_("建立时间"))
    version = models.PositiveIntegerField(default=1)

    # Asked for by the authentication library; nobody is above the rules here.
    is_staff = False
    is_superuser = False

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["username"]
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
