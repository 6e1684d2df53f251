package io.rapport.faults.topic;

import io.rapport.faults.topic.Contents.Partition;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;

/** What the broker itself knows of the consumers of the services. The caller closes it. */
public final class Groups implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Admin admin;

    public Groups(String bootstrapServers) {
        this.admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS));
    }

    /** How many processes read for one consumer of a service. */
    public int members(ServiceName service, String consumer) {
        String group = group(service, consumer);
        return Objects.requireNonNull(
                        get(admin.describeConsumerGroups(List.of(group)).all()).get(group))
                .members()
                .size();
    }

    /** How far it has told the broker that it has come in a partition; -1 when it never has. */
    public long committed(ServiceName service, String consumer, Partition partition) {
        return get(
                        admin.listConsumerGroupOffsets(group(service, consumer))
                                .partitionsToOffsetAndMetadata())
                .entrySet()
                .stream()
                .filter(
                        at ->
                                at.getKey().topic().equals(partition.topic())
                                        && at.getKey().partition() == partition.number())
                .map(Map.Entry::getValue)
                .filter(Objects::nonNull)
                .findFirst()
                .map(OffsetAndMetadata::offset)
                .orElse(-1L);
    }

    private static String group(ServiceName service, String consumer) {
        return "rapport-" + service.label() + "-" + consumer;
    }

    private static <T> T get(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw CannotGoOn.because("Kafka does not tell of its groups", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
