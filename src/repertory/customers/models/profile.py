"""The rest of the archive card, section by section."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import Attitude, CommunicationStyle, ContactPreference, Gender, KeyRole
from repertory.customers.models.customer import Customer


class Profile(models.Model):
    """One row a customer, made when the first of these facts is known."""

    customer = models.OneToOneField(Customer, primary_key=True, on_delete=models.CASCADE, related_name="profile")
    # Basic data of an organisation
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    legal_form = models.CharField(_("组织形式"), max_length=60, blank=True)
    industry = models.CharField(_("行业"), max_length=60, blank=True)
    assets_cny = models.DecimalField(_("资产（元）"), max_digits=18, decimal_places=2, null=True, blank=True)
    website = models.CharField(_("网址"), max_length=200, blank=True)
    opening_hours = models.CharField(_("接待/门诊时间"), max_length=200, blank=True)
    # Features
    service_area = models.CharField(_("服务区域"), max_length=200, blank=True)
    selling_capacity = models.CharField(_("销售能力"), max_length=200, blank=True)
    growth_potential = models.CharField(_("发展潜力"), max_length=200, blank=True)
    philosophy = models.CharField(_("经营观念"), max_length=300, blank=True)
    business_policy = models.CharField(_("经营政策"), max_length=300, blank=True)
    headcount = models.PositiveIntegerField(_("员工人数"), null=True, blank=True)
    turnover_cny = models.DecimalField(_("年营业额（元）"), max_digits=18, decimal_places=2, null=True, blank=True)
    management_style = models.CharField(_("经营管理特点"), max_length=300, blank=True)
    # Business status
    past_sales = models.CharField(_("以往销售业绩"), max_length=300, blank=True)
    manager_quality = models.CharField(_("管理者素质"), max_length=200, blank=True)
    seller_quality = models.CharField(_("销售人员素质"), max_length=200, blank=True)
    competitor_relation = models.CharField(_("与竞争者关系"), max_length=300, blank=True)
    attitude = models.CharField(_("对我方态度"), max_length=12, choices=Attitude.choices, blank=True)
    # Trade status
    trade_activity = models.CharField(_("交易现状"), max_length=300, blank=True)
    problems = models.CharField(_("存在问题"), max_length=500, blank=True)
    strengths = models.CharField(_("优势"), max_length=300, blank=True)
    plans = models.CharField(_("未来对策"), max_length=500, blank=True)
    reputation = models.CharField(_("企业形象与信誉"), max_length=300, blank=True)
    payment_terms = models.CharField(_("付款条件"), max_length=200, blank=True)
    credit_history = models.CharField(_("信用状况"), max_length=300, blank=True)
    # Pushed down by the sales ledger: amount of the last twelve months
    trade_amount_cny = models.DecimalField(_("近12个月交易额（元）"), max_digits=18, decimal_places=2, default=0)
    # A person
    gender = models.CharField(_("性别"), max_length=6, choices=Gender.choices, blank=True)
    education = models.CharField(_("学历"), max_length=60, blank=True)
    character = models.CharField(_("性格"), max_length=200, blank=True)
    ability = models.CharField(_("能力"), max_length=200, blank=True)
    # Preferences
    interests = models.CharField(_("兴趣爱好"), max_length=300, blank=True)
    research_field = models.CharField(_("研究方向"), max_length=300, blank=True)
    favourite_conferences = models.CharField(_("关注的会议"), max_length=300, blank=True)
    communication_style = models.CharField(_("沟通风格"), max_length=12, choices=CommunicationStyle.choices, blank=True)
    contact_preference = models.CharField(_("沟通方式"), max_length=10, choices=ContactPreference.choices, blank=True)
    # Private: encrypted, with a keyed hash for exact search; only with consent (M-LAW-3)
    private_phone = models.BinaryField(_("私人电话"), null=True, blank=True)
    private_phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    wechat = models.BinaryField(_("微信"), null=True, blank=True)
    birthday = models.BinaryField(_("出生日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("客户档案")


class KeyPerson(models.Model):
    """Owner, manager or legal representative of an organisation and what we know of the person."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="key_people")
    role = models.CharField(_("身份"), max_length=10, choices=KeyRole.choices)
    name = models.CharField(_("姓名"), max_length=60)
    birth_year = models.PositiveSmallIntegerField(_("出生年份"), null=True, blank=True)
    education = models.CharField(_("学历"), max_length=60, blank=True)
    character = models.CharField(_("性格"), max_length=200, blank=True)
    ability = models.CharField(_("能力"), max_length=200, blank=True)

    class Meta:
        ordering = ["customer_id", "role", "id"]


class Department(models.Model):
    """科室 of a hospital, for example 心内科."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="departments")
    name = models.CharField(_("科室"), max_length=80)
    head = models.CharField(_("负责人"), max_length=60, blank=True)
    beds = models.PositiveIntegerField(_("床位数"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta:
        ordering = ["customer_id", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["customer", "name"], name="department_once")]
