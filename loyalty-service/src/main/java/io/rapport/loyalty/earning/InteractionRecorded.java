package io.rapport.loyalty.earning;

import io.rapport.platform.Money;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What loyalty reads of an {@code interaction.recorded.v1}. */
record InteractionRecorded(UUID interaction, String type, @Nullable Money amount) {

    static final String TYPE = "interaction.recorded.v1";

    InteractionRecorded {
        Objects.requireNonNull(interaction, "interaction");
        Objects.requireNonNull(type, "type");
    }
}
