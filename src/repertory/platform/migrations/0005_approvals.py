import django.db.models.deletion
import repertory.core.exact
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("platform", "0004_reminders"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="事项")),
                ("object_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("amount_cny", repertory.core.exact.ExactField(null=True, verbose_name="金额（元）")),
                ("node_id", models.BigIntegerField(verbose_name="辖区")),
                ("authors", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField(verbose_name="提交时间")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "审批中"),
                            ("approved", "已批准"),
                            ("rejected", "已驳回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("step", models.PositiveSmallIntegerField(default=1)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("ended_why", models.CharField(blank=True, max_length=1000, verbose_name="撤回原因")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
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
                "verbose_name": "审批",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["asked_by", "id"], name="approval_of_person"),
                    models.Index(fields=["state", "id"], name="approval_by_state"),
                    models.Index(fields=["kind", "object_id", "id"], name="approval_of_object"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("kind", "object_id"),
                        name="approval_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="approval_ended_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRoute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="事项")),
                ("starts_on", models.DateField(verbose_name="生效日期")),
                ("steps", models.JSONField(verbose_name="步骤")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
            ],
            options={
                "verbose_name": "审批路线",
                "ordering": ["kind", "-starts_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "starts_on"), name="approval_route_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("role", models.CharField(max_length=20, verbose_name="岗位")),
                ("node_id", models.BigIntegerField(verbose_name="辖区")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待审批"),
                            ("approved", "已同意"),
                            ("rejected", "已驳回"),
                            ("dropped", "未走到"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="时间")),
                ("comment", models.CharField(blank=True, max_length=1000, verbose_name="意见")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="platform.approvalrequest"
                    ),
                ),
            ],
            options={
                "verbose_name": "审批步骤",
                "ordering": ["request_id", "position"],
                "indexes": [models.Index(fields=["role", "node_id"], name="approval_step_by_post")],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "position"), name="approval_step_once"),
                    models.UniqueConstraint(fields=("request", "principal"), name="approval_nobody_twice"),
                    models.UniqueConstraint(fields=("request", "decided_by"), name="approval_no_hand_twice"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("principal", None),
                                ("state__in", ["waiting", "dropped"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("principal__isnull", False),
                                ("state__in", ["approved", "rejected"]),
                            ),
                            _connector="OR",
                        ),
                        name="approval_step_decided_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(verbose_name="至（不含）")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("named_at", models.DateTimeField(verbose_name="指定时间")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代理人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="本人",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批代理",
                "ordering": ["-starts_on", "-id"],
                "indexes": [models.Index(fields=["person", "starts_on"], name="deputy_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="deputy_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("deputy")), _negated=True), name="deputy_is_another"
                    ),
                ],
            },
        ),
    ]
