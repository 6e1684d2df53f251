package io.rapport.faults.load;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of one call. */
sealed interface Reply {
    /** It is done, now or before. */
    record Done(JsonNode body) implements Reply {}

    /** It is not done and never will be. */
    record Refused(String why) implements Reply {}

    /** Not done, or nobody knows: to be sent again. */
    record Again(String why) implements Reply {}
}
