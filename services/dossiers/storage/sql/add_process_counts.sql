-- The deltas of a batch, one row per key and in the order of the keys, so that batches never wait for each other in a ring.
INSERT INTO process_counts AS t (region_id, process, state, responsible_organisation_id, due_on, day, delta)
SELECT c.region_id, c.process, c.state, c.responsible_organisation_id, c.due_on, c.day, c.delta
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::bigint[])
       AS c (region_id, process, state, responsible_organisation_id, due_on, day, delta)
 ORDER BY c.region_id, c.process, c.state, c.responsible_organisation_id, c.due_on, c.day
ON CONFLICT (region_id, process, state, responsible_organisation_id, due_on, day)
DO UPDATE SET delta = t.delta + EXCLUDED.delta
