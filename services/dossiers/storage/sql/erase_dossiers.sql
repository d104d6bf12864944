-- Ends dossiers that are locked, for callers that account for them; gives the process facts of each. $1 region, $2 id,
-- $3 keyed hash of the id, $4 moment, $5 ground.
SELECT e.region_id, e.id, e.version, e.state, e.responsible_organisation_id, e.due_on, e.handover_state, e.handover_due_on
  FROM erase_dossiers($1::text[], $2::uuid[], $3::bytea[], $4::timestamptz[], $5::text[]) e
