-- What one customer says of another. That relations of one type never run in a circle is more than a row can say: who
-- adds one holds the advisory lock of relations, and looks, until the commit.
CREATE TABLE customer_relation (
    customer_id uuid NOT NULL,
    type        text NOT NULL,
    related_id  uuid NOT NULL,
    PRIMARY KEY (customer_id, type, related_id),
    CONSTRAINT customer_relation_has_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT customer_relation_is_to_a_customer FOREIGN KEY (related_id) REFERENCES customer (id)
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT customer_relation_type_is_known CHECK (type IN ('HOUSEHOLD', 'WORKS_FOR', 'REFERRED_BY')),
    CONSTRAINT customer_relation_is_not_to_oneself CHECK (customer_id <> related_id)
);
CREATE UNIQUE INDEX customer_relation_is_the_only_one_of_its_type
    ON customer_relation (customer_id, type) WHERE type IN ('HOUSEHOLD', 'REFERRED_BY');
-- Who has a relation to this customer.
CREATE INDEX customer_relation_incoming ON customer_relation (related_id, type, customer_id);
