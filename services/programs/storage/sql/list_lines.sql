-- A page behind the id $3; an empty filter passes everything.
SELECT r.region_id, r.program_id, r.line_id, r.code, r.title, r.description, r.lead_organisation_id,
       r.processes, r.target_groups, r.results, r.budget_years, r.budget_cents, r.version, r.created_at,
       r.updated_at
  FROM line_rows r
 WHERE r.region_id = $1
   AND r.program_id = $2
   AND r.line_id > $3
   AND ($4 = '' OR r.lead_organisation_id = $4)
 ORDER BY r.line_id
 LIMIT $5
