"""How alembic runs inside this package: on a connection that the caller hands over."""

from __future__ import annotations

from alembic import context

from tracker.store.schema import compare_options

context.configure(connection=context.config.attributes["connection"], **compare_options())
with context.begin_transaction():
    context.run_migrations()
