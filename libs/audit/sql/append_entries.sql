-- Always one statement, whether an entry has subjects or not: what is absent and what is invisible take the same steps.
WITH entries AS (
  INSERT INTO audit_entries (region_id, id, recorded_at, method, resource_kind, organisation_id, acting_organisation_id, user_id,
                             purpose, processing_activity, categories, outcome, trace_id)
  SELECT e.region_id, e.id, e.recorded_at, e.method, e.resource_kind, e.organisation_id, e.acting_organisation_id,
         nullif(e.user_id, ''), e.purpose, e.processing_activity, coalesce(string_to_array(nullif(e.categories, ''), ','), '{}'),
         e.outcome, e.trace_id
    FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::text[])
         AS e(region_id, id, recorded_at, method, resource_kind, organisation_id, acting_organisation_id, user_id, purpose,
              processing_activity, categories, outcome, trace_id)
)
INSERT INTO audit_entry_subjects (region_id, entry_id, subject_hash)
SELECT s.region_id, s.entry_id, s.subject_hash
  FROM unnest($14::text[], $15::uuid[], $16::bytea[]) AS s(region_id, entry_id, subject_hash)
