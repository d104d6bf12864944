UPDATE organisations
   SET display_name = $2, parent_id = $3, status = $4, suspension_reason = $5, version = $6, updated_at = $7
 WHERE id = $1
