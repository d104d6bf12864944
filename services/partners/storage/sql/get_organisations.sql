SELECT o.id, o.display_name, o.kind, o.parent_id, o.status, o.suspension_reason, o.version, o.created_at, o.updated_at,
       ARRAY(SELECT i.scheme FROM organisation_identifiers i WHERE i.organisation_id = o.id ORDER BY i.scheme, i.value)
         AS identifier_schemes,
       ARRAY(SELECT i.value FROM organisation_identifiers i WHERE i.organisation_id = o.id ORDER BY i.scheme, i.value)
         AS identifier_values,
       ARRAY(SELECT c.role FROM organisation_contacts c WHERE c.organisation_id = o.id ORDER BY c.position)
         AS contact_roles,
       ARRAY(SELECT c.phone_number FROM organisation_contacts c WHERE c.organisation_id = o.id ORDER BY c.position)
         AS contact_phone_numbers,
       ARRAY(SELECT c.email_address FROM organisation_contacts c WHERE c.organisation_id = o.id ORDER BY c.position)
         AS contact_email_addresses,
       ARRAY(SELECT c.valid_from_on::text FROM organisation_contacts c WHERE c.organisation_id = o.id ORDER BY c.position)
         AS contact_valid_from_on,
       ARRAY(SELECT coalesce(c.valid_until_on::text, '') FROM organisation_contacts c WHERE c.organisation_id = o.id
              ORDER BY c.position) AS contact_valid_until_on
  FROM organisations o
 WHERE o.id = ANY ($1::text[])
