"""The territory tree in memory, for work on many figures at once."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from repertory.organisation.models import Territory


@dataclass(frozen=True)
class Node:
    """A node with the open ones right below it."""

    pk: int
    path: str
    code: str
    name: str
    below: list["Node"] = field(default_factory=list, compare=False, repr=False)

    @property
    def above_path(self) -> str:
        return self.path[: -Territory.steplen]

    def around(self) -> list["Node"]:
        """The node and all below it, from the top down."""
        return [self, *(inner for node in self.below for inner in node.around())]


class Nodes:
    """All nodes by key, by path and by code. Closed ones are known but hang nowhere: nothing is shared out to them."""

    def __init__(self) -> None:
        rows = Territory.objects.order_by("path").values_list("pk", "path", "code", "name", "closed_on")
        found = [(Node(*row[:4]), row[4]) for row in rows]
        self.by_key = {node.pk: node for node, _closed in found}
        self.by_path = {node.path: node for node, _closed in found}
        self.by_code = {node.code: node for node, _closed in found}
        for node, closed_on in found:
            above = self.by_path.get(node.above_path)
            if above is not None and closed_on is None:
                above.below.append(node)

    def above(self, node: Node) -> Node | None:
        return self.by_path.get(node.above_path)

    def named(self, key: int) -> str:
        node = self.by_key.get(key)
        return node.name if node else _("未知区域")
