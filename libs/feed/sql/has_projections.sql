-- The register itself projects nothing.
SELECT to_regclass('projection_cursors') IS NOT NULL AS here
