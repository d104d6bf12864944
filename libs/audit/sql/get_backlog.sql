SELECT b.entries, b.oldest_at FROM audit_backlog($1, $2, $3, $4, $5, $6, $7, $8) b
