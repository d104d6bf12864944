-- Where the tables of dossiers, a future one too, still have something of who is gone: a line for each table and trace.
CREATE TEMP TABLE remnants (place text NOT NULL, trace text NOT NULL);
SET bytea_output = escape; -- words within documents stand there as words
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format(
      'INSERT INTO remnants SELECT DISTINCT %L, g.trace
         FROM public.%I t, LATERAL regexp_matches(t::text, %L, ''g'') AS found JOIN gone g ON g.trace = found[1]',
      name, name,
      '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?:erase|import)-r[0-9]+-[0-9]+-[0-9]+)');
  END LOOP;
END
$$;
-- A pupil goes with the last dossier.
INSERT INTO remnants SELECT 'pupils', 'a pupil without a dossier'
  FROM pupils p WHERE NOT EXISTS (SELECT FROM dossiers d WHERE d.region_id = p.region_id AND d.pupil_id = p.id);
SELECT place, trace FROM remnants ORDER BY place, trace;
