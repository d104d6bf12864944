SELECT id FROM ambitions WHERE id = $1::text FOR UPDATE
