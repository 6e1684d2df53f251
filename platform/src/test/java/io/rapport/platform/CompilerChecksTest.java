package io.rapport.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The checks of the build are alive: a planted violation is refused by the compiler with the
 * arguments, plugins and JVM flags that the build itself uses, read from its own files. A check
 * that is off is worse than none.
 */
class CompilerChecksTest {

    private static final Path ROOT = Path.of(System.getProperty("rapport.root", "..")).normalize();

    private static List<String> command;

    @TempDir Path sources;

    private record Outcome(int exit, String messages) {}

    @BeforeAll
    static void readTheBuild() throws Exception {
        Document pom =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(ROOT.resolve("pom.xml").toFile());
        command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        Files.readAllLines(ROOT.resolve(".mvn/jvm.config"))
                .forEach(flag -> command.add("-J" + flag));
        elements(pom.getDocumentElement(), "arg")
                .map(Element::getTextContent)
                .forEach(command::add);
        command.addAll(List.of("-processorpath", processorPath(pom), "-proc:none"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-d"));
    }

    @Test
    void a_clean_class_compiles() throws Exception {
        Outcome outcome = compile("static int length(String text) { return text.length(); }");

        assertThat(outcome.messages).isEmpty();
        assertThat(outcome.exit).isZero();
    }

    @Test
    void null_where_none_is_declared_and_a_lost_exception_are_refused() throws Exception {
        Outcome outcome =
                compile(
                        """
                        static String name() { return null; }
                        static void fail() { new IllegalStateException(); }
                        """);

        assertThat(outcome.exit).isNotZero();
        assertThat(outcome.messages).contains("[NullAway]", "[DeadException]");
    }

    @Test
    void a_mere_warning_of_the_compiler_is_refused() throws Exception {
        Outcome outcome = compile("static java.util.List raw() { return java.util.List.of(); }");

        assertThat(outcome.exit).isNotZero();
        assertThat(outcome.messages).contains("[rawtypes]");
    }

    private Outcome compile(String member) throws Exception {
        Path planted = sources.resolve("Planted.java");
        Files.writeString(
                planted,
                """
                package planted;

                @org.jspecify.annotations.NullMarked
                final class Planted {
                    private Planted() {}

                    %s
                }
                """
                        .formatted(member));
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(sources.resolve("classes").toString(), planted.toString()));
        Process javac = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String messages = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(javac.waitFor(), messages);
    }

    /**
     * The processor path of the build, resolved at once for all that is on it, as the build does.
     */
    private static String processorPath(Document pom) throws Exception {
        List<Dependency> paths =
                elements(pom.getDocumentElement(), "path")
                        .map(path -> new Dependency(artifact(pom, path), "runtime"))
                        .toList();
        return MavenArtifactResolver.builder()
                .setWorkspaceDiscovery(false)
                .build()
                .resolveDependencies(paths.getFirst().getArtifact(), paths)
                .getArtifactResults()
                .stream()
                .map(result -> result.getArtifact().getFile().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static DefaultArtifact artifact(Document pom, Element path) {
        String property = text(path, "version").replaceAll("[${}]", "");
        return new DefaultArtifact(
                text(path, "groupId"),
                text(path, "artifactId"),
                "jar",
                text(pom.getDocumentElement(), property));
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).findFirst().orElseThrow().getTextContent();
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }
}
