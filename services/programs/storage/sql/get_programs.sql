SELECT k.place, r.region_id, r.program_id, r.title, r.description, r.start_on, r.end_on,
       r.contact_municipality_id, r.contact_school_id, r.central_municipality_ids, r.lead_organisation_id,
       r.municipal_manager_id, r.school_manager_id, r.steering_group_ids, r.version, r.created_at,
       r.updated_at
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY
       AS k(region_id, program_id, place)
  JOIN programs r
    ON r.region_id = k.region_id
   AND r.program_id = k.program_id
