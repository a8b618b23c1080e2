"""Billing: plans and what they allow, kept in step with Stripe by its signed events."""
