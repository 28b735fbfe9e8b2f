from repertory.customers.queries.listing import ListQuery, Page, known_columns, list_customers, matching_customers

__all__ = ["ListQuery", "Page", "known_columns", "list_customers", "matching_customers"]
