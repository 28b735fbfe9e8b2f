import django.db.models.deletion
from django.conf import settings
from repertory.core.first_migration import FirstMigration
from django.db import migrations, models


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("materials", "0001_initial"),
        ("customers", "0002_search_and_count"),
        ("organisation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("products", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallFrequency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
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
                        verbose_name="客户类别",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        blank=True, choices=[("A", "A"), ("B", "B"), ("C", "C")], max_length=1, verbose_name="等级分类"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rep", "销售代表"),
                            ("supervisor", "销售主管"),
                            ("manager", "销售经理"),
                            ("product_manager", "产品经理"),
                            ("marketer", "市场专员"),
                            ("finance", "财务/内勤"),
                            ("admin", "管理员"),
                            ("auditor", "审计/合规"),
                        ],
                        max_length=20,
                        verbose_name="岗位",
                    ),
                ),
                ("per_month", models.DecimalField(decimal_places=2, max_digits=4, verbose_name="每月次数")),
                ("starts_on", models.DateField(verbose_name="自")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
            ],
            options={
                "verbose_name": "拜访频率",
                "ordering": ["kind", "tier", "role", "-starts_on", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "tier", "role", "starts_on"), name="frequency_once"),
                    models.CheckConstraint(
                        condition=models.Q(("per_month__gte", 0), ("per_month__lte", 31)), name="frequency_in_a_month"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coaching",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="日期")),
                ("observed", models.TextField(verbose_name="观察到的")),
                ("strengths", models.TextField(blank=True, verbose_name="做得好的")),
                ("improvements", models.TextField(blank=True, verbose_name="可以提高的")),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                ("read_at", models.DateTimeField(null=True, verbose_name="代表阅读时间")),
                ("reply", models.CharField(blank=True, max_length=1000, verbose_name="代表反馈")),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="辅导人",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coachings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代表",
                    ),
                ),
            ],
            options={
                "verbose_name": "协访辅导",
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("coach")), _negated=True), name="coaching_not_of_oneself"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreedAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="行动")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "进行中"),
                            ("done", "已做到"),
                            ("partly", "部分做到"),
                            ("missed", "没有做到"),
                        ],
                        default="open",
                        max_length=6,
                        verbose_name="结果",
                    ),
                ),
                (
                    "coaching",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreed", to="visits.coaching"
                    ),
                ),
                (
                    "reviewed_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reviewed",
                        to="visits.coaching",
                    ),
                ),
            ],
            options={
                "ordering": ["coaching_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="InstitutionTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("demands_appointment", models.BooleanField(default=False, verbose_name="要求预约")),
                ("demands_consent", models.BooleanField(default=False, verbose_name="要求事先同意")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "institution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visit_terms", to="customers.customer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonalReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("daily", "日报"), ("weekly", "周报"), ("monthly", "月报"), ("urgent", "紧急报告")],
                        max_length=7,
                        verbose_name="类型",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(verbose_name="至（不含）")),
                ("figures", models.JSONField(default=dict)),
                ("text", models.TextField(blank=True, verbose_name="总结")),
                ("tomorrow", models.TextField(blank=True, verbose_name="下一步安排")),
                ("sent_at", models.DateTimeField(verbose_name="发送时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报告人",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人报告",
                "ordering": ["-sent_at", "-id"],
                "indexes": [models.Index(fields=["starts_on", "kind", "user"], name="report_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "urgent"), _negated=True),
                        fields=("user", "kind", "starts_on"),
                        name="report_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="report_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("text", models.CharField(max_length=1000, verbose_name="点评")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="visits.personalreport"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReportReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_at", models.DateTimeField(null=True, verbose_name="阅读时间")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="visits.personalreport"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "id"],
                "constraints": [models.UniqueConstraint(fields=("report", "user"), name="report_reading_once")],
            },
        ),
        migrations.CreateModel(
            name="SkillRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "skill",
                    models.CharField(
                        choices=[
                            ("preparation", "访前准备"),
                            ("opening", "开场"),
                            ("probing", "探询需求"),
                            ("delivery", "传递信息"),
                            ("objection", "处理异议"),
                            ("closing", "达成共识"),
                            ("analysis", "访后分析"),
                        ],
                        max_length=12,
                        verbose_name="技能",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(verbose_name="评分")),
                (
                    "coaching",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="visits.coaching"
                    ),
                ),
            ],
            options={
                "ordering": ["coaching_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("coaching", "skill"), name="skill_rated_once"),
                    models.CheckConstraint(condition=models.Q(("score__range", (1, 5))), name="skill_in_five_steps"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "计划"), ("done", "已完成"), ("cancelled", "已取消")],
                        default="planned",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("field", "实地"),
                            ("phone", "电话"),
                            ("online", "线上"),
                            ("meeting", "会议"),
                            ("email", "邮件"),
                            ("message", "即时通讯"),
                        ],
                        default="field",
                        max_length=7,
                        verbose_name="方式",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("detail", "产品推广"),
                            ("follow_up", "跟进"),
                            ("service", "服务/答疑"),
                            ("survey", "调研"),
                            ("invite", "会议邀请"),
                            ("deliver", "递送资料"),
                            ("feedback", "收集反馈"),
                            ("other", "其他"),
                        ],
                        default="detail",
                        max_length=9,
                        verbose_name="目的",
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="计划日期")),
                ("planned_start", models.TimeField(blank=True, null=True, verbose_name="计划时间")),
                (
                    "planned_minutes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="计划时长（分钟）"),
                ),
                ("aim", models.CharField(blank=True, max_length=500, verbose_name="目标")),
                ("prepare", models.CharField(blank=True, max_length=500, verbose_name="要准备的")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="主题")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="开始")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="结束")),
                ("focus", models.TextField(blank=True, verbose_name="客户关注点")),
                ("questions", models.TextField(blank=True, verbose_name="客户疑问")),
                ("consensus", models.TextField(blank=True, verbose_name="达成共识")),
                ("disagreement", models.TextField(blank=True, verbose_name="分歧")),
                ("next_step", models.TextField(blank=True, verbose_name="下一步")),
                ("late", models.BooleanField(default=False, verbose_name="补录")),
                ("late_reason", models.CharField(blank=True, max_length=300, verbose_name="补录原因")),
                (
                    "adverse_event",
                    models.CharField(
                        blank=True,
                        choices=[("", "未询问"), ("none", "不是不良反应"), ("opened", "已上报")],
                        default="",
                        max_length=6,
                        verbose_name="不良反应",
                    ),
                ),
                ("distance_m", models.PositiveIntegerField(blank=True, null=True, verbose_name="签到距离（米）")),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="取消原因")),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("web", "网页"),
                            ("api", "接口"),
                            ("import", "导入"),
                            ("phone", "手机"),
                            ("command", "命令行"),
                            ("public", "公开表单"),
                            ("job", "后台任务"),
                        ],
                        max_length=10,
                        verbose_name="入口",
                    ),
                ),
                ("recorded_at", models.DateTimeField(blank=True, null=True, verbose_name="录入时间")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="customers.customer",
                        verbose_name="客户",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="visits.visit",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.territory",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拜访人",
                    ),
                ),
            ],
            options={
                "verbose_name": "拜访",
                "indexes": [
                    models.Index(fields=["customer", "-day", "-id"], name="visit_of_customer"),
                    models.Index(fields=["user", "day", "id"], name="visit_of_person"),
                    models.Index(fields=["day", "id"], name="visit_by_day"),
                    models.Index(
                        condition=models.Q(("follows", None), _negated=True),
                        fields=["follows"],
                        name="visit_that_follows",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), _negated=True),
                            models.Q(("recorded_at__isnull", False), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_done_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                        name="visit_times_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedByMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("merge_id", models.BigIntegerField(db_index=True)),
                ("companion", models.BooleanField(default=False)),
                (
                    "visit",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="visits.visit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Companion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="companions", to="visits.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["visit_id", "id"],
                "constraints": [models.UniqueConstraint(fields=("visit", "customer"), name="companion_once")],
            },
        ),
        migrations.AddField(
            model_name="coaching",
            name="visit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coachings",
                to="visits.visit",
            ),
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "passage",
                    models.CharField(choices=[("in", "签到"), ("out", "签退")], max_length=3, verbose_name="签到/签退"),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("longitude", models.DecimalField(decimal_places=6, max_digits=10, verbose_name="经度（WGS-84）")),
                ("latitude", models.DecimalField(decimal_places=6, max_digits=9, verbose_name="纬度（WGS-84）")),
                ("accuracy_m", models.PositiveIntegerField(blank=True, null=True, verbose_name="定位精度（米）")),
                (
                    "grid",
                    models.CharField(
                        choices=[("wgs84", "WGS-84"), ("gcj02", "GCJ-02")],
                        default="wgs84",
                        max_length=5,
                        verbose_name="坐标系",
                    ),
                ),
                ("distance_m", models.PositiveIntegerField(blank=True, null=True, verbose_name="距离（米）")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="check_ins", to="visits.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["visit_id", "at", "id"],
                "constraints": [models.UniqueConstraint(fields=("visit", "passage"), name="check_in_once")],
            },
        ),
        migrations.CreateModel(
            name="VisitingHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField(verbose_name="星期")),
                ("opens", models.TimeField(verbose_name="从")),
                ("closes", models.TimeField(verbose_name="到")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visiting_hours",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["customer_id", "weekday", "opens", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens")), ("weekday__range", (0, 6))),
                        name="hours_in_order",
                    ),
                    models.UniqueConstraint(fields=("customer", "weekday", "opens"), name="hours_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "message_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.messageversion",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["visit_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "message_version"), name="visit_message_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="月份")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审批"),
                            ("approved", "已批准"),
                            ("returned", "已退回"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="提交时间")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="审批时间")),
                ("decision_note", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                ("shortfalls", models.JSONField(blank=True, default=list, verbose_name="排不下的")),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit_plans",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拜访人",
                    ),
                ),
            ],
            options={
                "verbose_name": "拜访计划",
                "ordering": ["-month", "user_id", "id"],
                "indexes": [models.Index(fields=["state", "month"], name="visit_plan_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "month"), name="visit_plan_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="visit_plan_not_decided_by_owner",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="visit",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="visits",
                to="visits.visitplan",
            ),
        ),
        migrations.CreateModel(
            name="VisitProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "attitude",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("against", "反对"),
                            ("doubtful", "怀疑"),
                            ("neutral", "中立"),
                            ("interested", "感兴趣"),
                            ("trial", "试用"),
                            ("advocate", "推荐"),
                        ],
                        max_length=10,
                        verbose_name="态度",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.product",
                        verbose_name="产品",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="products",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["visit_id", "position", "id"],
                "constraints": [models.UniqueConstraint(fields=("visit", "product"), name="visit_product_once")],
            },
        ),
        migrations.CreateModel(
            name="InstitutionConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=200, verbose_name="凭据")),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visit_consents",
                        to="customers.customer",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["institution_id", "-starts_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                        name="institution_consent_range",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("plan", None), _negated=True), fields=["plan"], name="visit_of_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "done"), ("planned_on__isnull", False), _connector="OR"),
                name="visit_open_is_planned",
            ),
        ),
        migrations.CreateModel(
            name="VisitEmail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待发送"),
                            ("sending", "发送中"),
                            ("sent", "已发送"),
                            ("skipped", "不用再发"),
                            ("failed", "没有发出"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                ("send_at", models.DateTimeField(verbose_name="最早发送时间")),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="发送时间")),
                ("problem", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("uid", models.UUIDField(unique=True)),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="收件地址")),
                ("subject", models.CharField(blank=True, max_length=400, verbose_name="邮件主题")),
                ("body", models.TextField(blank=True, verbose_name="邮件正文")),
                (
                    "template",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="materials.materialversion",
                        verbose_name="邮件模板",
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="email", to="visits.visit"
                    ),
                ),
            ],
            options={
                "verbose_name": "邮件",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending"])),
                        fields=["send_at", "id"],
                        name="visit_email_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="visit_email_sent_when",
                    )
                ],
            },
        ),
    ]
