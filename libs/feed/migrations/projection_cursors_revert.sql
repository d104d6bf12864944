-- See projection_cursors.sql.
DROP TABLE projection_cursors;
