-- The three roles of one service, made by the superuser of the cluster. Run with: psql -v service=dossiers -f roles.sql
-- Idempotent. Passwords are set apart (deploy/dev/lib/services.sh), never here.
--   owner   owns the database and runs the migrations; never used by a server
--   app     what the server's requests run as
--   worker  what the server's background work runs as (sequencer, projections)
\set ON_ERROR_STOP on
\set owner vsv_ :service _owner
\set app vsv_ :service _app
\set worker vsv_ :service _worker

SELECT format('CREATE ROLE %I LOGIN', r)
  FROM unnest(ARRAY[:'owner', :'app', :'worker']) AS r
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec

SELECT format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION LOGIN', r)
  FROM unnest(ARRAY[:'owner', :'app', :'worker']) AS r \gexec

-- Session settings live on the role: a pooled connection that is replaced silently starts with them again.
SELECT format('ALTER ROLE %I SET %s', r, s)
  FROM unnest(ARRAY[:'app', :'worker']) AS r,
       unnest(ARRAY['timezone = ''UTC''',
                    'search_path = public',
                    'idle_in_transaction_session_timeout = ''30s''',
                    'jit = off',
                    -- one plan per prepared statement: batches of any size must not be planned again
                    'plan_cache_mode = ''force_generic_plan''']) AS s \gexec
SELECT format('ALTER ROLE %I SET timezone = ''UTC''', :'owner') \gexec
