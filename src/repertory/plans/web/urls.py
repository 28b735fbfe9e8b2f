"""Addresses of the pages of plans and tasks: /targets/ and /tasks/."""

from django.urls import path

from repertory.plans.web import plans, tasks
from repertory.platform.web.lists import list_paths

app_name = "plans"

urlpatterns = [
    path("targets/", plans.plan_list, name="list"),
    path("targets/new/", plans.create, name="create"),
    path("targets/replies/<int:reply_id>/", plans.answer, name="answer"),
    path("targets/<int:plan_id>/", plans.plan_page, name="plan"),
    path("targets/<int:plan_id>/breakdown/", plans.break_down, name="break_down"),
    path("targets/<int:plan_id>/figure/", plans.edit_figure, name="edit_figure"),
    path("targets/<int:plan_id>/proposal/", plans.propose, name="propose"),
    path("targets/<int:plan_id>/taking-back/", plans.take_back, name="take_back"),
    path("targets/<int:plan_id>/discarding/", plans.discard, name="discard"),
    path("targets/<int:plan_id>/<slug:name>/", plans.plan_step, name="plan_step"),
    path("tasks/", tasks.task_list, name="tasks"),
    *list_paths(tasks.TASKS, "tasks/"),
    path("tasks/new/", tasks.open_task, name="open_task"),
    path("tasks/<int:task_id>/", tasks.task_page, name="task"),
    path("tasks/<int:task_id>/<slug:name>/", tasks.task_step, name="task_step"),
]
