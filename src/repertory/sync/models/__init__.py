from repertory.sync.models.items import PushedItem

__all__ = ["PushedItem"]
