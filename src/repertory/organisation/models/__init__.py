from repertory.organisation.models.people import Language, Theme, User
from repertory.organisation.models.territories import Assignment, Territory, path_end
from repertory.organisation.models.tokens import ApiToken

__all__ = ["ApiToken", "Assignment", "Language", "Territory", "Theme", "User", "path_end"]
