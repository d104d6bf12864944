-- For the worker: like erase_dossiers, for what the register of erasures names and a backup brought back.
SELECT e.region_id, e.id, e.version, e.state, e.responsible_organisation_id, e.due_on, e.handover_state, e.handover_due_on
  FROM erase_dossiers_again($1::text[], $2::uuid[], $3::bytea[], $4::timestamptz[], $5::text[]) e
