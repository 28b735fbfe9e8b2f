from repertory.materials.models.materials import Material, MaterialVersion
from repertory.materials.models.samples import SampleAllowance, SampleBalance, SampleLot, SampleMove
from repertory.materials.models.stock import Handout, StockBalance, StockMove

__all__ = [
    "Handout",
    "Material",
    "MaterialVersion",
    "SampleAllowance",
    "SampleBalance",
    "SampleLot",
    "SampleMove",
    "StockBalance",
    "StockMove",
]
