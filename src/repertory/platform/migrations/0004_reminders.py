import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("platform", "0003_workdays"),
    ]

    operations = [
        migrations.CreateModel(
            name="Robot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("wecom", "企业微信"), ("dingtalk", "钉钉"), ("feishu", "飞书")],
                        max_length=10,
                        verbose_name="平台",
                    ),
                ),
                ("key", models.BinaryField(verbose_name="密钥")),
                ("secret", models.BinaryField(default=bytes, verbose_name="加签密钥")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("tried_at", models.DateTimeField(null=True, verbose_name="上次测试")),
                ("problem", models.CharField(blank=True, max_length=200, verbose_name="测试结果")),
            ],
            options={
                "verbose_name": "群机器人",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60, verbose_name="规则")),
                ("object_type", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("occasion", models.CharField(max_length=80)),
                ("values", models.JSONField(default=dict)),
                ("url", models.CharField(max_length=200)),
                ("due_on", models.DateField(verbose_name="日期")),
                ("due_at", models.DateTimeField(null=True, verbose_name="时间")),
                ("created_at", models.DateTimeField(verbose_name="提醒时间")),
                ("snoozed_until", models.DateTimeField(null=True, verbose_name="稍后提醒")),
                ("done_at", models.DateTimeField(null=True, verbose_name="处理时间")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "提醒",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("withdrawn_at", None)),
                        fields=["person", "due_on", "id"],
                        name="reminder_open",
                    ),
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["rule", "object_id"],
                        name="reminder_by_rule",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "rule", "object_id", "occasion"), name="reminder_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="NotificationChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                (
                    "channel",
                    models.CharField(
                        choices=[("program", "只在系统里"), ("email", "同时发邮件"), ("robot", "同时发到群机器人")],
                        default="program",
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "robot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="platform.robot"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "rule"), name="notification_choice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "robot"), ("robot__isnull", False)),
                            models.Q(models.Q(("channel", "robot"), _negated=True), ("robot", None)),
                            _connector="OR",
                        ),
                        name="notification_choice_names_robot",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("program", "只在系统里"), ("email", "同时发邮件"), ("robot", "同时发到群机器人")],
                        max_length=10,
                    ),
                ),
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
                (
                    "reminder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="platform.reminder"
                    ),
                ),
                (
                    "robot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="platform.robot"
                    ),
                ),
            ],
            options={
                "verbose_name": "发送",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending"])),
                        fields=["send_at", "id"],
                        name="delivery_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("reminder", "channel"), name="delivery_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="delivery_sent_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="停用时间")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "日历订阅",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)), fields=("person",), name="calendar_link_one_open"
                    )
                ],
            },
        ),
    ]
