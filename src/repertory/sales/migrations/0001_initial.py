import django.db.models.deletion
import django.db.models.functions.comparison
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
            name="MonthLock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveIntegerField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClosedMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveIntegerField(unique=True, verbose_name="月份")),
                ("rows", models.PositiveIntegerField(verbose_name="行数")),
                ("quantity", repertory.core.exact.ExactField(verbose_name="数量")),
                ("amount", repertory.core.exact.ExactField(verbose_name="金额（元）")),
                ("at", models.DateTimeField(verbose_name="月结时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="月结人",
                    ),
                ),
            ],
            options={
                "verbose_name": "月结",
                "ordering": ["-month"],
            },
        ),
        migrations.CreateModel(
            name="SalesFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[("own", "本公司发货"), ("flow", "商业流向")], max_length=4, verbose_name="来源"
                    ),
                ),
                ("month", models.PositiveIntegerField(verbose_name="月份")),
                ("number", models.PositiveIntegerField(verbose_name="版本")),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "现行"), ("replaced", "已被替换")],
                        default="current",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                ("header", models.JSONField(default=list, verbose_name="表头")),
                ("digest", models.CharField(max_length=64)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="更正原因")),
                ("rows", models.PositiveIntegerField(verbose_name="行数")),
                ("entered", models.PositiveIntegerField(default=0, verbose_name="入账")),
                ("waiting", models.PositiveIntegerField(default=0, verbose_name="待对应")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="退回")),
                ("dismissed", models.PositiveIntegerField(default=0, verbose_name="不入账")),
                ("valued", models.PositiveIntegerField(default=0, verbose_name="按价格表计价")),
                ("quantity", repertory.core.exact.ExactField(default=0, verbose_name="数量合计")),
                ("amount", repertory.core.exact.ExactField(default=0, verbose_name="金额合计（元）")),
                ("at", models.DateTimeField(verbose_name="导入时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导入人",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="商业公司",
                    ),
                ),
            ],
            options={
                "verbose_name": "流向文件",
                "ordering": ["-month", "seller_id", "-number", "id"],
                "indexes": [models.Index(fields=["seller", "month"], name="sales_file_of_seller")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("source"),
                        models.F("month"),
                        django.db.models.functions.comparison.Coalesce("seller", 0),
                        models.F("number"),
                        name="sales_file_version_once",
                    ),
                    models.UniqueConstraint(
                        models.F("source"),
                        models.F("month"),
                        django.db.models.functions.comparison.Coalesce("seller", 0),
                        condition=models.Q(("state", "current")),
                        name="sales_file_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seller", None), ("source", "own")),
                            models.Q(("seller__isnull", False), ("source", "flow")),
                            _connector="OR",
                        ),
                        name="sales_file_seller",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Restatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity_before", repertory.core.exact.ExactField(verbose_name="原数量")),
                ("quantity_after", repertory.core.exact.ExactField(verbose_name="现数量")),
                ("amount_before", repertory.core.exact.ExactField(verbose_name="原金额（元）")),
                ("amount_after", repertory.core.exact.ExactField(verbose_name="现金额（元）")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="products.product"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="restatements", to="sales.salesfile"
                    ),
                ),
            ],
            options={
                "verbose_name": "更正差异",
                "ordering": ["customer_id", "product_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "customer", "product"), name="restatement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField(verbose_name="源文件行号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待对应"),
                            ("refused", "已退回"),
                            ("entered", "已入账"),
                            ("dismissed", "不入账"),
                        ],
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="原因")),
                ("message", models.CharField(max_length=300, verbose_name="说明")),
                ("day", models.DateField(null=True, verbose_name="日期")),
                ("customer_text", models.CharField(blank=True, max_length=200, verbose_name="客户名称")),
                ("customer_code", models.CharField(blank=True, max_length=40)),
                ("product_text", models.CharField(blank=True, max_length=200, verbose_name="产品名称")),
                ("product_code", models.CharField(blank=True, max_length=50)),
                ("unit_text", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                ("quantity", repertory.core.exact.ExactField(null=True, verbose_name="数量")),
                ("amount", repertory.core.exact.ExactField(null=True, verbose_name="金额（元）")),
                ("lot", models.CharField(blank=True, max_length=40, verbose_name="批号")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="处理说明")),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_rows",
                        to="sales.salesfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "待处理行",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["file", "state"], name="held_row_open"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("file", "row"), name="held_row_once")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField(verbose_name="源文件行号")),
                ("day", models.DateField(verbose_name="日期")),
                ("month", models.PositiveIntegerField(verbose_name="月份")),
                (
                    "stream",
                    models.CharField(
                        choices=[
                            ("direct", "直销终端"),
                            ("flow", "流向终端"),
                            ("shipment", "发货给商业"),
                            ("transfer", "商业调拨"),
                        ],
                        max_length=8,
                        verbose_name="流转",
                    ),
                ),
                ("quantity", repertory.core.exact.ExactField(verbose_name="数量")),
                ("amount", repertory.core.exact.ExactField(verbose_name="金额（元）")),
                ("lot", models.CharField(blank=True, max_length=40, verbose_name="批号")),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="客户",
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.pack",
                        verbose_name="规格",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
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
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.territory",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="sales.salesfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "销售账",
                "indexes": [
                    models.Index(fields=["file", "row"], name="entry_of_file"),
                    models.Index(fields=["month", "id"], name="entry_of_month"),
                    models.Index(fields=["customer", "month"], name="entry_of_customer"),
                    models.Index(fields=["territory", "month"], name="entry_of_territory"),
                    models.Index(fields=["product", "month"], name="entry_of_product"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SellerArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
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
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="商业公司",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.territory",
                        verbose_name="可销售区域",
                    ),
                ),
            ],
            options={
                "verbose_name": "经销区域",
                "ordering": ["seller_id", "-starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                        name="seller_area_range",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceRows",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("packed", models.BinaryField()),
                ("marks", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_rows",
                        to="sales.salesfile",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "first"), name="source_rows_once")],
            },
        ),
        migrations.CreateModel(
            name="StockStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveIntegerField(verbose_name="月份")),
                ("opening", repertory.core.exact.ExactField(verbose_name="期初库存")),
                ("received", repertory.core.exact.ExactField(verbose_name="购进")),
                ("sold", repertory.core.exact.ExactField(verbose_name="销售")),
                ("closing", repertory.core.exact.ExactField(verbose_name="期末库存")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="products.product"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "verbose_name": "商业进销存",
                "ordering": ["-month", "seller_id", "product_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("seller", "month", "product"), name="stock_statement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StrayFlow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveIntegerField(verbose_name="月份")),
                ("quantity", repertory.core.exact.ExactField(verbose_name="数量")),
                ("amount", repertory.core.exact.ExactField(verbose_name="金额（元）")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("allowed", "属实允许"),
                            ("confirmed", "确认窜货"),
                            ("cleared", "已处理"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="处理说明")),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
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
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="products.product"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "窜货",
                "ordering": ["-month", "seller_id", "customer_id", "product_id", "id"],
                "indexes": [models.Index(fields=["state", "month"], name="stray_flow_open")],
                "constraints": [
                    models.UniqueConstraint(fields=("seller", "month", "customer", "product"), name="stray_flow_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200, verbose_name="文件里的写法")),
                ("key", models.CharField(max_length=200)),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("factor", repertory.core.exact.ExactField(verbose_name="折合销售单位数")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="products.product"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位换算",
                "ordering": ["text", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("key"),
                        django.db.models.functions.comparison.Coalesce("seller", 0),
                        django.db.models.functions.comparison.Coalesce("product", 0),
                        name="unit_alias_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("factor__gt", 0)), name="unit_alias_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChainExemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="豁免原因")),
                ("starts_on", models.DateField(verbose_name="自")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
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
                (
                    "seller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="商业公司",
                    ),
                ),
            ],
            options={
                "verbose_name": "两票制豁免",
                "ordering": ["-starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                        name="chain_exemption_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seller__isnull", False), ("product__isnull", False), _connector="OR"),
                        name="chain_exemption_of_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200, verbose_name="文件里的写法")),
                ("key", models.CharField(max_length=200)),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "verbose_name": "客户名称对照",
                "ordering": ["text", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("key"),
                        django.db.models.functions.comparison.Coalesce("seller", 0),
                        name="customer_alias_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerSale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveIntegerField()),
                (
                    "stream",
                    models.CharField(
                        choices=[
                            ("direct", "直销终端"),
                            ("flow", "流向终端"),
                            ("shipment", "发货给商业"),
                            ("transfer", "商业调拨"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rows", models.IntegerField()),
                ("quantity", repertory.core.exact.ExactField()),
                ("amount", repertory.core.exact.ExactField()),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
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
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["month", "customer"], name="customer_sale_of_month")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("customer"),
                        models.F("month"),
                        django.db.models.functions.comparison.Coalesce("territory", 0),
                        models.F("stream"),
                        name="customer_sale_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthSale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveIntegerField()),
                (
                    "stream",
                    models.CharField(
                        choices=[
                            ("direct", "直销终端"),
                            ("flow", "流向终端"),
                            ("shipment", "发货给商业"),
                            ("transfer", "商业调拨"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rows", models.IntegerField()),
                ("quantity", repertory.core.exact.ExactField()),
                ("amount", repertory.core.exact.ExactField()),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.product",
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
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["territory", "month"], name="month_sale_of_territory")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("month"),
                        models.F("product"),
                        django.db.models.functions.comparison.Coalesce("territory", 0),
                        models.F("stream"),
                        name="month_sale_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200, verbose_name="文件里的写法")),
                ("key", models.CharField(max_length=200)),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="products.pack"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="products.product"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "verbose_name": "产品名称对照",
                "ordering": ["text", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("key"),
                        django.db.models.functions.comparison.Coalesce("seller", 0),
                        name="product_alias_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionSale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveIntegerField()),
                (
                    "stream",
                    models.CharField(
                        choices=[
                            ("direct", "直销终端"),
                            ("flow", "流向终端"),
                            ("shipment", "发货给商业"),
                            ("transfer", "商业调拨"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rows", models.IntegerField()),
                ("quantity", repertory.core.exact.ExactField()),
                ("amount", repertory.core.exact.ExactField()),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.product",
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
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("month"),
                        models.F("product"),
                        django.db.models.functions.comparison.Coalesce("territory", 0),
                        models.F("stream"),
                        name="region_sale_once",
                    )
                ],
            },
        ),
    ]
