SELECT to_regclass('audit_trail') IS NOT NULL AS has_trail
