from repertory.sales.models.files import ClosedMonth, HeldRow, MonthLock, Restatement, SalesFile, SourceRows
from repertory.sales.models.flow import ChainExemption, SellerArea, StockStatement, StrayFlow
from repertory.sales.models.ledger import CustomerSale, Entry, MonthSale
from repertory.sales.models.names import CustomerAlias, ProductAlias, UnitAlias
from repertory.sales.models.regions import RegionSale

__all__ = [
    "ChainExemption",
    "ClosedMonth",
    "CustomerAlias",
    "CustomerSale",
    "Entry",
    "HeldRow",
    "MonthLock",
    "MonthSale",
    "ProductAlias",
    "RegionSale",
    "Restatement",
    "SalesFile",
    "SellerArea",
    "SourceRows",
    "StockStatement",
    "StrayFlow",
    "UnitAlias",
]
