DELETE FROM ambition_targets WHERE ambition_id = $1::text
