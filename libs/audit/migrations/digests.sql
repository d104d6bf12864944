-- The digests of audit_unsealed, at a third of their price. Convention: see libs/pg/migrations/idempotency.sql.
--
-- A SQL function is folded into what calls it only when it promises no more than its body keeps: convert_to and extract are
-- STABLE, so as IMMUTABLE these two were run, each for itself, for every field of every entry.
CREATE OR REPLACE FUNCTION audit_field(value text) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(int4send(octet_length(value)) || convert_to(value, 'UTF8'), '\xffffffff'::bytea)
$$;
ALTER FUNCTION audit_micros(timestamptz) STABLE;
