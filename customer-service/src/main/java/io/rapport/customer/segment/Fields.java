package io.rapport.customer.segment;

import static io.rapport.customer.segment.FieldType.DAY;
import static io.rapport.customer.segment.FieldType.LANGUAGE;
import static io.rapport.customer.segment.FieldType.NUMBER;
import static io.rapport.customer.segment.FieldType.TEXT;
import static io.rapport.customer.segment.FieldType.TIME;

import io.rapport.customer.CustomerKind;
import io.rapport.customer.Identity;
import io.rapport.customer.context.CustomerContext.Amount;
import io.rapport.customer.context.CustomerContext.Metric;
import io.rapport.customer.context.Figures;
import io.rapport.customer.profile.AttributeType;
import io.rapport.customer.profile.ContactKind;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.LifeEvent;
import io.rapport.customer.profile.LifecycleStage;
import io.rapport.customer.profile.Profile;
import io.rapport.customer.profile.RelationType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All fields that conditions may name, by their paths. */
final class Fields {

    /** What attributes begin with. */
    static final String ATTRIBUTES = "attributes.";

    private static final Pattern AMOUNT =
            Pattern.compile("(purchases|cancellations)\\.([A-Z]{3})\\.(count|sum)");
    private static final Pattern METRIC =
            Pattern.compile("feedback\\.([A-Z][A-Z0-9_]{0,49})\\.(count|mean)");

    private static final Map<String, Field> FIXED =
            Stream.of(
                            ofWords("kind", CustomerKind.values(), profile -> profile.kind()),
                            profile("language", LANGUAGE, Fields::ranges),
                            ofProfile("timeZone", Profile::timeZone),
                            ofProfile("country", Profile::country),
                            profile("birthday", DAY, one -> one(one.profile().birthday())),
                            ofProfile("occupation", Profile::occupation),
                            ofWords(
                                    "lifecycleStage",
                                    LifecycleStage.values(),
                                    Profile::lifecycleStage),
                            profile("declaredValues", TEXT, one -> one.profile().declaredValues()),
                            profile("tags", TEXT, one -> one.profile().tags()),
                            profile("lifeEvents", TEXT, Fields::lifeEvents),
                            new Field(
                                    "contactPoints",
                                    TEXT,
                                    false,
                                    words(ContactKind.values()),
                                    facts -> contactPoints(facts.customer())),
                            profile("identities", TEXT, Fields::sources),
                            new Field(
                                    "relations",
                                    TEXT,
                                    false,
                                    words(RelationType.values()),
                                    facts -> relations(facts.customer())),
                            new Field(
                                    "incomingRelations",
                                    TEXT,
                                    true,
                                    words(RelationType.values()),
                                    facts -> facts.figures().incomingRelations()),
                            profile("createdAt", TIME, one -> List.of(one.createdAt())),
                            ofContext(
                                    "interactions.count",
                                    NUMBER,
                                    figures -> number(figures.interactions().count())),
                            ofContext(
                                    "interactions.firstAt",
                                    TIME,
                                    figures -> one(figures.interactions().firstAt())),
                            ofContext(
                                    "interactions.lastAt",
                                    TIME,
                                    figures -> one(figures.interactions().lastAt())),
                            ofContext(
                                    "contacts.lastAt", TIME, figures -> one(figures.contactedAt())),
                            ofContext(
                                    "purchases.count",
                                    NUMBER,
                                    figures -> count(figures.interactions().purchases())),
                            ofContext(
                                    "cancellations.count",
                                    NUMBER,
                                    figures -> count(figures.interactions().cancellations())),
                            ofContext(
                                    "loyalty.balance",
                                    NUMBER,
                                    figures -> number(figures.loyalty().balance())),
                            ofContext(
                                    "loyalty.tier", TEXT, figures -> one(figures.loyalty().tier())),
                            ofContext(
                                    "feedback.count",
                                    NUMBER,
                                    figures -> number(figures.feedback().count())))
                    .collect(Collectors.toUnmodifiableMap(Field::path, Function.identity()));

    private Fields() {}

    /** The field with this path; of an attribute, the one that is defined by these types. */
    static Optional<Field> find(String path, Map<String, AttributeType> attributes) {
        if (path.startsWith(ATTRIBUTES)) {
            String name = path.substring(ATTRIBUTES.length());
            return Optional.ofNullable(attributes.get(name)).map(type -> attribute(name, type));
        }
        Field fixed = FIXED.get(path);
        return fixed == null ? ofFamily(path) : Optional.of(fixed);
    }

