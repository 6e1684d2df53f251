CREATE TABLE test_note (
    note text PRIMARY KEY
);
