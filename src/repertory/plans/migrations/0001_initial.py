import django.db.models.deletion
import repertory.core.exact
from django.conf import settings
from repertory.core.first_migration import FirstMigration
from django.db import migrations, models


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("customers", "0002_search_and_count"),
        ("organisation", "0001_initial"),
        ("organisation", "__first__"),
        ("products", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TargetPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                (
                    "measure",
                    models.CharField(
                        choices=[("amount", "金额（元）"), ("quantity", "数量（销售单位）")],
                        max_length=8,
                        verbose_name="计量",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "编制中"),
                            ("submitted", "待审批"),
                            ("approved", "现行"),
                            ("replaced", "已被替换"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("step", repertory.core.exact.ExactField(verbose_name="分解到")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="编制说明")),
                ("created_at", models.DateTimeField(verbose_name="编制时间")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审批时间")),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="退回意见")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编制人",
                    ),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.targetplan"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标计划",
                "ordering": ["-year", "measure", "-number", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "measure", "number"), name="target_plan_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")),
                        fields=("year", "measure"),
                        name="target_plan_approved_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted"])),
                        fields=("year", "measure"),
                        name="target_plan_open_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("step__gt", 0)), name="target_plan_step_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[("base", "基本指标"), ("stretch", "挑战指标")], max_length=7, verbose_name="指标档"
                    ),
                ),
                ("month", models.PositiveIntegerField(verbose_name="月份")),
                (
                    "parts",
                    models.CharField(
                        blank=True,
                        choices=[("", "未分解"), ("nodes", "下级区域"), ("customers", "客户")],
                        default="",
                        max_length=9,
                        verbose_name="分解",
                    ),
                ),
                ("value", repertory.core.exact.ExactField(verbose_name="指标")),
                ("fixed", models.BooleanField(default=False, verbose_name="已锁定")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts_below",
                        to="plans.targetfigure",
                    ),
                ),
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
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.territory",
                        verbose_name="区域",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="plans.targetplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标",
                "ordering": ["plan_id", "level", "territory_id", "product_id", "month", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "level", "territory", "product", "month"), name="target_figure_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="target_figure_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[("base", "基本指标"), ("stretch", "挑战指标")], max_length=7, verbose_name="指标档"
                    ),
                ),
                ("period", models.CharField(max_length=10, verbose_name="期间")),
                ("before", repertory.core.exact.ExactField(verbose_name="原指标")),
                ("proposed", repertory.core.exact.ExactField(verbose_name="建议指标")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待答复"), ("accepted", "已采纳"), ("declined", "未采纳")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="plans.targetplan"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.product",
                        verbose_name="产品",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.territory",
                        verbose_name="区域",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标反馈",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["plan", "state"], name="target_reply_open")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("proposed__gte", 0)), name="target_reply_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="target_reply_decided_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("week", "周任务"),
                            ("month", "月任务"),
                            ("quarter", "季度任务"),
                            ("action", "行动计划"),
                        ],
                        max_length=7,
                        verbose_name="类型",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(verbose_name="至（不含）")),
                ("due_on", models.DateField(verbose_name="截止日期")),
                ("text", models.CharField(max_length=500, verbose_name="内容")),
                ("goal", repertory.core.exact.ExactField(blank=True, null=True, verbose_name="目标值")),
                ("reached", repertory.core.exact.ExactField(default=0, verbose_name="完成值")),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "进行中"),
                            ("done", "已完成待检查"),
                            ("checked", "已检查"),
                            ("cancelled", "已取消"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="布置时间")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="检查时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="检查人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="负责人",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="布置人",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作任务",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(fields=["owner", "due_on"], name="task_of_owner"),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["due_on", "id"], name="task_open_by_due"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="task_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "checked"), _negated=True),
                            ("checked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="task_checked_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "布置"),
                            ("revised", "修改"),
                            ("noted", "进展"),
                            ("done", "完成"),
                            ("checked", "检查通过"),
                            ("returned", "退回继续"),
                            ("commented", "上级意见"),
                            ("cancelled", "取消"),
                        ],
                        max_length=9,
                        verbose_name="步骤",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("text", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                ("reached", repertory.core.exact.ExactField(blank=True, null=True, verbose_name="完成值")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="plans.task"
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
                "verbose_name": "任务步骤",
                "ordering": ["task_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="CustomerFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", repertory.core.exact.ExactField(verbose_name="指标")),
                ("fixed", models.BooleanField(default=False, verbose_name="已锁定")),
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
                    "figure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="customers",
                        to="plans.targetfigure",
                    ),
                ),
            ],
            options={
                "verbose_name": "客户指标",
                "ordering": ["figure_id", "customer_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("figure", "customer"), name="customer_figure_once"),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="customer_figure_not_negative"),
                ],
            },
        ),
    ]
