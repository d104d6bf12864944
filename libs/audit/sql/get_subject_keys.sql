-- Keys of the subjects that have one, by place in the question.
SELECT s.place, k.key
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS s(region_id, subject_id, place)
  JOIN subject_keys k ON k.region_id = s.region_id AND k.subject_id = s.subject_id
