-- Whom remnants.sql looks for: ids and words follow, one a line.
CREATE TEMP TABLE gone (trace text NOT NULL);
COPY gone FROM STDIN;
