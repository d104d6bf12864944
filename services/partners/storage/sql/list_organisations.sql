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
 WHERE o.id > $1::text
   AND ($2::text = '' OR o.kind = $2)
   AND ($3::text = '' OR o.status = $3)
   AND ($4::text = '' OR o.parent_id = $4)
   AND ($5::text = '' OR EXISTS (SELECT FROM region_memberships m
                                WHERE m.organisation_id = o.id AND m.region_id = $5 AND m.valid_from_on <= $6::date
                                  AND (m.valid_until_on IS NULL OR $6::date <= m.valid_until_on)))
   AND ($7::text = '' OR EXISTS (SELECT FROM organisation_identifiers i
                                WHERE i.organisation_id = o.id AND i.scheme = $7 AND i.value = $8::text))
 ORDER BY o.id
 LIMIT $9::bigint
