UPDATE projection_cursors SET heartbeat_at = NULL
