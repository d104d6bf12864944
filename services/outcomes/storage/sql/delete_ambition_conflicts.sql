DELETE FROM ambition_conflicts WHERE ambition_id = $1::text
