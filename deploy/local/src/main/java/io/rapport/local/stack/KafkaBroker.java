package io.rapport.local.stack;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * A real Kafka broker that is its own controller (KRaft), in a process of its own, on this machine
 * only. Its data folder is formatted once, with a cluster id of its own.
 */
public final class KafkaBroker extends StackPart {
    private final Jvm jvm;

    KafkaBroker(LocalFolder folder, LocalPorts ports, Children children, Jvm jvm) {
        super("kafka", "TERM", folder, ports, children);
        this.jvm = jvm;
    }

    @Override
    Launch launch() {
        try {
            Path settings = folder.kafka().resolve("server.properties");
            Files.createDirectories(folder.kafka());
            try (StringWriter text = new StringWriter()) {
                settings().store(text, "Written at each start.");
                Files.writeString(settings, text.toString());
            }
            if (!Files.exists(data().resolve("meta.properties"))) {
                format(settings);
            }
            return new Launch(java("-Xms96m", "-Xmx256m", "kafka.Kafka", settings.toString()));
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot prepare Kafka", e);
        }
    }

    @Override
    boolean ready() {
        return LocalPorts.answers(ports.kafka());
    }

    /** What it must not forget: logs, and who it is. */
    public Path data() {
        return folder.kafka().resolve("data");
    }

    private List<String> java(String... arguments) {
        List<String> command = jvm.command();
        command.addAll(
                List.of(
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                        "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                        "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.utils.AppInfoParser=info",
                        "-cp",
                        folder.libraries() + "/*"));
        command.addAll(List.of(arguments));
        return command;
    }

    private void format(Path settings) throws IOException {
        UUID random = UUID.randomUUID();
        byte[] bytes =
                ByteBuffer.allocate(16)
                        .putLong(random.getMostSignificantBits())
                        .putLong(random.getLeastSignificantBits())
                        .array();
        String clusterId = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Process tool =
                new ProcessBuilder(
                                java(
                                        "kafka.tools.StorageTool",
                                        "format",
                                        "--cluster-id=" + clusterId,
                                        "--config=" + settings))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.log(name()).toFile()))
                        .start();
        try {
            if (tool.waitFor() != 0) {
                throw new CannotGoOn(
                        "Kafka could not format its data folder. "
                                + evidence(new ChildProcess(tool, folder.log(name()))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String listener(String name, int port) {
        return name + "://" + LocalPorts.HOST + ":" + port;
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty(
                "controller.quorum.voters", "1@" + LocalPorts.HOST + ":" + ports.kafkaController());
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("inter.broker.listener.name", "CLIENT");
        settings.setProperty(
                "listener.security.protocol.map",
                "CLIENT:PLAINTEXT,WIRED:PLAINTEXT,CONTROLLER:PLAINTEXT");
        String client = listener("CLIENT", ports.kafka());
        String controller = listener("CONTROLLER", ports.kafkaController());
        if (ports.wired()) {
            String wired = listener("WIRED", ports.kafkaBehindWire());
            settings.setProperty("listeners", client + "," + wired + "," + controller);
            settings.setProperty(
                    "advertised.listeners", client + "," + listener("WIRED", ports.kafkaWire()));
        } else {
            settings.setProperty("listeners", client + "," + controller);
        }
        settings.setProperty("log.dirs", data().toString());
        settings.setProperty("auto.create.topics.enable", "false");
        // One node: nothing can be replicated, and a group's first members need not wait for each
        // other.
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "4");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // Small: a laptop is shared with four services and a database.
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
        settings.setProperty("log.index.size.max.bytes", "2097152");
        return settings;
    }
}
