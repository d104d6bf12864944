SELECT k.place, r.region_id, r.program_id, r.line_id, r.code, r.title, r.description, r.lead_organisation_id,
       r.processes, r.target_groups, r.results, r.budget_years, r.budget_cents, r.version, r.created_at,
       r.updated_at
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY
       AS k(region_id, program_id, line_id, place)
  JOIN line_rows r
    ON r.region_id = k.region_id
   AND r.program_id = k.program_id
   AND r.line_id = k.line_id
