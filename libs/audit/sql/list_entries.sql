SELECT e.id::text AS id, e.recorded_at, e.method, e.resource_kind, e.organisation_id, e.acting_organisation_id, e.user_id,
       e.purpose, e.processing_activity, e.categories, e.outcome, e.trace_id
  FROM audit_entry_subjects s
  JOIN audit_entries e ON e.region_id = s.region_id AND e.id = s.entry_id
 WHERE s.region_id = $1 AND s.subject_hash = $2 AND ($3::uuid IS NULL OR s.entry_id < $3::uuid)
 ORDER BY s.entry_id DESC
 LIMIT $4
