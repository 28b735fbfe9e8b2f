import django.db.models.deletion
import repertory.core.exact
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
            name="ProductLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("limited", models.BooleanField(default=False, verbose_name="只由指定辖区经营")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "产品线",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="产品编码")),
                ("generic_name", models.CharField(max_length=200, verbose_name="通用名")),
                ("trade_name", models.CharField(blank=True, max_length=100, verbose_name="商品名")),
                ("english_name", models.CharField(blank=True, max_length=200, verbose_name="英文名")),
                ("approval_number", models.CharField(blank=True, max_length=20, verbose_name="批准文号")),
                ("approval_expires_on", models.DateField(blank=True, null=True, verbose_name="批件有效期至")),
                ("dosage_form", models.CharField(blank=True, max_length=60, verbose_name="剂型")),
                ("manufacturer", models.CharField(blank=True, max_length=200, verbose_name="生产企业")),
                ("holder", models.CharField(blank=True, max_length=200, verbose_name="上市许可持有人")),
                ("atc_code", models.CharField(blank=True, max_length=7, verbose_name="ATC 编码")),
                (
                    "insurance_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("a", "甲类"),
                            ("b", "乙类"),
                            ("c", "丙类"),
                            ("negotiated", "国谈乙类"),
                            ("self_paid", "自费"),
                        ],
                        max_length=10,
                        verbose_name="医保类别",
                    ),
                ),
                ("insurance_note", models.CharField(blank=True, max_length=500, verbose_name="医保支付限定")),
                (
                    "procurement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_included", "未纳入集采"),
                            ("selected", "集采中选"),
                            ("not_selected", "集采未中选"),
                            ("expired", "集采到期"),
                        ],
                        max_length=12,
                        verbose_name="集采状态",
                    ),
                ),
                (
                    "prescription_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rx", "处方药"),
                            ("otc_a", "甲类非处方药（OTC）"),
                            ("otc_b", "乙类非处方药（OTC）"),
                            ("both", "双跨"),
                        ],
                        max_length=6,
                        verbose_name="处方类别",
                    ),
                ),
                (
                    "special_control",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("narcotic", "麻醉药品"),
                            ("psychotropic_1", "第一类精神药品"),
                            ("psychotropic_2", "第二类精神药品"),
                            ("toxic", "医疗用毒性药品"),
                            ("radioactive", "放射性药品"),
                            ("precursor", "药品类易制毒化学品"),
                            ("biological", "血液制品/疫苗"),
                            ("doping", "含兴奋剂药品"),
                        ],
                        max_length=14,
                        verbose_name="特殊管理",
                    ),
                ),
                ("indications", models.CharField(blank=True, max_length=2000, verbose_name="适应症")),
                ("usage", models.CharField(blank=True, max_length=2000, verbose_name="用法用量")),
                ("cautions", models.CharField(blank=True, max_length=2000, verbose_name="禁忌与注意事项")),
                ("selling_points", models.CharField(blank=True, max_length=2000, verbose_name="产品特点")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("development", "研发"),
                            ("preparation", "上市准备"),
                            ("on_sale", "在售"),
                            ("suspended", "停售"),
                            ("withdrawn", "退市"),
                        ],
                        default="development",
                        max_length=12,
                        verbose_name="产品阶段",
                    ),
                ),
                ("stage_since", models.DateField(verbose_name="进入阶段日期")),
                ("launched_on", models.DateField(blank=True, null=True, verbose_name="上市日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="退市日期")),
                ("custom", models.JSONField(blank=True, default=dict, verbose_name="自定义字段")),
                ("sort_key", models.CharField(blank=True, max_length=240)),
                ("search_text", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="移除时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "product_manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="产品经理",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="products.productline",
                        verbose_name="产品线",
                    ),
                ),
            ],
            options={
                "verbose_name": "产品",
                "indexes": [
                    models.Index(
                        condition=models.Q(("removed_at", None)), fields=["sort_key", "id"], name="product_by_name"
                    ),
                    models.Index(
                        condition=models.Q(("removed_at", None)), fields=["updated_at", "id"], name="product_by_update"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("generic_name", ""), _negated=True), name="product_has_name"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("approval_number", ""), _negated=True), ("removed_at", None)),
                        fields=("approval_number",),
                        name="product_approval_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approval_number", ""), ("removed_at", None)),
                        fields=("generic_name", "trade_name", "dosage_form", "manufacturer"),
                        name="product_without_approval_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("launched_on", None),
                            ("withdrawn_on", None),
                            ("withdrawn_on__gte", models.F("launched_on")),
                            _connector="OR",
                        ),
                        name="product_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="products.product",
                        verbose_name="产品",
                    ),
                ),
            ],
            options={
                "verbose_name": "关键信息",
                "ordering": ["product_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="LineTeam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.territory",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teams",
                        to="products.productline",
                        verbose_name="产品线",
                    ),
                ),
            ],
            options={
                "verbose_name": "经营辖区",
                "ordering": ["line_id", "-starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                        name="line_team_range",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)), fields=("line", "territory"), name="line_team_open_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductStageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("development", "研发"),
                            ("preparation", "上市准备"),
                            ("on_sale", "在售"),
                            ("suspended", "停售"),
                            ("withdrawn", "退市"),
                        ],
                        max_length=12,
                        verbose_name="原阶段",
                    ),
                ),
                (
                    "to_stage",
                    models.CharField(
                        choices=[
                            ("development", "研发"),
                            ("preparation", "上市准备"),
                            ("on_sale", "在售"),
                            ("suspended", "停售"),
                            ("withdrawn", "退市"),
                        ],
                        max_length=12,
                        verbose_name="新阶段",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stage_changes", to="products.product"
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
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MessageVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("indication", "适应症"),
                            ("advantage", "优势"),
                            ("dosage", "用法用量"),
                            ("safety", "安全性"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="主题",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="标题")),
                ("text", models.CharField(max_length=1000, verbose_name="内容")),
                ("audiences", models.JSONField(blank=True, default=list, verbose_name="对象")),
                ("departments", models.JSONField(blank=True, default=list, verbose_name="科室/专科")),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="依据")),
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
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="products.keymessage",
                        verbose_name="关键信息",
                    ),
                ),
            ],
            options={
                "verbose_name": "关键信息版本",
                "ordering": ["message_id", "-number", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "approved")),
                        fields=["valid_until", "id"],
                        name="message_by_expiry",
                    ),
                    models.Index(fields=["state", "id"], name="message_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "number"), name="message_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "returned", "submitted"])),
                        fields=("message",),
                        name="message_one_version_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_from", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="message_validity_in_order",
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
                        name="message_approved_whole",
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
                        name="message_not_approved_by_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=50, unique=True, verbose_name="规格编码")),
                ("spec", models.CharField(max_length=100, verbose_name="规格")),
                ("pack", models.CharField(blank=True, max_length=100, verbose_name="包装")),
                ("unit", models.CharField(default="盒", max_length=20, verbose_name="销售单位")),
                ("units_per_pack", models.PositiveIntegerField(blank=True, null=True, verbose_name="每盒数量")),
                ("packs_per_case", models.PositiveIntegerField(blank=True, null=True, verbose_name="每箱盒数")),
                ("barcode", models.CharField(blank=True, max_length=14, verbose_name="商品条码")),
                ("trace_prefix", models.CharField(blank=True, max_length=7, verbose_name="追溯码前缀")),
                (
                    "shelf_life_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="有效期（月）"),
                ),
                (
                    "storage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "常温（10～30℃）"),
                            ("cool", "阴凉（不超过20℃）"),
                            ("cool_dark", "凉暗（避光，不超过20℃）"),
                            ("cold", "冷藏（2～8℃）"),
                            ("frozen", "冷冻（-10℃以下）"),
                        ],
                        max_length=10,
                        verbose_name="储存条件",
                    ),
                ),
                ("storage_note", models.CharField(blank=True, max_length=200, verbose_name="储存说明")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="packs",
                        to="products.product",
                        verbose_name="产品",
                    ),
                ),
            ],
            options={
                "verbose_name": "规格",
                "ordering": ["product_id", "spec", "pack", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "spec", "pack"), name="pack_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("barcode", ""), _negated=True),
                        fields=("barcode",),
                        name="pack_barcode_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("spec", ""), _negated=True), name="pack_has_spec"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DevelopmentNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(verbose_name="计划日期")),
                ("title", models.CharField(max_length=100, verbose_name="节点")),
                ("text", models.CharField(blank=True, max_length=2000, verbose_name="说明")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="制作人",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="products.product",
                        verbose_name="产品",
                    ),
                ),
            ],
            options={
                "verbose_name": "产品发展计划",
                "ordering": ["product_id", "due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="PriceList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="编码")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="版本")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("starts_on", models.DateField(verbose_name="生效日期")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "审批中"),
                            ("approved", "已批准"),
                            ("withdrawn", "已撤下"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="批准时间")),
                ("in_force_from", models.DateField(blank=True, null=True, verbose_name="实际生效日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="停用日期（不含）")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="制作人",
                    ),
                ),
                ("editors", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "价格表",
                "ordering": ["code", "-number", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "number"), name="price_list_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted"])),
                        fields=("code",),
                        name="price_list_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("in_force_from__isnull", False), ("state__in", ["approved", "withdrawn"])),
                            models.Q(
                                ("ended_on", None), ("in_force_from", None), ("state__in", ["draft", "submitted"])
                            ),
                            _connector="OR",
                        ),
                        name="price_list_in_force_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="price_list_withdrawn_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hcp", "医生/药师"),
                            ("hospital", "医院/诊所"),
                            ("pharmacy", "药店"),
                            ("distributor", "经销商/代理商"),
                            ("government", "政府机构"),
                            ("company", "普通公司"),
                            ("individual", "个人"),
                        ],
                        max_length=12,
                        verbose_name="客户类型",
                    ),
                ),
                ("tier", models.CharField(blank=True, max_length=20, verbose_name="客户等级")),
                ("province", models.CharField(blank=True, max_length=6, verbose_name="省份")),
                ("season", models.PositiveSmallIntegerField(default=4095, verbose_name="月份")),
                ("from_quantity", models.PositiveIntegerField(default=1, verbose_name="起订量")),
                ("price_cny", repertory.core.exact.ExactField(verbose_name="单价（元）")),
                ("floor_cny", repertory.core.exact.ExactField(verbose_name="底价（元）")),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.pack",
                        verbose_name="规格",
                    ),
                ),
                (
                    "price_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prices",
                        to="products.pricelist",
                        verbose_name="价格表",
                    ),
                ),
            ],
            options={
                "verbose_name": "价格",
                "ordering": ["price_list_id", "pack_id", "from_quantity", "id"],
                "indexes": [models.Index(fields=["pack", "starts_on"], name="price_of_pack")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                        name="price_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("floor_cny__gt", 0), ("price_cny__gte", models.F("floor_cny"))),
                        name="price_not_below_floor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("season__gte", 1), ("season__lte", 4095)), name="price_season"
                    ),
                    models.CheckConstraint(condition=models.Q(("from_quantity__gte", 1)), name="price_from_quantity"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pack", "规格包装"),
                            ("form", "剂型口感"),
                            ("leaflet", "说明书标签"),
                            ("supply", "供应渠道"),
                            ("service", "服务支持"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                ("text", models.CharField(max_length=2000, verbose_name="建议")),
                ("customer_id", models.BigIntegerField(blank=True, null=True, verbose_name="客户")),
                ("visit_id", models.BigIntegerField(blank=True, null=True, verbose_name="拜访")),
                ("created_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "新建议"),
                            ("considered", "评估中"),
                            ("adopted", "已采纳"),
                            ("declined", "不采纳"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=2000, verbose_name="答复")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="products.product",
                        verbose_name="产品",
                    ),
                ),
            ],
            options={
                "verbose_name": "产品改进建议",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["product", "id"], name="suggestion_of_product"),
                    models.Index(fields=["asked_by", "id"], name="suggestion_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["adopted", "declined"]), _negated=True),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="suggestion_answered_whole",
                    )
                ],
            },
        ),
    ]
