"""The REST API: /api/v1, with its OpenAPI document and pages of docs."""

import functools
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema

from repertory.customers.api.card_routes import router as card
from repertory.customers.api.routes import router as customers
from repertory.customers.api.work_routes import router as work
from repertory.materials.api.routes import router as materials
from repertory.materials.api.sample_routes import router as samples
from repertory.materials.api.stock_routes import router as material_stock
from repertory.organisation.api.auth import SessionAuth, TokenAuth
from repertory.organisation.api.routes import router as organisation
from repertory.organisation.api.settings_routes import router as settings_router
from repertory.organisation.api.workday_routes import router as workdays
from repertory.plans.api.figures_routes import router as figures
from repertory.plans.api.target_routes import router as targets
from repertory.plans.api.task_routes import router as tasks
from repertory.platform.api.errors import answer_errors
from repertory.platform.api.schemas import Problem
from repertory.platform.approvals.api import router as approvals
from repertory.platform.reminders.api import router as reminders
from repertory.products.api.feedback_routes import router as product_feedback
from repertory.products.api.line_routes import router as product_lines
from repertory.products.api.message_routes import router as messages
from repertory.products.api.price_routes import router as prices
from repertory.products.api.routes import router as products
from repertory.reports.api.analysis_routes import router as analyses
from repertory.sales.api.flow_routes import router as flow
from repertory.sales.api.routes import router as ledger
from repertory.service.api.case_routes import router as cases
from repertory.service.api.event_routes import router as adverse_events
from repertory.sync.api.routes import router as sync
from repertory.visits.api.email_routes import router as emails
from repertory.visits.api.route_routes import router as tours
from repertory.visits.api.routes import router as visits
from repertory.visits.api.team_routes import router as field_team
from repertory.visits.api.terms_routes import router as terms_of_visit

ROOT = "/api/v1/"
PROBLEMS = (400, 401, 403, 404, 409, 422)
"""What a caller of any operation must be ready for."""


class Api(NinjaAPI):
    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Known without asking the page addresses, which do not know the API's; see `api_door`."""
        return ROOT

    def get_openapi_schema(self, **_where: Any) -> OpenAPISchema:
        return self._document

    @functools.cached_property
    def _document(self) -> OpenAPISchema:
        """With the problems of every operation. They stand here because errors are answered in one place anyway, and
        declared at the operations each of them would be a model of its own: 20 MB a process."""
        document = super().get_openapi_schema()
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema(ref_template=REF_TEMPLATE)
        content = {self.renderer.media_type: {"schema": {"$ref": REF_TEMPLATE.format(model="Problem")}}}
        problems = {code: {"description": HTTPStatus(code).phrase, "content": content} for code in PROBLEMS}
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"].update(problems)
        return document


api = Api(
    title="Repertory 药程",
    version="1",
    urls_namespace="api-v1",
    auth=[TokenAuth(), SessionAuth()],
    docs_url=None,
    openapi_url="/openapi.json",
)
answer_errors(api)
for router in (
    tours,
    visits,
    terms_of_visit,
    emails,
    field_team,
    organisation,
    settings_router,
    workdays,
    customers,
    card,
    work,
    products,
    messages,
    product_lines,
    prices,
    product_feedback,
    materials,
    material_stock,
    samples,
    cases,
    adverse_events,
    ledger,
    flow,
    figures,
    analyses,
    targets,
    tasks,
    reminders,
    approvals,
    sync,
):
    api.add_router("", router)
