-- Nothing when the version is no longer the one that was decided on.
UPDATE programs
   SET title = $3, description = $4, start_on = $5, end_on = $6, contact_municipality_id = $7,
       contact_school_id = $8, central_municipality_ids = $9, lead_organisation_id = $10,
       municipal_manager_id = $11, school_manager_id = $12, steering_group_ids = $13, version = version + 1,
       updated_at = now()
 WHERE region_id = $1 AND program_id = $2
   AND version = $14
