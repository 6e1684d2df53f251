package io.rapport.interaction.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartnersTest {

    private static final String KEY = "rapport.inbound.partners.";

    private static Partners partners(Map<String, String> configuration) {
        InboundConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(InboundConfig.class)
                        .withSources(new PropertiesConfigSource(configuration, "test", 100))
                        .build()
                        .getConfigMapping(InboundConfig.class);
        return new Partners(config, "rapport");
    }

    @Test
    void a_partner_has_two_topics_and_speaks_for_its_sources() {
        Partner partner = partners(Map.of(KEY + "acme-shop.sources", "shop,till")).all().getFirst();

        assertThat(partner.inbound()).isEqualTo("rapport.inbound.acme-shop.v1");
        assertThat(partner.rejected()).isEqualTo("rapport.rejected.acme-shop.v1");
        assertThat(partner.sources()).isEqualTo(Set.of("shop", "till"));
        assertThat(partner.speaksFor("shop")).isTrue();
        assertThat(partner.speaksFor("other")).isFalse();
    }

    @Test
    void without_partners_there_is_nothing_to_read() {
        assertThat(partners(Map.of()).all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Acme,shop", "-acme,shop", "a_b,shop", "acme,login", "acme,Shop", "acme,'a b'"})
    void a_name_that_no_topic_has_or_a_source_that_none_is_keeps_the_service_from_starting(
            String name, String source) {
        Partners wrong = partners(Map.of(KEY + name + ".sources", source));

        assertThatThrownBy(wrong::all).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void more_than_fifty_are_refused() {
        Partners many =
                partners(
                        IntStream.range(0, 51)
                                .boxed()
                                .collect(
                                        Collectors.toMap(
                                                i -> KEY + "p" + i + ".sources", i -> "s")));

        assertThatThrownBy(many::all).isInstanceOf(ConfigurationException.class);
    }
}
