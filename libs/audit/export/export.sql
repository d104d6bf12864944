-- The audit trail of one service into the directory :dir, for vsv-audit-verify; as the owner of the database, in one snapshot.
--   psql -v service=dossiers -v dir=/path -f export.sql
--   trail        what it is, key=value
--   leaves       COPY's text form, ascending: leaf, its digests, the entry that it names, that entry's columns
--                (libs/audit/leaf.h), the hashes of its subjects; then the entries that are no leaf
--   checkpoints  as they are kept outside
-- No personal data beyond what the trail has: no subject, no key of one.
\set ON_ERROR_STOP on
\set trail :dir /trail
\set leaves :dir /leaves
\set checkpoints :dir /checkpoints
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\n'
SELECT 'format=1', 'service=' || :'service', 'exported_at=' || audit_micros(now()), 'sealed=' || coalesce(t.sealed_snapshot, '1:1:')
  FROM (SELECT true AS here) one
  LEFT JOIN audit_trail t ON true
\g :trail
COPY (
  WITH leaves AS (
    SELECT s.first_leaf + t.n - 1 AS leaf, t.id, encode(substr(s.digests, 64 * (t.n::int - 1) + 1, 64), 'hex') AS digests
      FROM audit_segments s
     CROSS JOIN LATERAL unnest(s.entry_ids) WITH ORDINALITY AS t (id, n)
  ), about AS (
    SELECT s.region_id, s.entry_id, string_agg(encode(s.subject_hash, 'hex'), ',' ORDER BY s.subject_hash) AS subjects
      FROM audit_entry_subjects s
     GROUP BY s.region_id, s.entry_id
  )
  SELECT l.leaf, l.digests, l.id, e.region_id, e.id, audit_micros(e.recorded_at), e.method, e.resource_kind, e.organisation_id,
         e.acting_organisation_id, e.user_id, e.purpose, e.processing_activity, to_json(e.categories)::text, e.outcome, e.trace_id,
         e.transaction_id, coalesce(a.subjects, '')
    FROM leaves l
    FULL JOIN audit_entries e ON e.id = l.id
    LEFT JOIN about a ON a.region_id = e.region_id AND a.entry_id = e.id
   ORDER BY l.leaf NULLS LAST, e.transaction_id, e.id
) TO STDOUT
\g :leaves
SELECT c.note FROM audit_checkpoints c ORDER BY c.number
\g :checkpoints
COMMIT;
