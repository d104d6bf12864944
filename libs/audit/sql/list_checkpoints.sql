SELECT note FROM audit_checkpoints WHERE number > $1 ORDER BY number LIMIT $2
