INSERT INTO directory_organisations (organisation_id, display_name, kind, parent_id, status, version)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organisation_id) DO UPDATE
   SET display_name = excluded.display_name, kind = excluded.kind, parent_id = excluded.parent_id,
       status = excluded.status, version = excluded.version
 WHERE directory_organisations.version < excluded.version
