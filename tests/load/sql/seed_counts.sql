-- The counters of a region as :dossiers dossiers of twelve schools leave them, each of which has made four steps.
--   psql -v region=16 -v dossiers=10000 -f seed_counts.sql
\set ON_ERROR_STOP on
DELETE FROM process_counts WHERE region_id = :'region';
INSERT INTO process_counts (region_id, process, state, responsible_organisation_id, due_on, day, value)
SELECT :'region', 'TRANSITION', moved.state, 'school-' || k % 12, DATE '2026-09-01' + (k % 3)::integer * 30,
       DATE '2025-09-01' + (k * 7919 % 250)::integer + step.ordinal::integer * 14, sum(moved.by)
  FROM generate_series(1, :dossiers::bigint) AS k
 CROSS JOIN unnest(ARRAY['A_IN_PROGRESS', 'A_DONE', 'B_IN_PROGRESS', 'B_DONE'],
                   ARRAY[NULL, 'A_IN_PROGRESS', 'A_DONE', 'B_IN_PROGRESS']) WITH ORDINALITY AS step (entered, ended, ordinal)
 CROSS JOIN LATERAL (VALUES (step.entered, 1), (step.ended, -1)) AS moved (state, by)
 WHERE moved.state IS NOT NULL
 GROUP BY 3, 4, 5, 6;
