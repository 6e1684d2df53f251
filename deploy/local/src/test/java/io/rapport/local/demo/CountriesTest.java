package io.rapport.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CountriesTest {
    @Test
    void every_country_of_the_extract_has_a_code() {
        Set<String> without = new TreeSet<>();
        for (Invoice invoice : InvoiceFile.bundled().invoices()) {
            if (Countries.code(invoice.country()).isEmpty()) {
                without.add(invoice.country());
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void names_of_the_data_set_that_are_not_the_standards_are_known() {
        assertThat(Countries.code("EIRE")).contains("IE");
        assertThat(Countries.code("RSA")).contains("ZA");
        assertThat(Countries.code("United Kingdom")).contains("GB");
        assertThat(Countries.code("Unspecified")).isEmpty();
    }
}
