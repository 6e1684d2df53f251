package io.rapport.bench.propagation;

import io.rapport.bench.load.Answer;
import io.rapport.local.stack.ServiceName;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** A read that follows a purchase, each by who has seen what the one before has told. */
enum ChainRead {
    ACCOUNT(ServiceName.LOYALTY) {
        @Override
        String path(UUID customer) {
            return "/loyalty/accounts/" + customer;
        }

        @Override
        long balanceIn(JsonObject account) {
            return account.getLong("balance");
        }
    },
    CONTEXT(ServiceName.CUSTOMER) {
        @Override
        String path(UUID customer) {
            return "/customers/" + customer + "/context";
        }

        @Override
        long balanceIn(JsonObject context) {
            return ContextWatch.balanceIn(context);
        }
    };

    private final ServiceName service;

    ChainRead(ServiceName service) {
        this.service = service;
    }

    /** What an answer is worth. */
    enum Worth {
        SEEN,
        /** It is answered, and shows less than was promised. */
        STALE,
        NOT_YET_SEEN,
        /** Another status, or none. */
        BROKEN
    }

    /** Who answers it. */
    ServiceName service() {
        return service;
    }

    abstract String path(UUID customer);

    abstract long balanceIn(JsonObject body);

    /** {@code least} is the balance that was promised. */
    Worth worth(Answer answer, long least) {
        if (answer.notYetSeen()) {
            return Worth.NOT_YET_SEEN;
        }
        if (answer.status() != 200) {
            return Worth.BROKEN;
        }
        return balanceIn(answer.json()) >= least ? Worth.SEEN : Worth.STALE;
    }
}
