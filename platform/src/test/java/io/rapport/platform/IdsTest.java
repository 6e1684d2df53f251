package io.rapport.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void ids_are_version_7_and_grow() {
        List<UUID> ids = Stream.generate(Ids::next).limit(5000).toList();

        assertThat(ids).allMatch(id -> id.version() == 7 && id.variant() == 2);
        assertThat(ids).isSortedAccordingTo(Ids.BY_VALUE).doesNotHaveDuplicates();
    }

    @Test
    void ids_are_ordered_as_the_database_orders_them() {
        UUID low = UUID.fromString("7fffffff-ffff-7fff-bfff-ffffffffffff");
        UUID high = UUID.fromString("80000000-0000-7000-8000-000000000000");

        assertThat(Ids.BY_VALUE.compare(low, high)).isNegative();
    }
}
