-- Gives those that were older here, or not here at all.
INSERT INTO directory_organisations (organisation_id, display_name, kind, parent_id, status, version)
SELECT n.organisation_id, n.display_name, n.kind, nullif(n.parent_id, ''), n.status, n.version
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
    AS n(organisation_id, display_name, kind, parent_id, status, version)
ON CONFLICT (organisation_id) DO UPDATE
   SET display_name = excluded.display_name, kind = excluded.kind, parent_id = excluded.parent_id,
       status = excluded.status, version = excluded.version
 WHERE directory_organisations.version < excluded.version
RETURNING organisation_id
