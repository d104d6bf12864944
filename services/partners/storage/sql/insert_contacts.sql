INSERT INTO organisation_contacts
  (organisation_id, position, role, phone_number, email_address, valid_from_on, valid_until_on)
SELECT $1, c.position, c.role, c.phone_number, c.email_address, c.valid_from_on, c.valid_until_on
  FROM unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::date[])
       WITH ORDINALITY AS c(role, phone_number, email_address, valid_from_on, valid_until_on, position)
