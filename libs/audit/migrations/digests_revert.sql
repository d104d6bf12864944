-- See digests.sql.
ALTER FUNCTION audit_micros(timestamptz) IMMUTABLE;
CREATE OR REPLACE FUNCTION audit_field(value text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT audit_field(convert_to(value, 'UTF8'))
$$;
