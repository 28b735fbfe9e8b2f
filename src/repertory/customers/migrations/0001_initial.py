import django.db.models.deletion
from django.conf import settings
from repertory.core.first_migration import FirstMigration
from django.db import migrations, models


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="客户编码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hcp", "医生/药师"),
                            ("hospital", "医院/诊所"),
                            ("pharmacy", "药店"),
                            ("distributor", "经销商/代理商"),
                            ("government", "政府机构"),
                            ("special", "特殊公司"),
                            ("company", "普通公司"),
                            ("individual", "个人"),
                            ("partner", "交易伙伴"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                ("alias", models.CharField(blank=True, max_length=200, verbose_name="简称/曾用名")),
                ("sort_key", models.CharField(blank=True, max_length=240)),
                ("initials", models.CharField(blank=True, max_length=100)),
                ("name_key", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="职称")),
                ("grade", models.CharField(blank=True, max_length=40, verbose_name="等级")),
                ("department", models.CharField(blank=True, max_length=80, verbose_name="科室/部门")),
                ("province_code", models.CharField(blank=True, max_length=6, verbose_name="省")),
                ("city_code", models.CharField(blank=True, max_length=6, verbose_name="市")),
                ("county_code", models.CharField(blank=True, max_length=6, verbose_name="区县")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="地址")),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=10, null=True, verbose_name="经度（WGS-84）"
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度（WGS-84）"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="办公电话")),
                ("email", models.CharField(blank=True, max_length=200, verbose_name="邮箱")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visit", "代表拜访"),
                            ("form", "客户填写"),
                            ("survey", "第三方调查"),
                            ("event", "会议/展会"),
                            ("referral", "他人介绍"),
                            ("import", "批量导入"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="来源渠道",
                    ),
                ),
                ("first_contact_on", models.DateField(blank=True, null=True, verbose_name="首次接触日期")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("potential", "潜在"),
                            ("developing", "开发中"),
                            ("active", "合作中"),
                            ("dormant", "休眠"),
                            ("lost", "流失"),
                        ],
                        default="potential",
                        max_length=12,
                        verbose_name="客户阶段",
                    ),
                ),
                ("stage_since", models.DateField(verbose_name="进入阶段日期")),
                (
                    "tier",
                    models.CharField(
                        blank=True, choices=[("A", "A"), ("B", "B"), ("C", "C")], max_length=1, verbose_name="等级分类"
                    ),
                ),
                (
                    "trade_class",
                    models.CharField(
                        blank=True,
                        choices=[("main", "主力"), ("ordinary", "一般"), ("scattered", "零散")],
                        max_length=10,
                        verbose_name="主力/一般/零散",
                    ),
                ),
                (
                    "care_class",
                    models.CharField(
                        blank=True,
                        choices=[("develop", "重点开发"), ("stable", "稳定合作"), ("maintain", "需维护")],
                        max_length=10,
                        verbose_name="维护分类",
                    ),
                ),
                (
                    "potential",
                    models.CharField(
                        blank=True,
                        choices=[("high", "高"), ("medium", "中"), ("low", "低")],
                        max_length=8,
                        verbose_name="潜力",
                    ),
                ),
                ("potential_evidence", models.CharField(blank=True, max_length=300, verbose_name="潜力依据")),
                (
                    "adoption",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unaware", "不了解"),
                            ("aware", "了解"),
                            ("trial", "试用"),
                            ("regular", "常规使用"),
                            ("advocate", "推荐他人"),
                        ],
                        max_length=10,
                        verbose_name="接受程度",
                    ),
                ),
                ("credit_grade", models.CharField(blank=True, max_length=4, verbose_name="信用等级")),
                ("completeness", models.PositiveSmallIntegerField(default=0, verbose_name="档案完整度（%）")),
                ("last_contact_on", models.DateField(blank=True, null=True, verbose_name="最近联系")),
                ("next_contact_on", models.DateField(blank=True, null=True, verbose_name="下次联系")),
                ("custom", models.JSONField(blank=True, default=dict, verbose_name="自定义字段")),
                ("created_at", models.DateTimeField(verbose_name="建档时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="移除时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="customers.customer",
                        verbose_name="所在机构",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="customers.customer",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="customers.customer",
                        verbose_name="上级单位/连锁总部",
                    ),
                ),
            ],
            options={
                "verbose_name": "客户",
                "indexes": [
                    models.Index(
                        condition=models.Q(("removed_at", None)), fields=["sort_key", "id"], name="customer_by_name"
                    ),
                    models.Index(
                        condition=models.Q(("removed_at", None)), fields=["updated_at", "id"], name="customer_by_update"
                    ),
                    models.Index(fields=["name_key"], name="customer_by_key"),
                    models.Index(
                        condition=models.Q(("removed_at", None)),
                        fields=["city_code", "sort_key"],
                        name="customer_by_city",
                    ),
                    models.Index(
                        condition=models.Q(("removed_at", None)), fields=["kind", "sort_key"], name="customer_by_kind"
                    ),
                    models.Index(fields=["phone"], name="customer_by_phone"),
                    models.Index(fields=["uscc"], name="customer_by_uscc"),
                    models.Index(
                        condition=models.Q(("institution", None), _negated=True),
                        fields=["institution"],
                        name="customer_of_institution",
                    ),
                    models.Index(
                        condition=models.Q(("parent", None), _negated=True),
                        fields=["parent"],
                        name="customer_of_parent",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into", None), _negated=True),
                        fields=["merged_into"],
                        name="customer_merged",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="customer_position_whole",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="customer_has_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("total", models.PositiveIntegerField(default=0)),
                ("last_code", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="SearchWaiting",
            fields=[
                ("customer_id", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="profile",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                ("legal_form", models.CharField(blank=True, max_length=60, verbose_name="组织形式")),
                ("industry", models.CharField(blank=True, max_length=60, verbose_name="行业")),
                (
                    "assets_cny",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="资产（元）"
                    ),
                ),
                ("website", models.CharField(blank=True, max_length=200, verbose_name="网址")),
                ("opening_hours", models.CharField(blank=True, max_length=200, verbose_name="接待/门诊时间")),
                ("service_area", models.CharField(blank=True, max_length=200, verbose_name="服务区域")),
                ("selling_capacity", models.CharField(blank=True, max_length=200, verbose_name="销售能力")),
                ("growth_potential", models.CharField(blank=True, max_length=200, verbose_name="发展潜力")),
                ("philosophy", models.CharField(blank=True, max_length=300, verbose_name="经营观念")),
                ("business_policy", models.CharField(blank=True, max_length=300, verbose_name="经营政策")),
                ("headcount", models.PositiveIntegerField(blank=True, null=True, verbose_name="员工人数")),
                (
                    "turnover_cny",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="年营业额（元）"
                    ),
                ),
                ("management_style", models.CharField(blank=True, max_length=300, verbose_name="经营管理特点")),
                ("past_sales", models.CharField(blank=True, max_length=300, verbose_name="以往销售业绩")),
                ("manager_quality", models.CharField(blank=True, max_length=200, verbose_name="管理者素质")),
                ("seller_quality", models.CharField(blank=True, max_length=200, verbose_name="销售人员素质")),
                ("competitor_relation", models.CharField(blank=True, max_length=300, verbose_name="与竞争者关系")),
                (
                    "attitude",
                    models.CharField(
                        blank=True,
                        choices=[("supportive", "支持"), ("neutral", "中立"), ("opposed", "反对")],
                        max_length=12,
                        verbose_name="对我方态度",
                    ),
                ),
                ("trade_activity", models.CharField(blank=True, max_length=300, verbose_name="交易现状")),
                ("problems", models.CharField(blank=True, max_length=500, verbose_name="存在问题")),
                ("strengths", models.CharField(blank=True, max_length=300, verbose_name="优势")),
                ("plans", models.CharField(blank=True, max_length=500, verbose_name="未来对策")),
                ("reputation", models.CharField(blank=True, max_length=300, verbose_name="企业形象与信誉")),
                ("payment_terms", models.CharField(blank=True, max_length=200, verbose_name="付款条件")),
                ("credit_history", models.CharField(blank=True, max_length=300, verbose_name="信用状况")),
                (
                    "trade_amount_cny",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=18, verbose_name="近12个月交易额（元）"
                    ),
                ),
                (
                    "gender",
                    models.CharField(
                        blank=True, choices=[("male", "男"), ("female", "女")], max_length=6, verbose_name="性别"
                    ),
                ),
                ("education", models.CharField(blank=True, max_length=60, verbose_name="学历")),
                ("character", models.CharField(blank=True, max_length=200, verbose_name="性格")),
                ("ability", models.CharField(blank=True, max_length=200, verbose_name="能力")),
                ("interests", models.CharField(blank=True, max_length=300, verbose_name="兴趣爱好")),
                ("research_field", models.CharField(blank=True, max_length=300, verbose_name="研究方向")),
                ("favourite_conferences", models.CharField(blank=True, max_length=300, verbose_name="关注的会议")),
                (
                    "communication_style",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("data", "重数据"),
                            ("relation", "重关系"),
                            ("efficiency", "讲效率"),
                            ("cautious", "谨慎"),
                        ],
                        max_length=12,
                        verbose_name="沟通风格",
                    ),
                ),
                (
                    "contact_preference",
                    models.CharField(
                        blank=True,
                        choices=[("spoken", "口头"), ("written", "书面")],
                        max_length=10,
                        verbose_name="沟通方式",
                    ),
                ),
                ("private_phone", models.BinaryField(blank=True, null=True, verbose_name="私人电话")),
                ("private_phone_index", models.CharField(blank=True, db_index=True, max_length=64)),
                ("wechat", models.BinaryField(blank=True, null=True, verbose_name="微信")),
                ("birthday", models.BinaryField(blank=True, null=True, verbose_name="出生日期")),
            ],
            options={
                "verbose_name": "客户档案",
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
                ("current", models.BooleanField(default=True)),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="organisation.territory",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="coverages", to="customers.customer"
                    ),
                ),
            ],
            options={
                "verbose_name": "覆盖",
                "ordering": ["customer_id", "-starts_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("current", True)), fields=["territory", "customer"], name="coverage_scope"
                    ),
                    models.Index(
                        condition=models.Q(("current", True)),
                        fields=["customer", "territory"],
                        name="coverage_of_customer",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                        name="coverage_range",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("customer", "territory"),
                        name="coverage_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("contact", "联系沟通"),
                            ("mailing", "资料邮寄"),
                            ("event", "会议邀请"),
                            ("research", "调研"),
                            ("profile", "建立个人档案"),
                        ],
                        max_length=12,
                        verbose_name="用途",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "私人电话"),
                            ("message", "短信/微信"),
                            ("email", "电子邮件"),
                            ("post", "邮寄"),
                            ("archive", "档案保存"),
                        ],
                        max_length=12,
                        verbose_name="渠道",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="同意日期")),
                ("how", models.CharField(max_length=100, verbose_name="取得方式")),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="凭据说明")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="到期日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤回日期")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="customers.customer"
                    ),
                ),
            ],
            options={
                "verbose_name": "同意",
                "ordering": ["customer_id", "-given_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("decision_maker", "决策者"),
                            ("influencer", "影响者"),
                            ("prescriber", "处方者"),
                            ("pharmacy", "药剂"),
                            ("buyer", "采购"),
                            ("kol", "KOL"),
                        ],
                        max_length=16,
                        verbose_name="决策角色",
                    ),
                ),
                ("department", models.CharField(blank=True, max_length=80, verbose_name="科室/部门")),
                ("position", models.CharField(blank=True, max_length=80, verbose_name="职务")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="自")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affiliated",
                        to="customers.customer",
                        verbose_name="机构",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affiliations",
                        to="customers.customer",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职机构",
                "ordering": ["institution_id", "role", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "institution", "role"), name="affiliation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("institution")), _negated=True),
                        name="affiliation_of_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="科室")),
                ("head", models.CharField(blank=True, max_length=60, verbose_name="负责人")),
                ("beds", models.PositiveIntegerField(blank=True, null=True, verbose_name="床位数")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="备注")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="departments", to="customers.customer"
                    ),
                ),
            ],
            options={
                "ordering": ["customer_id", "name", "id"],
                "constraints": [models.UniqueConstraint(fields=("customer", "name"), name="department_once")],
            },
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField(verbose_name="相似度")),
                ("reasons", models.JSONField(default=list, verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待处理"), ("merged", "已合并"), ("distinct", "不是同一个")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
            ],
            options={
                "ordering": ["-score", "id"],
                "indexes": [models.Index(fields=["state", "-score"], name="duplicate_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="duplicate_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="duplicate_pair_ordered"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.CharField(max_length=300, verbose_name="事由")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="customers.customer"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="FillInInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(verbose_name="链接有效至")),
                ("used_at", models.DateTimeField(null=True, verbose_name="填写时间")),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="customers.customer"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="FirstTrade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "待提交"),
                            ("submitted", "待审核"),
                            ("approved", "已通过"),
                            ("rejected", "已退回"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="first_trade", to="customers.customer"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportantDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("birthday", "生日"),
                            ("conference", "会议"),
                            ("anniversary", "纪念日"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=100, verbose_name="名称")),
                (
                    "calendar",
                    models.CharField(
                        choices=[("solar", "公历"), ("lunar", "农历")],
                        default="solar",
                        max_length=6,
                        verbose_name="历法",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年")),
                ("month", models.PositiveSmallIntegerField(verbose_name="月")),
                ("day", models.PositiveSmallIntegerField(verbose_name="日")),
                ("leap_month", models.BooleanField(default=False, verbose_name="闰月")),
                ("remind_days", models.PositiveSmallIntegerField(default=7, verbose_name="提前几天提醒")),
                ("next_on", models.DateField(blank=True, db_index=True, null=True, verbose_name="下一次")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="important_dates",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["customer_id", "month", "day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("day__range", (1, 31)), ("month__range", (1, 12))), name="date_in_a_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Influence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("teacher", "师生"),
                            ("superior", "上下级"),
                            ("peer", "同行"),
                            ("classmate", "同学"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="关系",
                    ),
                ),
                ("strength", models.PositiveSmallIntegerField(default=3, verbose_name="强度（1-5）")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="influences",
                        to="customers.customer",
                        verbose_name="影响者",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="influenced_by",
                        to="customers.customer",
                        verbose_name="被影响者",
                    ),
                ),
            ],
            options={
                "verbose_name": "影响关系",
                "ordering": ["source_id", "-strength", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "target"), name="influence_once"),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True), name="influence_of_two"
                    ),
                    models.CheckConstraint(condition=models.Q(("strength__range", (1, 5))), name="influence_strength"),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "所有者"), ("manager", "经营者"), ("legal", "法定代表人")],
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="出生年份")),
                ("education", models.CharField(blank=True, max_length=60, verbose_name="学历")),
                ("character", models.CharField(blank=True, max_length=200, verbose_name="性格")),
                ("ability", models.CharField(blank=True, max_length=200, verbose_name="能力")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="key_people", to="customers.customer"
                    ),
                ),
            ],
            options={
                "ordering": ["customer_id", "role", "id"],
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("business", "营业执照"),
                            ("drug_trade", "药品经营许可证"),
                            ("gsp", "GSP 认证证书"),
                            ("medical", "医疗机构执业许可证"),
                            ("drug_making", "药品生产许可证"),
                            ("device_trade", "医疗器械经营许可证"),
                            ("other", "其他"),
                        ],
                        max_length=14,
                        verbose_name="证照类型",
                    ),
                ),
                ("number", models.CharField(max_length=80, verbose_name="证号")),
                ("scope", models.CharField(blank=True, max_length=500, verbose_name="许可范围")),
                ("issuer", models.CharField(blank=True, max_length=100, verbose_name="发证机关")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="发证日期")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="吊销/作废日期")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="licences",
                        to="customers.customer",
                        verbose_name="客户",
                    ),
                ),
            ],
            options={
                "verbose_name": "证照",
                "ordering": ["customer_id", "kind", "-expires_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("revoked_on", None)), fields=["expires_on", "id"], name="licence_by_expiry"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("customer", "kind", "number"), name="licence_once")],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="合并时间")),
                ("undo", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ProposedFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=60, verbose_name="字段")),
                ("value", models.TextField(verbose_name="新值")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("visit", "代表拜访"),
                            ("form", "客户填写"),
                            ("survey", "第三方调查"),
                            ("event", "会议/展会"),
                            ("referral", "他人介绍"),
                            ("import", "批量导入"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("source_note", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "待确认"), ("confirmed", "已确认"), ("declined", "不采用")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposed_facts",
                        to="customers.customer",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["customer_id", "received_at", "id"],
                "indexes": [models.Index(fields=["state", "customer"], name="fact_by_state")],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("potential", "潜在"),
                            ("developing", "开发中"),
                            ("active", "合作中"),
                            ("dormant", "休眠"),
                            ("lost", "流失"),
                        ],
                        max_length=12,
                        verbose_name="原阶段",
                    ),
                ),
                (
                    "to_stage",
                    models.CharField(
                        choices=[
                            ("potential", "潜在"),
                            ("developing", "开发中"),
                            ("active", "合作中"),
                            ("dormant", "休眠"),
                            ("lost", "流失"),
                        ],
                        max_length=12,
                        verbose_name="新阶段",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage_changes",
                        to="customers.customer",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="TierProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tier",
                    models.CharField(
                        choices=[("A", "A"), ("B", "B"), ("C", "C")], max_length=1, verbose_name="建议等级"
                    ),
                ),
                ("trade_class", models.CharField(blank=True, max_length=10, verbose_name="建议类别")),
                ("care_class", models.CharField(blank=True, max_length=10, verbose_name="建议维护分类")),
                ("score", models.PositiveSmallIntegerField(verbose_name="得分")),
                ("reasons", models.JSONField(default=list, verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待确认"),
                            ("accepted", "已采纳"),
                            ("overridden", "已改定"),
                            ("superseded", "已过期"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_tier",
                    models.CharField(
                        blank=True, choices=[("A", "A"), ("B", "B"), ("C", "C")], max_length=1, verbose_name="定级"
                    ),
                ),
                ("decision_reason", models.CharField(blank=True, max_length=300, verbose_name="改定理由")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tier_proposals",
                        to="customers.customer",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("customer",), name="tier_proposal_open_once"
                    )
                ],
            },
        ),
    ]
