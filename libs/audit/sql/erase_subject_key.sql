DELETE FROM subject_keys WHERE region_id = $1 AND subject_id = $2
