SELECT region_id, position, oldest_position FROM feed_heads ORDER BY region_id
