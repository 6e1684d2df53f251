package io.rapport.platform.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What holds for the production code of every module; a module adds rules of its own beside them.
 */
public final class ArchitectureRules {

    // Reading them takes longer than checking a rule.
    private static final Map<String, JavaClasses> IMPORTED = new ConcurrentHashMap<>();

    private static final List<String> SERVICES =
            List.of("customer", "interaction", "loyalty", "feedback");

    private static final String[] LAYERS = {
        "..util..",
        "..utils..",
        "..common..",
        "..helper..",
        "..impl..",
        "..dto..",
        "..mapper..",
        "..service..",
        "..repository.."
    };

    private static final String SAYS_NOTHING =
            ".+(Impl|Manager|Helper|Utils?|Base|Dto|DTO|Mapper|Processor|Handler|Service)";

    private static final Pattern CODE = Pattern.compile("(?!\\s*(//|/?\\*|import |package |$)).*");

    private ArchitectureRules() {}

    /** The production classes below a package, such as {@code io.rapport.loyalty}. */
    public static JavaClasses production(String root) {
        return IMPORTED.computeIfAbsent(root, ArchitectureRules::imported);
    }

    private static JavaClasses imported(String root) {
        JavaClasses found =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages(root);
        if (found.isEmpty()) {
            throw new AssertionError("No production class below " + root);
        }
        return found;
    }

    /** Checks every rule on the module whose root package is given. */
    public static void verify(String root) {
        CompositeArchRule.of(timeComesFromTheClock())
                .and(randomnessIsNotInjected())
                .and(datesAreOfJavaTime())
                .and(nothingIsPrinted())
                .and(packagesAreFeatures())
                .and(classesAreNouns())
                .and(nullnessIsStated())
                .and(servicesKeepApart(root))
                .check(production(root));
    }

    /**
     * Fails when the module's production code has more lines. Counts what has to be understood:
     * neither blank lines, comments, imports nor package lines.
     */
    public static void verifySize(long mostLines) {
        long lines = 0;
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            for (Path source : all.filter(Files::isRegularFile).toList()) {
                lines +=
                        Files.readAllLines(source).stream().filter(CODE.asMatchPredicate()).count();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines == 0 || lines > mostLines) {
            throw new AssertionError(lines + " lines of code, at most " + mostLines + " may be");
        }
    }

    /** Only the class that follows the database's clock asks the machine for the time. */
    static ArchRule timeComesFromTheClock() {
        return noClasses()
                .that()
                .doNotHaveSimpleName("DatabaseClock")
                .should()
                .accessTargetWhere(
                        describe("asks the machine", ArchitectureRules::asksTheMachineForTheTime))
                .because("the injected Clock follows the database's time, and tests shift it");
    }

    static ArchRule randomnessIsNotInjected() {
        return noFields()
                .that()
                .areAnnotatedWith(Inject.class)
                .should()
                .haveRawType(assignableTo(RandomGenerator.class))
                .because("randomness comes by constructor, so that a test can give a seeded one")
                .allowEmptyShould(true);
    }

    static ArchRule datesAreOfJavaTime() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Date.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Calendar.class)
                .because("java.time says which kind of time is meant");
    }

    static ArchRule nothingIsPrinted() {
        return noClasses().should(ACCESS_STANDARD_STREAMS).because("there is a log");
    }

    static ArchRule packagesAreFeatures() {
        return noClasses()
                .should()
                .resideInAnyPackage(LAYERS)
                .because("a package is a feature; technical layers scatter it over the module");
    }

    static ArchRule classesAreNouns() {
        return noClasses()
                .should(
                        be(
                                describe(
                                        "named with a suffix that says nothing",
                                        (JavaClass type) ->
                                                type.getSimpleName().matches(SAYS_NOTHING))))
                .because("a class is a noun of the domain");
    }

    static ArchRule nullnessIsStated() {
        return classes()
                .should(be(describe("in a @NullMarked package", ArchitectureRules::isNullMarked)))
                .because("NullAway checks only what is marked");
    }

    static ArchRule servicesKeepApart(String root) {
        String[] others =
                SERVICES.stream()
                        .map(service -> "io.rapport." + service + "..")
                        .filter(other -> !other.startsWith(root + "."))
                        .toArray(String[]::new);
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .because("a service knows another by its events only, and platform knows none");
    }

    private static boolean isNullMarked(JavaClass type) {
        return type.getPackage()
                .tryGetPackageInfo()
                .map((HasAnnotations<?> info) -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static boolean asksTheMachineForTheTime(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.time.Clock", "java.time.InstantSource" ->
                    name.startsWith("system") || name.startsWith("tick");
            default -> owner.startsWith("java.time.") && name.equals("now") && !givenClock(access);
        };
    }

    private static boolean givenClock(JavaAccess<?> access) {
        return access.getTarget().getFullName().contains(Clock.class.getName());
    }
}