    private static Optional<Field> ofFamily(String path) {
        Matcher amount = AMOUNT.matcher(path);
        if (amount.matches()) {
            boolean purchases = amount.group(1).equals("purchases");
            boolean sum = amount.group(3).equals("sum");
            String currency = amount.group(2);
            return Optional.of(
                    ofContext(
                            path,
                            NUMBER,
                            figures ->
                                    amount(
                                            purchases
                                                    ? figures.interactions().purchases()
                                                    : figures.interactions().cancellations(),
                                            currency,
                                            sum)));
        }
        Matcher metric = METRIC.matcher(path);
        return metric.matches()
                ? Optional.of(
                        ofContext(
                                path,
                                NUMBER,
                                figures ->
                                        metric(
                                                figures.feedback().metrics(),
                                                metric.group(1),
                                                metric.group(2).equals("mean"))))
                : Optional.empty();
    }

    private static Field attribute(String name, AttributeType type) {
        FieldType as = FieldType.of(type);
        return profile(
                ATTRIBUTES + name,
                as,
                customer -> {
                    Object value = customer.profile().attributes().get(name);
                    List<?> values =
                            switch (value) {
                                case null -> List.of();
                                case List<?> list -> list;
                                default -> List.of(value);
                            };
                    return values.stream().flatMap(one -> as.read(one).stream()).toList();
                });
    }

    private static Field profile(
            String path, FieldType type, Function<Customer, List<? extends Comparable<?>>> values) {
        return new Field(path, type, false, Set.of(), facts -> values.apply(facts.customer()));
    }

    private static Field ofProfile(String path, Function<Profile, @Nullable String> value) {
        return profile(path, TEXT, customer -> one(value.apply(customer.profile())));
    }

    private static <E extends Enum<E>> Field ofWords(
            String path, E[] all, Function<Profile, @Nullable E> value) {
        return new Field(
                path,
                TEXT,
                false,
                words(all),
                facts -> {
                    E word = value.apply(facts.customer().profile());
                    return word == null ? List.of() : List.of(word.name());
                });
    }

    private static Field ofContext(
            String path, FieldType type, Function<Figures, List<? extends Comparable<?>>> values) {
        return new Field(path, type, true, Set.of(), facts -> values.apply(facts.figures()));
    }

    private static Set<String> words(Enum<?>[] all) {
        return Arrays.stream(all).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    }

    private static <T extends Comparable<?>> List<T> one(@Nullable T value) {
        return value == null ? List.of() : List.of(value);
    }

    private static List<BigDecimal> number(long value) {
        return List.of(BigDecimal.valueOf(value));
    }

    /**
     * All language ranges that the customer's tag is of, by the basic filtering of RFC 4647: of
     * de-Latn-AT that one, de-Latn and de.
     */
    private static List<String> ranges(Customer customer) {
        String tag = customer.profile().language();
        List<String> ranges = new ArrayList<>();
        for (String range = tag == null ? "" : tag.toLowerCase(Locale.ROOT);
                !range.isEmpty();
                range = range.substring(0, Math.max(range.lastIndexOf('-'), 0))) {
            ranges.add(range);
        }
        return List.copyOf(ranges);
    }

    private static List<String> lifeEvents(Customer customer) {
        return customer.profile().lifeEvents().stream().map(LifeEvent::type).distinct().toList();
    }

    private static List<String> contactPoints(Customer customer) {
        return customer.profile().contactPoints().stream()
                .map(point -> point.kind().name())
                .distinct()
                .toList();
    }

    private static List<String> relations(Customer customer) {
        return customer.relations().stream()
                .map(relation -> relation.type().name())
                .distinct()
                .toList();
    }

    private static List<String> sources(Customer customer) {
        return customer.names().map(Identity::source).distinct().toList();
    }

    private static List<BigDecimal> count(List<Amount> amounts) {
        return number(amounts.stream().mapToLong(Amount::count).sum());
    }

    private static List<BigDecimal> amount(List<Amount> amounts, String currency, boolean sum) {
        return amounts.stream()
                .filter(amount -> amount.currency().equals(currency))
                .findFirst()
                .map(amount -> sum ? List.of(new BigDecimal(amount.sum())) : number(amount.count()))
                .orElse(number(0));
    }

    /** Without a rating there is no mean, but a count of none. */
    private static List<BigDecimal> metric(List<Metric> metrics, String name, boolean mean) {
        return metrics.stream()
                .filter(metric -> metric.metric().equals(name))
                .findFirst()
                .map(metric -> mean ? List.of(metric.mean()) : number(metric.count()))
                .orElse(mean ? List.of() : number(0));
    }
}
