import django.db.models.deletion
from django.conf import settings
from repertory.core.first_migration import FirstMigration
from django.db import migrations, models


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("customers", "0002_search_and_count"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("platform", "0004_reminders"),
        ("products", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="资料编码")),
                ("title", models.CharField(max_length=100, verbose_name="资料名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("academic", "学术资料"),
                            ("leaflet", "单页/折页"),
                            ("reprint", "文献"),
                            ("invitation", "邀请函"),
                            ("patient", "患教资料"),
                            ("email", "邮件模板"),
                            ("other", "其他资料"),
                        ],
                        max_length=12,
                        verbose_name="资料类型",
                    ),
                ),
                ("is_electronic", models.BooleanField(default=False, verbose_name="电子资料")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="备注")),
                ("sort_key", models.CharField(blank=True, max_length=240)),
                ("search_text", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="移除时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "products",
                    models.ManyToManyField(
                        blank=True, related_name="materials", to="products.product", verbose_name="相关产品"
                    ),
                ),
            ],
            options={
                "verbose_name": "资料",
                "indexes": [
                    models.Index(
                        condition=models.Q(("removed_at", None)), fields=["sort_key", "id"], name="material_by_title"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="material_has_title")
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("summary", models.CharField(blank=True, max_length=1000, verbose_name="内容说明")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="邮件主题")),
                ("body", models.TextField(blank=True, verbose_name="邮件正文")),
                ("audiences", models.JSONField(blank=True, default=list, verbose_name="对象")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审批"),
                            ("returned", "已退回"),
                            ("approved", "已批准"),
                            ("withdrawn", "已撤下"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="提交时间")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="审批时间")),
                ("decision_note", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("superseded_on", models.DateField(blank=True, null=True, verbose_name="新版生效日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤下日期")),
                ("withdrawal_reason", models.CharField(blank=True, max_length=300, verbose_name="撤下原因")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "edited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.attachment",
                        verbose_name="文件",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="materials.material",
                        verbose_name="资料",
                    ),
                ),
            ],
            options={
                "verbose_name": "资料版本",
                "ordering": ["material_id", "-number", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "approved")),
                        fields=["valid_until", "id"],
                        name="material_by_expiry",
                    ),
                    models.Index(fields=["state", "id"], name="material_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("material", "number"), name="material_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "returned", "submitted"])),
                        fields=("material",),
                        name="material_one_version_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_from", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="material_validity_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "withdrawn"]), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("valid_from__isnull", False),
                                ("valid_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="material_approved_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "withdrawn"]), _negated=True),
                            models.Q(
                                models.Q(
                                    ("author", None),
                                    ("decided_by", None),
                                    models.Q(("author", models.F("decided_by")), _negated=True),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("edited_by", None),
                                    ("decided_by", None),
                                    models.Q(("edited_by", models.F("decided_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="material_not_approved_by_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.IntegerField(verbose_name="数量")),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                ("again", models.BooleanField(default=False, verbose_name="重复发放")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("visit_id", models.BigIntegerField(null=True, verbose_name="拜访")),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handouts",
                        to="customers.customer",
                        verbose_name="客户",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经手人",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="materials.handout",
                        verbose_name="冲回",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handouts",
                        to="materials.materialversion",
                        verbose_name="资料版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "资料发放",
                "ordering": ["-on", "-id"],
                "indexes": [
                    models.Index(fields=["customer", "on"], name="handout_of_customer"),
                    models.Index(fields=["giver", "on"], name="handout_of_giver"),
                    models.Index(fields=["version", "on"], name="handout_of_version"),
                    models.Index(
                        condition=models.Q(("visit_id", None), _negated=True),
                        fields=["visit_id"],
                        name="handout_of_visit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quantity__gt", 0), ("reverses", None)),
                            models.Q(("quantity__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="handout_sign",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleAllowance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given", models.IntegerField(default=0, verbose_name="累计盒数")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sample_allowances",
                        to="customers.customer",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="products.product"
                    ),
                ),
            ],
            options={
                "verbose_name": "样品领用累计",
                "ordering": ["customer_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("customer", "product"), name="sample_allowance_once"),
                    models.CheckConstraint(
                        condition=models.Q(("given__gte", 0)), name="sample_allowance_not_below_zero"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleLot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lot_number", models.CharField(max_length=40, verbose_name="批号")),
                ("expires_on", models.DateField(verbose_name="有效期至")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sample_lots",
                        to="products.pack",
                        verbose_name="规格",
                    ),
                ),
            ],
            options={
                "verbose_name": "样品批次",
                "ordering": ["expires_on", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("pack", "lot_number"), name="sample_lot_once"),
                    models.CheckConstraint(
                        condition=models.Q(("lot_number", ""), _negated=True), name="sample_lot_has_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.IntegerField(default=0, verbose_name="结存")),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="持有人",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="materials.samplelot"
                    ),
                ),
            ],
            options={
                "verbose_name": "样品结存",
                "ordering": ["lot_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0)), name="sample_balance_not_below_zero"
                    ),
                    models.UniqueConstraint(fields=("lot", "holder"), name="sample_balance_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("holder", None)), fields=("lot",), name="sample_balance_of_store"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "入库"),
                            ("issued", "发放"),
                            ("returned", "退回"),
                            ("given", "给客户"),
                            ("taken_back", "冲回"),
                            ("lost", "损耗"),
                            ("counted", "盘点差异"),
                        ],
                        max_length=10,
                        verbose_name="业务",
                    ),
                ),
                ("quantity", models.IntegerField(verbose_name="数量")),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("visit_id", models.BigIntegerField(null=True, verbose_name="拜访")),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sample_moves",
                        to="customers.customer",
                        verbose_name="客户",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="持有人",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="materials.samplelot",
                        verbose_name="批次",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="对方",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="materials.samplemove",
                        verbose_name="冲回",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.attachment",
                        verbose_name="签名",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "样品变动",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("customer__isnull", False)),
                        fields=["customer", "on"],
                        name="sample_move_of_customer",
                    ),
                    models.Index(
                        condition=models.Q(("visit_id", None), _negated=True),
                        fields=["visit_id"],
                        name="sample_move_of_visit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quantity", 0), _negated=True), ("kind", "counted"), _connector="OR"
                        ),
                        name="sample_move_moves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("customer", None), ("holder", None), ("kind", "received"), ("quantity__gt", 0)),
                            models.Q(
                                ("customer__isnull", False), ("kind", "given"), ("quantity__lt", 0), ("reverses", None)
                            ),
                            models.Q(
                                ("customer__isnull", False),
                                ("kind", "taken_back"),
                                ("quantity__gt", 0),
                                ("reverses__isnull", False),
                            ),
                            models.Q(("customer", None), ("kind", "lost"), ("quantity__lt", 0)),
                            models.Q(("customer", None), ("kind__in", ["issued", "returned", "counted"])),
                            _connector="OR",
                        ),
                        name="sample_move_sign",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.IntegerField(default=0, verbose_name="结存")),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="持有人",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="balances",
                        to="materials.materialversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "资料结存",
                "ordering": ["version_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0)), name="stock_balance_not_below_zero"
                    ),
                    models.UniqueConstraint(fields=("version", "holder"), name="stock_balance_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("holder", None)), fields=("version",), name="stock_balance_of_store"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "入库"),
                            ("issued", "发放"),
                            ("returned", "退回"),
                            ("given", "给客户"),
                            ("taken_back", "冲回"),
                            ("lost", "损耗"),
                            ("counted", "盘点差异"),
                        ],
                        max_length=10,
                        verbose_name="业务",
                    ),
                ),
                ("quantity", models.IntegerField(verbose_name="数量")),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "handout",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="move",
                        to="materials.handout",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="持有人",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="对方",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="materials.materialversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "资料库存变动",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quantity", 0), _negated=True), ("kind", "counted"), _connector="OR"
                        ),
                        name="stock_move_moves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handout__isnull", False), ("kind__in", ["given", "taken_back"])),
                            models.Q(models.Q(("kind__in", ["given", "taken_back"]), _negated=True), ("handout", None)),
                            _connector="OR",
                        ),
                        name="stock_move_of_handout",
                    ),
                ],
            },
        ),
    ]
