INSERT INTO directory_regions (region_id, display_name, version)
VALUES ($1, $2, $3)
ON CONFLICT (region_id) DO UPDATE SET display_name = excluded.display_name, version = excluded.version
 WHERE directory_regions.version < excluded.version
