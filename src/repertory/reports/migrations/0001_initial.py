import django.db.models.deletion
from django.conf import settings
from repertory.core.first_migration import FirstMigration
from django.db import migrations, models


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("organisation", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.CharField(
                        choices=[
                            ("attainment", "达成报表"),
                            ("composition", "销售构成报表"),
                            ("trend", "销售趋势报表"),
                            ("coverage", "拜访覆盖报表"),
                            ("flow", "流向检查报表"),
                        ],
                        max_length=11,
                        verbose_name="报表",
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("daily", "每天"),
                            ("weekly", "每周一"),
                            ("monthly", "每月"),
                            ("quarterly", "每季"),
                            ("yearly", "每年"),
                        ],
                        max_length=9,
                        verbose_name="频率",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("self", "只给我自己"),
                            ("team", "给我带的每个人"),
                            ("company", "给全公司的主管和经理"),
                        ],
                        default="self",
                        max_length=7,
                        verbose_name="发给谁",
                    ),
                ),
                (
                    "file_format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("xlsx", "Excel")], default="pdf", max_length=4, verbose_name="格式"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="停止时间")),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.territory",
                        verbose_name="区域",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "定期报表",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="IssuedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.CharField(
                        choices=[
                            ("attainment", "达成报表"),
                            ("composition", "销售构成报表"),
                            ("trend", "销售趋势报表"),
                            ("coverage", "拜访覆盖报表"),
                            ("flow", "流向检查报表"),
                        ],
                        max_length=11,
                        verbose_name="报表",
                    ),
                ),
                ("period", models.CharField(max_length=20, verbose_name="期间")),
                ("occasion", models.CharField(max_length=20)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(verbose_name="发出时间")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued",
                        to="reports.reportschedule",
                    ),
                ),
            ],
            options={
                "verbose_name": "已发报表",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["person", "-at"], name="issued_report_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("schedule", "person", "occasion"), name="issued_report_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedAnalysis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("query", models.CharField(max_length=2000, verbose_name="定义")),
                ("shared", models.BooleanField(default=False, verbose_name="所有人可用")),
                ("created_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "保存的分析",
                "ordering": ["name", "id"],
                "indexes": [models.Index(fields=["shared", "name"], name="saved_analysis_shared")],
                "constraints": [models.UniqueConstraint(fields=("user", "name"), name="saved_analysis_once")],
            },
        ),
    ]
