from repertory.products.queries.listing import ListQuery, Page, known_columns, list_products, matching_products

__all__ = ["ListQuery", "Page", "known_columns", "list_products", "matching_products"]
