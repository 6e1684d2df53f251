-- A customer's interactions about one order, invoice or ticket.
CREATE INDEX interaction_text_by_reference ON interaction_text (customer_id, reference) WHERE reference IS NOT NULL;
