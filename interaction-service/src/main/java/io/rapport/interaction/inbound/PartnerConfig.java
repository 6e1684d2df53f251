package io.rapport.interaction.inbound;

import java.util.Set;

/** What an installation says of a partner that has topics. */
public interface PartnerConfig {

    /** Those of which it may tell, and whose customers it may name, as its token would list. */
    Set<String> sources();
}
