SELECT q.place, c.region_id, c.id, c.institution_id, c.count_on, c.state, c.record_count, c.version, c.created_at, c.updated_at
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS q (region_id, id, place)
  JOIN cohorts c ON c.region_id = q.region_id AND c.id = q.id
