package io.rapport.customer.importing;

/** What an import may do with a row. */
public enum ImportMode {
    CREATE,
    UPDATE,
    UPSERT
}
