import django.db.models.deletion
from django.conf import settings
from repertory.core.first_migration import FirstMigration
from django.db import migrations, models


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("customers", "0002_search_and_count"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("products", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdverseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="编号")),
                ("visit_id", models.BigIntegerField(blank=True, null=True, verbose_name="拜访")),
                ("product_text", models.CharField(blank=True, max_length=200, verbose_name="怀疑药品（原话）")),
                ("lot", models.CharField(blank=True, max_length=60, verbose_name="批号")),
                ("description", models.CharField(blank=True, max_length=4000, verbose_name="不良反应经过")),
                ("onset_on", models.DateField(blank=True, null=True, verbose_name="发生日期")),
                ("seriousness", models.JSONField(blank=True, default=list, verbose_name="严重程度")),
                (
                    "expectedness",
                    models.CharField(
                        choices=[("unknown", "未判断"), ("known", "说明书已载明"), ("new", "新的（说明书未载明）")],
                        default="unknown",
                        max_length=8,
                        verbose_name="是否新的",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recovered", "痊愈"),
                            ("improving", "好转"),
                            ("not_recovered", "未好转"),
                            ("sequelae", "有后遗症"),
                            ("death", "死亡"),
                            ("unknown", "不详"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
                ("patient_initials", models.BinaryField(blank=True, null=True, verbose_name="患者姓名缩写")),
                ("patient_age", models.BinaryField(blank=True, null=True, verbose_name="患者年龄")),
                ("patient_sex", models.BinaryField(blank=True, null=True, verbose_name="患者性别")),
                (
                    "reporter_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("doctor", "医生"),
                            ("pharmacist", "药师"),
                            ("nurse", "护士"),
                            ("patient", "患者或家属"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="报告人身份",
                    ),
                ),
                ("reporter_name", models.BinaryField(blank=True, null=True, verbose_name="报告人姓名")),
                ("reporter_phone", models.BinaryField(blank=True, null=True, verbose_name="报告人电话")),
                ("missing", models.JSONField(blank=True, default=list, verbose_name="待补齐")),
                ("aware_at", models.DateTimeField(verbose_name="首次获知时间")),
                (
                    "clock",
                    models.CharField(
                        choices=[("at_once", "死亡，立即"), ("serious_or_new", "严重或新的"), ("other", "其他")],
                        max_length=14,
                        verbose_name="法定时限",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="报告期限")),
                ("received_at", models.DateTimeField(verbose_name="接收时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("received", "已接收"), ("handed_over", "已移交"), ("closed", "已关闭")],
                        default="received",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("handed_over_at", models.DateTimeField(blank=True, null=True, verbose_name="移交时间")),
                ("handed_over_to", models.CharField(blank=True, max_length=100, verbose_name="移交给")),
                ("receipt_number", models.CharField(blank=True, max_length=60, verbose_name="回执编号")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="关闭时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="客户",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.product",
                        verbose_name="怀疑药品",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "不良反应",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["customer", "id"], name="adverse_event_of_customer"),
                    models.Index(
                        condition=models.Q(("state", "received")), fields=["due_at", "id"], name="adverse_event_by_due"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("aware_at"))),
                        name="adverse_event_due_after_awareness",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("aware_at__lte", models.F("received_at"))),
                        name="adverse_event_aware_before_intake",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "received"),
                            models.Q(
                                ("handed_over_at__isnull", False), models.Q(("handed_over_to", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="adverse_event_handed_over_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", False), _connector="OR"
                        ),
                        name="adverse_event_closed_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdverseEventStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "接收"),
                            ("corrected", "更正或补充"),
                            ("followed_up", "随访"),
                            ("handed_over", "移交药物警戒"),
                            ("closed", "关闭"),
                        ],
                        max_length=12,
                        verbose_name="步骤",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("text", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="service.adverseevent",
                        verbose_name="不良反应",
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
                "verbose_name": "不良反应步骤",
                "ordering": ["event_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "咨询"),
                            ("complaint", "投诉"),
                            ("suggestion", "建议"),
                            ("unmet_need", "未满足需求"),
                            ("support", "支持"),
                        ],
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("low", "低"), ("normal", "一般"), ("high", "高"), ("urgent", "紧急")],
                        max_length=8,
                        verbose_name="紧急程度",
                    ),
                ),
                ("visit_id", models.BigIntegerField(blank=True, null=True, verbose_name="拜访")),
                ("title", models.CharField(max_length=100, verbose_name="标题")),
                ("text", models.CharField(blank=True, max_length=4000, verbose_name="内容")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("visit", "拜访"),
                            ("phone", "电话"),
                            ("message", "即时通讯"),
                            ("email", "邮件"),
                            ("meeting", "会议"),
                            ("letter", "书面"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="来源",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("in_progress", "处理中"),
                            ("answered", "已有结果"),
                            ("closed", "已告知客户"),
                            ("reopened", "重新打开"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("clock_from", models.DateTimeField(verbose_name="计时开始")),
                ("due_hours", models.DecimalField(decimal_places=2, max_digits=7, verbose_name="时限（工作小时）")),
                ("due_at", models.DateTimeField(verbose_name="到期时间")),
                ("result", models.CharField(blank=True, max_length=4000, verbose_name="处理结果")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("information", "产品资料不足"),
                            ("quality", "产品质量"),
                            ("supply", "供货/断货"),
                            ("delivery", "物流配送"),
                            ("price", "价格/医保政策"),
                            ("documents", "票据/资质资料"),
                            ("response", "响应慢/服务态度"),
                            ("training", "使用培训不足"),
                            ("process", "内部流程"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="原因",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="得出结果时间")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="告知客户时间")),
                (
                    "told_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visit", "拜访"),
                            ("phone", "电话"),
                            ("message", "即时通讯"),
                            ("email", "邮件"),
                            ("meeting", "会议"),
                            ("letter", "书面"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="告知方式",
                    ),
                ),
                (
                    "escalation",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "未升级"), (1, "升级到主管"), (2, "升级到经理"), (3, "升级到公司")],
                        default=0,
                        verbose_name="升级",
                    ),
                ),
                ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="升级时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="客户",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="负责人",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.product",
                        verbose_name="产品",
                    ),
                ),
            ],
            options={
                "verbose_name": "服务个案",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["customer", "id"], name="case_of_customer"),
                    models.Index(
                        condition=models.Q(("state__in", ["answered", "in_progress", "open", "reopened"])),
                        fields=["owner", "due_at"],
                        name="case_of_owner",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["answered", "in_progress", "open", "reopened"])),
                        fields=["due_at", "id"],
                        name="case_by_due",
                    ),
                    models.Index(fields=["opened_at", "id"], name="case_by_opening"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("clock_from"))), name="case_due_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("told_at__isnull", False), models.Q(("told_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="case_closed_is_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["answered", "closed"]), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("result", ""), _negated=True),
                                models.Q(("cause", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_answered_whole",
                    ),
                    models.CheckConstraint(condition=models.Q(("escalation__lte", 3)), name="case_escalation_level"),
                ],
            },
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adverse_events",
                to="service.case",
                verbose_name="服务个案",
            ),
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "登记"),
                            ("taken", "开始处理"),
                            ("noted", "进展"),
                            ("revised", "更正"),
                            ("assigned", "换人负责"),
                            ("answered", "得出结果"),
                            ("told", "告知客户"),
                            ("reopened", "重新打开"),
                            ("escalated", "超时升级"),
                        ],
                        max_length=10,
                        verbose_name="步骤",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("text", models.CharField(blank=True, max_length=4000, verbose_name="说明")),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "待处理"),
                            ("in_progress", "处理中"),
                            ("answered", "已有结果"),
                            ("closed", "已告知客户"),
                            ("reopened", "重新打开"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "待处理"),
                            ("in_progress", "处理中"),
                            ("answered", "已有结果"),
                            ("closed", "已告知客户"),
                            ("reopened", "重新打开"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "未升级"), (1, "升级到主管"), (2, "升级到经理"), (3, "升级到公司")],
                        default=0,
                        verbose_name="升级",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="service.case",
                        verbose_name="服务个案",
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
                "verbose_name": "个案步骤",
                "ordering": ["case_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="MovedByMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("merge_id", models.BigIntegerField(verbose_name="合并")),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="service.case"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="service.adverseevent",
                    ),
                ),
            ],
            options={
                "ordering": ["merge_id", "id"],
                "indexes": [models.Index(fields=["merge_id", "id"], name="service_moved_by_merge")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", True), ("event__isnull", False)),
                            models.Q(("case__isnull", False), ("event__isnull", True)),
                            _connector="OR",
                        ),
                        name="service_moved_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=10, verbose_name="编号")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最后编号")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "year"), name="number_series_once")],
            },
        ),
        migrations.CreateModel(
            name="AdverseEventRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                ("fields", models.JSONField(default=list, verbose_name="改动")),
                ("content", models.BinaryField(verbose_name="内容")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="service.adverseevent",
                        verbose_name="不良反应",
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
                "verbose_name": "不良反应版本",
                "ordering": ["event_id", "number", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "number"), name="adverse_event_revision_once")
                ],
            },
        ),
    ]
