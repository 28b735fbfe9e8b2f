"""What every page's frame needs: the person, the navigation."""

from django.http import HttpRequest

from repertory.core.web import navigation


def frame(request: HttpRequest) -> dict:
    """Nothing for an error page that comes before the person is known."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"person": user, "nav_items": ()}
    return {
        "person": user,
        "nav_items": navigation.main_entries(request.actor, request.path),
        "person_items": navigation.personal_entries(request.actor),
        "new_items": navigation.fresh_entries(request.actor),
        "search_url": navigation.search_url(),
        "bell": navigation.bell_urls(),
    }
