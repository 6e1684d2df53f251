-- What was said of customers and a segment is ended, and kept, before the segment is deleted: what is said meanwhile must
-- not go with it.
ALTER TABLE segment_override DROP CONSTRAINT segment_override_is_of_a_segment;
ALTER TABLE segment_override
    ADD CONSTRAINT segment_override_is_of_a_segment FOREIGN KEY (segment) REFERENCES segment (key);
