-- What statement_cost.sh asks and how it measures, in a schema of its own that it drops again. As superuser of the cluster.
\set ON_ERROR_STOP on
DROP SCHEMA IF EXISTS statement_cost CASCADE;
CREATE SCHEMA statement_cost;

-- Who may have a dossier: the school that made it, the institution that it was sent to, the municipality of residence.
CREATE TABLE statement_cost.questions AS
WITH homes AS MATERIALIZED (
  SELECT town.code, home.municipality_id
    FROM (SELECT DISTINCT municipality_of_residence AS code FROM dossiers) town
   CROSS JOIN LATERAL directory_residence(town.code, current_date) home)
SELECT q.asker, q.region_id, q.id, q.organisation, q.purpose, row_number() OVER (PARTITION BY q.asker ORDER BY md5(q.id::text)) AS n
  FROM (SELECT 'school' AS asker, region_id, id, delivering_organisation_id AS organisation, 'TRANSITION' AS purpose
          FROM dossiers
        UNION ALL
        SELECT 'institution', region_id, id, receiving_organisation_id, 'TRANSITION'
          FROM dossiers
         WHERE state IN ('SENT', 'ACCEPTED', 'PROCESSED')
        UNION ALL
        SELECT 'municipality', d.region_id, d.id, h.municipality_id, 'RMC'
          FROM dossiers d
          JOIN homes h ON h.code = d.municipality_of_residence) q;

-- Whole batches of them, as the arguments of each statement; a list gives the first page of the first asker.
CREATE TABLE statement_cost.batches AS
WITH cut AS (
  SELECT q.*, s.size, (q.n - 1) / s.size AS batch,
         'DELIVERING,RECEIVING,MUNICIPALITY_OF_RESIDENCE,RMC_OF_RESIDENCE,ATTENDANCE_OF_RESIDENCE,CONSENTED_PARTY' AS relations
    FROM statement_cost.questions q
   CROSS JOIN (VALUES (1), (16), (64), (256)) AS s (size)),
gathered AS (
  SELECT asker, size, batch, string_agg(DISTINCT organisation, ',') AS callers,
         format('%L::text[], %L::uuid[]', array_agg(region_id ORDER BY n), array_agg(id ORDER BY n)) AS keys,
         format('%L::text[], %L::text[], %L::text[], %L::date[]', array_agg(organisation ORDER BY n),
                array_agg(purpose ORDER BY n), array_agg(relations ORDER BY n), array_agg(current_date)) AS askers,
         format('%L::uuid[], %L::boolean[]', array_agg(NULL::uuid), array_agg(false)) AS targets,
         format('%L::bigint[]', array_agg(1)) AS versions, format('%L::bigint[]', array_agg(0)) AS noted,
         format('%L, %L, %L, string_to_array(%L, '',''), current_date, %L::uuid, %s', (array_agg(region_id ORDER BY n))[1],
                (array_agg(organisation ORDER BY n))[1], min(purpose), min(relations),
                '00000000-0000-0000-0000-000000000000', size) AS page
    FROM cut
   WHERE batch < 100
   GROUP BY asker, size, batch
  HAVING count(*) = size)
SELECT g.asker, g.size, g.batch, g.callers, s.statement, s.arguments
  FROM gathered g
 CROSS JOIN LATERAL (VALUES ('lock_dossiers', g.keys),
                            ('get_dossiers', concat_ws(', ', g.keys, g.askers, '3600')),
                            ('judge_dossiers', concat_ws(', ', g.keys, g.askers, g.targets, '3600')),
                            ('deliver_dossiers', concat_ws(', ', g.keys, g.askers, g.versions, g.noted, '3600')),
                            ('list_dossiers', concat_ws(', ', g.page, '3600, NULL, NULL, NULL, NULL, NULL, NULL', g.size)))
      AS s (statement, arguments);
CREATE INDEX ON statement_cost.batches (statement, asker, size, batch);
ANALYZE statement_cost.batches;

-- Nanoseconds of processor time that this backend has used.
CREATE FUNCTION statement_cost.cpu() RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER AS $$
  SELECT split_part(pg_read_file('/proc/self/schedstat', 0, 100), ' ', 1)::bigint
$$;

-- Prints milliseconds of processor time per execution: the median of `rounds` loops, less what the same loops cost without
-- the statement. Each execution is a transaction of its own.
CREATE PROCEDURE statement_cost.measure(statement text, asker text, size int, rounds int) LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  began bigint;
  executions int;
  idle float8;
  took float8[] := '{}';
  round int := 0;
BEGIN
  WHILE round <= rounds LOOP
    FOR with_statement IN 0..1 LOOP
      executions := 0;
      began := statement_cost.cpu();
      FOR asked IN SELECT b.callers, b.arguments FROM statement_cost.batches b
                    WHERE b.statement = measure.statement AND b.asker = measure.asker AND b.size = measure.size
                    ORDER BY b.batch LIMIT CASE measure.size WHEN 1 THEN 60 WHEN 16 THEN 16 ELSE 6 END LOOP
        PERFORM set_config('vsv.callers', asked.callers, true);
        IF with_statement = 1 THEN EXECUTE format('EXECUTE %I (%s)', statement, asked.arguments); END IF;
        executions := executions + 1;
        COMMIT;
      END LOOP;
      IF executions = 0 THEN RETURN; END IF;
      IF with_statement = 0 THEN
        idle := (statement_cost.cpu() - began) / 1e6 / executions;
      ELSIF round > 0 THEN  -- the first loop warms up
        took := took || ((statement_cost.cpu() - began) / 1e6 / executions - idle);
      END IF;
    END LOOP;
    round := round + 1;
  END LOOP;
  SELECT array_agg(t ORDER BY t) INTO took FROM unnest(took) AS t;
  RAISE INFO '%  %  %  %  %  % .. %', rpad(statement, 16), rpad(asker, 12), lpad(size::text, 5),
    to_char(took[(rounds + 1) / 2], '9990.000'), to_char(took[(rounds + 1) / 2] / size, '9990.0000'),
    to_char(took[1], 'FM9990.000'), to_char(took[rounds], 'FM9990.000');
END
$$;

GRANT USAGE ON SCHEMA statement_cost TO vsv_dossiers_app;
GRANT SELECT ON statement_cost.batches TO vsv_dossiers_app;
