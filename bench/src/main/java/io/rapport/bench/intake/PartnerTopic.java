package io.rapport.bench.intake;

import io.rapport.bench.load.Customers;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes interactions to the inbound topic of the local stack's partner, as the partner would. */
final class PartnerTopic implements AutoCloseable {
    private static final String SOURCE = "shop";
    private static final String TOPIC = "rapport.inbound." + SOURCE + ".v1";

    private final KafkaProducer<byte[], byte[]> producer;
    private final Customers customers;
    private long number;

    PartnerTopic(Stack stack, Customers customers) {
        this.customers = customers;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                stack.ports().bootstrapServers(),
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.LINGER_MS_CONFIG,
                                20,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                1 << 17),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Writes so many, each of a customer whom chance picks; returns when the broker has them. */
    void write(int messages) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(messages);
        for (int i = 0; i < messages; i++) {
            String customer = customers.id(customers.any()).toString();
            String message = Told.message(SOURCE, customer, "t-" + number++);
            sent.add(producer.send(new ProducerRecord<>(TOPIC, utf8(customer), utf8(message))));
        }
        producer.flush();
        sent.stream()
                .filter(one -> one.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .findAny()
                .ifPresent(
                        failed -> {
                            throw new CannotGoOn("A message was not written: " + failed, failed);
                        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
