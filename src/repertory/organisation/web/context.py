"""What every page's frame needs: the person, the navigation."""

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict:
    return {"person": request.user, "nav_items": ()}
