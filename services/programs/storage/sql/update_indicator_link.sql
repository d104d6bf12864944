-- Nothing when the version is no longer the one that was decided on.
UPDATE indicator_links
   SET title = $5, indicator = $6, ambition = $7, organisation_id = $8, level = $9, version = version + 1,
       updated_at = now()
 WHERE region_id = $1 AND program_id = $2 AND line_id = $3 AND indicator_link_id = $4
   AND version = $10
