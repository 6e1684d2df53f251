package io.rapport.platform;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.Comparator;
import java.util.UUID;

/**
 * Ids of the suite: UUIDv7, so that they grow with time and rows made together lie together.
 * Thread-safe.
 */
public final class Ids {

    /**
     * The order in which PostgreSQL sorts UUIDs, unlike {@link UUID#compareTo}, which is signed.
     */
    public static final Comparator<UUID> BY_VALUE =
            Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
                    .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private Ids() {}

    /** A new id, greater than every id that this process made before. */
    public static UUID next() {
        return GENERATOR.generate();
    }
}
