"""The record: models, migrations, views (reads), commands (writes), store, keyring, audit, intake."""
