"""Runs the school's migrations on the connection that the server hands over."""

from alembic import context

from desktop.school.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
