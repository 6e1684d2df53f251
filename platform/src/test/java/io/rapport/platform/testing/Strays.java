package io.rapport.platform.testing;

import io.rapport.platform.event.Topic;
import java.sql.SQLException;
import java.util.List;

/**
 * What a test has written into topics of the service under test. Its relay takes for lost what it
 * finds there and did not send, and sends nothing more.
 */
public final class Strays {

    private static final String SENT =
            """
            INSERT INTO relay_offset AS r VALUES (?, ?, ?)
            ON CONFLICT (topic, partition) DO UPDATE SET next_offset = greatest(r.next_offset, EXCLUDED.next_offset)""";

    private Strays() {}

    /** Lets the relay take all that lies in these topics now for its own. */
    public static void countAsSent(Topic... written) throws SQLException {
        try (Topics topics = Topics.ofSuite()) {
            for (Topic topic : List.of(written)) {
                for (Topics.Message message : topics.readAll(topic)) {
                    Databases.asOwner()
                            .execute(
                                    SENT,
                                    topics.name(topic),
                                    message.partition(),
                                    message.offset() + 1);
                }
            }
        }
        Databases.asOwner().execute("UPDATE lost_event SET accepted_at = now()");
    }
}
