-- Revert dossiers:register_future from pg
BEGIN;

CREATE OR REPLACE FUNCTION register_freshness(max_age_seconds bigint) RETURNS TABLE (is_fresh boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (
    SELECT FROM directory_freshness f
     WHERE f.current_as_of_at >= statement_timestamp() - make_interval(secs => max_age_seconds))
$$;

COMMIT;
