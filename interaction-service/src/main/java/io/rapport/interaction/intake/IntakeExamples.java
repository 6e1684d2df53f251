package io.rapport.interaction.intake;

/**
 * Examples for the API's description, and the name of the answer, and of its schema, that all its
 * operations share.
 */
final class IntakeExamples {

    static final String PROBLEM = "Problem";

    static final String PURCHASE =
            """
            {
              "customer": "online-retail:17850",
              "source": "online-retail",
              "sourceId": "536365",
              "type": "PURCHASE",
              "channel": "WEB",
              "direction": "INBOUND",
              "touchpoint": "checkout",
              "amount": {"amount": "139.12", "currency": "GBP"},
              "occurredAt": "2026-11-20T09:14:05.250Z"
            }""";

    static final String CANCELLATION =
            """
            {
              "customer": "online-retail:17850",
              "source": "online-retail",
              "sourceId": "C536379",
              "type": "CANCELLATION",
              "channel": "WEB",
              "direction": "INBOUND",
              "amount": {"amount": "-27.50", "currency": "GBP"},
              "occurredAt": "2026-11-20T09:41:00Z"
            }""";

    static final String RECORDED_LINE =
            """
            {
              "line": 1,
              "status": 201,
              "id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
              "version": "interaction-service/019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42/7"
            }""";

    static final String REFUSED_LINE =
            """
            {
              "line": 2,
              "status": 400,
              "problem": {
                "type": "/problems/invalid-interaction",
                "title": "Invalid interaction",
                "status": 400,
                "detail": "Nothing was recorded. Correct what 'errors' names and send the interaction again.",
                "code": "invalid-interaction",
                "errors": [{"pointer": "/type", "reason": "is unknown; it must be one of CALL, PURCHASE"}]
              }
            }""";

    private IntakeExamples() {}
}
