-- Every counter of the regions.
SELECT t.region_id, t.process, t.state, t.responsible_organisation_id, t.due_on, t.day, t.delta
  FROM process_counts t
 WHERE t.region_id = ANY ($1::text[])
 ORDER BY t.region_id, t.process, t.state, t.responsible_organisation_id, t.due_on, t.day
