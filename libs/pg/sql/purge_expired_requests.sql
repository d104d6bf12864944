DELETE FROM request_records
 WHERE ctid = ANY (ARRAY(SELECT ctid FROM request_records WHERE expires_at <= now() ORDER BY expires_at LIMIT $1))
