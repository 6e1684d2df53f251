package io.rapport.customer.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** Limits of logins. */
@ConfigMapping(prefix = "rapport.logins")
public interface LoginConfig {

    /** Logins that may be linked to one customer. */
    @Positive
    @WithDefault("5")
    int perCustomer();

    /** How long a code may be used after it was issued. */
    @WithDefault("PT24H")
    Duration codeValidity();
}
