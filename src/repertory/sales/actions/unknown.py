"""What an input names and is not there."""

from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput


def unknown(field: str) -> InvalidInput:
    """field: customer, product, seller, territory or rows."""
    sentences = {
        "customer": _("没有这个客户，或者已移除。"),
        "product": _("没有这个产品，或者已移除。"),
        "seller": _("没有这家经销商/代理商，或者已移除。"),
        "territory": _("没有这个辖区。"),
        "rows": _("有的行已经不在了，请刷新后再选。"),
    }
    return InvalidInput(sentences[field], code="unknown", field=field)
