package io.rapport.interaction.inbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Map;

/** Which partners have topics of their own, and the limits of reading them. */
@ConfigMapping(prefix = "rapport.inbound")
public interface InboundConfig {

    /** By their names, which stand in the names of their topics. None: nothing is read. */
    Map<String, PartnerConfig> partners();

    /** Whether this process reads them, and tells what was refused. */
    @WithDefault("true")
    boolean enabled();

    /** Members of each partner's group in this process. */
    @Min(1)
    @Max(12)
    @WithDefault("2")
    int readers();

    /** Messages that a reader has in hand, at most. */
    @Positive
    @WithDefault("500")
    int fetch();

    /** Bytes that a reader has in hand, at most, and as many that it has asked for. */
    @Min(1 << 20)
    @WithDefault("4194304")
    int fetchBytes();

    /**
     * Of one message: above what a valid one can have, with its text of 100,000 bytes escaped as
     * JSON allows.
     */
    @Positive
    @WithDefault("700000")
    int maxMessageBytes();

    /** Transactions of all partners at the same time: the others of the pool are for requests. */
    @Positive
    @WithDefault("4")
    int atOnce();

    /** Of a partner, that wait to be told; while there are more, its topic waits. */
    @Positive
    @WithDefault("10000")
    int maxRejections();
}
