"""Plans, targets and tasks: who may open which page and use which operation.

Which plans and figures a person finds is shown in tests/plans/; here are keys that nobody has.
"""

from tests.policy.rules import ALL, LEADERS, WRITERS, Rule

PLANNERS = frozenset({"boss", "finance", "admin"})
OWNERS = frozenset({"rep", "teammate", "foreigner"})
NOBODY: frozenset[str] = frozenset()
NO_PLAN = {"plan_id": 999_999}
NO_REPLY = {"reply_id": 999_999}
FIGURE = {"period": "2026-03", "product_id": 1, "territory": "E", "value": "1"}

WEB: dict[str, Rule] = {
    "plans:list": Rule(ALL),
    "plans:create": Rule(PLANNERS),
    "plans:answer": Rule(NOBODY, arguments=NO_REPLY),
    "plans:plan": Rule(NOBODY, arguments=NO_PLAN),
    "plans:break_down": Rule(NOBODY, arguments=NO_PLAN),
    "plans:edit_figure": Rule(NOBODY, arguments=NO_PLAN),
    "plans:propose": Rule(NOBODY, arguments=NO_PLAN),
    "plans:take_back": Rule(NOBODY, "POST", arguments=NO_PLAN),
    "plans:discard": Rule(NOBODY, "POST", arguments=NO_PLAN),
    "plans:plan_step": Rule(NOBODY, arguments=NO_PLAN | {"name": "submission"}),
    "plans:tasks": Rule(ALL),
    "plans:tasks_filter": Rule(ALL),
    "plans:tasks_columns": Rule(ALL),
    "plans:tasks_save_view": Rule(ALL, "POST"),
    "plans:tasks_delete_view": Rule(NOBODY, "POST", arguments={"view_id": 999_999}),
    "plans:open_task": Rule(WRITERS),
    "plans:task": Rule(ALL, at="task"),
    "plans:task_step": Rule(WRITERS, at="task", arguments={"name": "comment"}),
}

API: dict[tuple[str, str], Rule] = {
    ("GET", "targets"): Rule(ALL),
    ("POST", "targets"): Rule(NOBODY, body={"plan_id": 999_999, "figures": [FIGURE]}),
    ("GET", "target-plans"): Rule(ALL),
    ("POST", "target-plans"): Rule(PLANNERS, body={"year": 2998, "growth_percent": "5"}),
    ("GET", "target-plans/<plan_id>"): Rule(NOBODY, arguments=NO_PLAN),
    ("DELETE", "target-plans/<plan_id>"): Rule(NOBODY, arguments=NO_PLAN),
    ("POST", "target-plans/<plan_id>/breakdowns"): Rule(NOBODY, arguments=NO_PLAN, body={"territory": "E"}),
    ("POST", "target-plans/<plan_id>/submission"): Rule(NOBODY, arguments=NO_PLAN),
    ("POST", "target-plans/<plan_id>/taking-back"): Rule(NOBODY, arguments=NO_PLAN),
    ("POST", "target-plans/<plan_id>/revisions"): Rule(NOBODY, arguments=NO_PLAN, body={"reason": "调整"}),
    ("GET", "target-plans/<plan_id>/differences"): Rule(NOBODY, arguments=NO_PLAN),
    ("GET", "target-plans/<plan_id>/replies"): Rule(NOBODY, arguments=NO_PLAN),
    ("POST", "target-plans/<plan_id>/replies"): Rule(NOBODY, arguments=NO_PLAN, body={**FIGURE, "reason": "太高"}),
    ("POST", "target-replies/<reply_id>/answer"): Rule(NOBODY, arguments=NO_REPLY, body={"accept": True}),
    ("GET", "tasks"): Rule(ALL),
    ("POST", "tasks"): Rule(WRITERS, body={"kind": "week", "on": "2026-03-02", "text": "写周报"}),
    ("GET", "tasks/<task_id>"): Rule(ALL, at="task"),
    ("PATCH", "tasks/<task_id>"): Rule(LEADERS, at="task", body={"text": "改写"}),
    ("POST", "tasks/<task_id>/notes"): Rule(OWNERS, at="task", body={"text": "进展"}),
    ("POST", "tasks/<task_id>/completion"): Rule(OWNERS, at="task"),
    ("POST", "tasks/<task_id>/check"): Rule(LEADERS, at="task", body={"accept": True}),
    ("POST", "tasks/<task_id>/comments"): Rule(LEADERS, at="task", body={"text": "抓紧"}),
    ("POST", "tasks/<task_id>/cancellation"): Rule(LEADERS, at="task", body={"reason": "不做了"}),
}
