UPDATE agreements SET state = $2, signed_on = $3, terminated_on = $4, version = $5, updated_at = $6 WHERE id = $1
