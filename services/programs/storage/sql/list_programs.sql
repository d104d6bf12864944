-- A page behind the id $2; an empty filter passes everything.
SELECT r.region_id, r.program_id, r.title, r.description, r.start_on, r.end_on, r.contact_municipality_id,
       r.contact_school_id, r.central_municipality_ids, r.lead_organisation_id, r.municipal_manager_id,
       r.school_manager_id, r.steering_group_ids, r.version, r.created_at, r.updated_at
  FROM programs r
 WHERE r.region_id = $1
   AND r.program_id > $2
   AND ($3 = '' OR r.lead_organisation_id = $3)
   AND ($4 = '' OR r.contact_municipality_id = $4)
   AND ($5 = '' OR r.contact_school_id = $5)
 ORDER BY r.program_id
 LIMIT $6
