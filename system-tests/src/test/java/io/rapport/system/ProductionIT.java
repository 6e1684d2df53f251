package io.rapport.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged service that is started as in production, with what is good for one machine only. */
class ProductionIT {
    private static final Path ROOT = Path.of(System.getProperty("rapport.root"));

    @TempDir private Path folder;

    @Test
    void production_refuses_a_local_key_in_one_line() throws Exception {
        Path output = folder.resolve("prod.out");
        LocalPorts ports = LocalPorts.free();
        Process service =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java",
                                "-Dquarkus.profile=prod",
                                "-Dquarkus.http.port=0",
                                "-Dquarkus.management.port=0",
                                "-Dquarkus.oidc.public-key=" + publicKey(),
                                // Nobody listens there: it refuses before it migrates anything.
                                "-Drapport.database.url=" + ports.jdbcUrl("none"),
                                "-Drapport.database.username=none",
                                "-Drapport.database.password=none",
                                "-Drapport.database.migration-username=none",
                                "-Drapport.database.migration-password=none",
                                "-Drapport.kafka.bootstrap-servers=" + ports.bootstrapServers(),
                                "-jar",
                                ROOT.resolve(ServiceName.FEEDBACK.label())
                                        .resolve("target/quarkus-app/quarkus-run.jar")
                                        .toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(service.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            service.destroyForcibly();
        }
        assertThat(service.exitValue()).isNotZero();
        assertThat(Files.readAllLines(output))
                .filteredOn(line -> line.contains("quarkus.oidc.public-key is a local key"))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .contains(
                                                "(profile: prod)",
                                                "Set quarkus.oidc.auth-server-url"));
    }

    /** Made as {@code ./rapport up} makes its own. */
    private static String publicKey() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    }
}
