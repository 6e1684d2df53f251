package io.rapport.directory;

import io.rapport.platform.Ids;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All customers that are one and the same, as a read asked for {@code named}: the survivor, as whom
 * each of them answers, and the members whose facts the answer covers, the survivor among them, in
 * id order.
 */
public record Relationship(UUID named, UUID survivor, List<UUID> members) {

    static Relationship of(UUID named, UUID survivor, List<UUID> merged) {
        return new Relationship(
                named,
                survivor,
                Stream.concat(Stream.of(survivor), merged.stream()).sorted(Ids.BY_VALUE).toList());
    }

    /**
     * The {@code Content-Location} of an answer that is found below {@code prefix}: null where the
     * customer that was named answers for itself.
     */
    public @Nullable String contentLocation(String prefix, String suffix) {
        return named.equals(survivor) ? null : prefix + survivor + suffix;
    }
}
