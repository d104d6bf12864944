DELETE FROM projection_cursors WHERE source = $1
