package io.rapport.faults.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KcatReaderTest {
    @Test
    void a_line_is_a_record_with_its_headers() throws Exception {
        Logged record =
                KcatReader.logged(
                        """
                        {"topic":"rapport.feedback.v1","partition":3,"offset":17,"tstype":"create","ts":1,"broker":1,
                         "headers":["ce_id","e1","ce_customersequence","2"],"key":"ada","payload":"{\\"rating\\": 7}"}""");
        assertThat(record.place()).isEqualTo(new Logged.Place("rapport.feedback.v1", 3, 17));
        assertThat(record.headers()).isEqualTo(Map.of("ce_id", "e1", "ce_customersequence", "2"));
        assertThat(record.key()).isEqualTo("ada");
        assertThat(record.sequence()).isEqualTo(2);
        assertThat(record.payload().path("rating").asInt()).isEqualTo(7);
    }

    @Test
    void a_record_may_have_neither_headers_nor_key_nor_payload() throws Exception {
        Logged record =
                KcatReader.logged(
                        "{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"key\":null,\"payload\":null}");
        assertThat(record.headers()).isEmpty();
        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(record.id()).isEmpty();
        assertThat(record.payload().isMissingNode()).isTrue();
    }
}
