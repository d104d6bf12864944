-- See audit.sql.
SELECT region_id, id, recorded_at, method, resource_kind, organisation_id, acting_organisation_id, user_id, purpose,
       processing_activity, categories, outcome, trace_id
  FROM audit_entries WHERE false;
SELECT region_id, entry_id, subject_hash FROM audit_entry_subjects WHERE false;
SELECT region_id, subject_id, key, created_at FROM subject_keys WHERE false;
SELECT 1 / (NOT has_table_privilege(r, t, p))::int
  FROM unnest(ARRAY[:'app', :'worker']) AS r, unnest(ARRAY['audit_entries', 'audit_entry_subjects']) AS t,
       unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p;
SELECT 1 / (relrowsecurity AND relforcerowsecurity)::int FROM pg_class WHERE oid = 'audit_entries'::regclass;
SELECT 1 / (relrowsecurity AND relforcerowsecurity)::int FROM pg_class WHERE oid = 'audit_entry_subjects'::regclass;
