"""The REST API: /api/v1, with its OpenAPI document and pages of docs."""

from ninja import NinjaAPI

from repertory.customers.api.card_routes import router as card
from repertory.customers.api.routes import router as customers
from repertory.customers.api.work_routes import router as work
from repertory.organisation.api.auth import TokenAuth
from repertory.organisation.api.routes import router as organisation
from repertory.organisation.api.settings_routes import router as settings_router
from repertory.platform.api.errors import answer_errors
from repertory.products.api.line_routes import router as product_lines
from repertory.products.api.message_routes import router as messages
from repertory.products.api.routes import router as products

api = NinjaAPI(
    title="Repertory 药程",
    version="1",
    urls_namespace="api-v1",
    auth=TokenAuth(),
    docs_url=None,
    openapi_url="/openapi.json",
)
answer_errors(api)
for router in (organisation, settings_router, customers, card, work, products, messages, product_lines):
    api.add_router("", router)
