SELECT k.place, r.region_id, r.program_id, r.line_id, r.indicator_link_id, r.title, r.indicator, r.ambition,
       r.organisation_id, r.level, r.version, r.created_at, r.updated_at
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY
       AS k(region_id, program_id, line_id, indicator_link_id, place)
  JOIN indicator_links r
    ON r.region_id = k.region_id
   AND r.program_id = k.program_id
   AND r.line_id = k.line_id
   AND r.indicator_link_id = k.indicator_link_id
