"""What the APIs of all domains share."""

from ninja import Schema
from ninja.params.models import ParamModel

# Every operation gives rise to models for what it takes and answers. They are put together when the first request needs
# them: all at once they would cost half a second and 6 MB a process.
for model in (Schema, ParamModel, *ParamModel.__subclasses__()):
    model.model_config["defer_build"] = True
