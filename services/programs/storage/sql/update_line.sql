-- Nothing when the version is no longer the one that was decided on.
UPDATE lines
   SET code = $4, title = $5, description = $6, lead_organisation_id = $7, processes = $8,
       target_groups = $9, results = $10, version = version + 1, updated_at = now()
 WHERE region_id = $1 AND program_id = $2 AND line_id = $3
   AND version = $11
