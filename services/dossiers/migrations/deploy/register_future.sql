-- Deploy dossiers:register_future to pg
-- requires: judgement
-- A register that claims to know the future is as little to be judged by as an old one: a clock was set back, and how old it is
-- nobody can say (libs/feed/projector.h, IsStale).
BEGIN;

CREATE OR REPLACE FUNCTION register_freshness(max_age_seconds bigint) RETURNS TABLE (is_fresh boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (
    SELECT FROM directory_freshness f
     WHERE f.current_as_of_at BETWEEN statement_timestamp() - make_interval(secs => max_age_seconds)
                                  AND statement_timestamp() + make_interval(secs => max_age_seconds))
$$;

COMMIT;
