INSERT INTO programs (region_id, program_id, title, description, start_on, end_on, contact_municipality_id,
                      contact_school_id, central_municipality_ids, lead_organisation_id,
                      municipal_manager_id, school_manager_id, steering_group_ids)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
