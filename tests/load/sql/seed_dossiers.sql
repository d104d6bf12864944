-- Dossiers of one region, made set by set as the owner of the database; the pupils come from vsv-bench-pupils on standard input.
--   psql -v region=16 -v school=ID -v office=ID -v residences='{GM0307}' -f seed_dossiers.sql
-- The number of a dossier stands in its id. All are A_IN_PROGRESS at one school, the residences take turns; the RMC
-- office has read each once, so that what is measured is the steady state: keys of subjects and receipts of holdings are there.
\set ON_ERROR_STOP on
BEGIN;
CREATE TEMP TABLE made (number bigint, pgn_hash bytea, pgn_sealed bytea, administrative bytea, career bytea) ON COMMIT DROP;
\copy made FROM pstdin
CREATE TEMP TABLE numbered ON COMMIT DROP AS
SELECT m.number, m.pgn_hash, m.pgn_sealed, m.administrative, m.career,
       ('00000000-0000-7000-80' || :'region' || '-' || lpad(to_hex(m.number), 12, '0'))::uuid AS id,
       ('00000000-0000-7000-90' || :'region' || '-' || lpad(to_hex(m.number), 12, '0'))::uuid AS pupil_id,
       now() - make_interval(days => (m.number % 200)::integer) AS created_at
  FROM made m;

INSERT INTO pupils (region_id, id, pgn_hash, pgn_sealed, created_at)
SELECT :'region', n.pupil_id, n.pgn_hash, n.pgn_sealed, n.created_at FROM numbered n;

INSERT INTO dossiers (region_id, id, pupil_id, version, state, state_times, origin, finality, is_late_entrant,
                      delivering_organisation_id, responsible_organisation_id, municipality_of_residence,
                      has_start_qualification, school_year, due_on, birth_on, rejection_reason, rejection_note, created_at,
                      updated_at)
SELECT :'region', n.id, n.pupil_id, 1, 'A_IN_PROGRESS',
       ARRAY['A_IN_PROGRESS', (extract(epoch FROM n.created_at) * 1000000)::bigint::text], 'VO_SCHOOL', 'PROVISIONAL', false,
       :'school', :'school', (:'residences'::text[])[1 + n.number % cardinality(:'residences'::text[])], false, 2025, DATE '2026-09-01',
       make_date(2009, (1 + n.number % 12)::integer, (1 + n.number % 28)::integer), '', '', n.created_at, n.created_at
  FROM numbered n;

INSERT INTO dossier_sections (region_id, dossier_id, category, document)
SELECT :'region', n.id, s.category, s.document
  FROM numbered n
 CROSS JOIN LATERAL (VALUES ('ADMINISTRATIVE', n.administrative), ('CAREER', n.career)) AS s (category, document);

INSERT INTO dossier_parties (region_id, dossier_id, organisation_id, relation, set_by_organisation_id, from_at)
SELECT :'region', n.id, :'school', 'DELIVERING', :'school', n.created_at FROM numbered n;

INSERT INTO warm_handovers (region_id, dossier_id, state, participants) SELECT :'region', n.id, 'NOT_NEEDED', '{}' FROM numbered n;

INSERT INTO subject_keys (region_id, subject_id, key)
SELECT :'region', n.id::text, sha256(convert_to('key of ' || n.id::text, 'UTF8')) FROM numbered n;

INSERT INTO holdings (region_id, dossier_id, organisation_id, purpose, category, basis, first_delivered_at)
SELECT :'region', n.id, :'office', 'RMC', c.category, 'AGREEMENT', n.created_at
  FROM numbered n CROSS JOIN (VALUES ('PROCESS'), ('ADMINISTRATIVE')) AS c (category);

INSERT INTO process_counts AS t (region_id, process, state, responsible_organisation_id, due_on, day, delta)
SELECT :'region', 'TRANSITION', 'A_IN_PROGRESS', :'school', DATE '2026-09-01', local_day(n.created_at), count(*)
  FROM numbered n
 GROUP BY local_day(n.created_at)
ON CONFLICT (region_id, process, state, responsible_organisation_id, due_on, day) DO UPDATE SET delta = t.delta + EXCLUDED.delta;
COMMIT;
