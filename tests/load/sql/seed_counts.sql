-- The counters of a region as :dossiers dossiers of twelve schools leave them, each of which has made four steps on days of its own.
--   psql -v region=16 -v dossiers=10000 -f seed_counts.sql
\set ON_ERROR_STOP on
DELETE FROM process_counts WHERE region_id = :'region';
INSERT INTO process_counts (region_id, process, state, responsible_organisation_id, due_on, day, value)
SELECT :'region', 'TRANSITION', moved.state, 'school-' || d.school, DATE '2026-09-01' + d.due * 30,
       DATE '2025-09-01' + d.day + step.ordinal::integer * 14, sum(moved.by)
  FROM generate_series(1, :dossiers::bigint) AS k
 CROSS JOIN LATERAL (SELECT abs(hashint8(k)::bigint) % 12 AS school,
                            (abs(hashint8(k + 1000000007)::bigint) % 3)::integer AS due,
                            (abs(hashint8(k + 2000000011)::bigint) % 250)::integer AS day) d
 CROSS JOIN unnest(ARRAY['A_IN_PROGRESS', 'A_DONE', 'B_IN_PROGRESS', 'B_DONE'],
                   ARRAY[NULL, 'A_IN_PROGRESS', 'A_DONE', 'B_IN_PROGRESS']) WITH ORDINALITY AS step (entered, ended, ordinal)
 CROSS JOIN LATERAL (VALUES (step.entered, 1), (step.ended, -1)) AS moved (state, by)
 WHERE moved.state IS NOT NULL
 GROUP BY 3, 4, 5, 6;
DELETE FROM process_months WHERE region_id = :'region';
INSERT INTO process_months (region_id, process, state, responsible_organisation_id, due_on, month, value)
SELECT region_id, process, state, responsible_organisation_id, due_on, date_trunc('month', day::timestamp)::date, sum(value)
  FROM process_counts
 WHERE region_id = :'region'
 GROUP BY 1, 2, 3, 4, 5, 6;
