package io.rapport.faults.fault;

import io.rapport.faults.audit.Finding;
import io.rapport.faults.audit.Outage;
import io.rapport.faults.audit.Parked.ParkedEvent;
import io.rapport.faults.audit.Positions;
import io.rapport.faults.audit.Tables;
import io.rapport.faults.load.Caller;
import io.rapport.faults.load.Doors;
import io.rapport.faults.load.Load;
import io.rapport.faults.load.Load.Bystander;
import io.rapport.faults.load.Witness;
import io.rapport.faults.topic.StrangeWriter;
import io.rapport.faults.topic.TopicReader;
import io.rapport.faults.wire.Wires;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import io.rapport.local.stack.StackPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a fault works on: the stack under load, and chance by the seed. */
public final class Scene {
    private static final Duration START_AGAIN = Duration.ofSeconds(30);
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration AWAIT = Duration.ofMillis(20);

    private static final Pattern RELAY_STATE =
            Pattern.compile("(?m)^rapport_relay_state\\{.*state=\"([A-Z_]+)\".*} 1\\.0$");

    private final Stack stack;
    private final Load load;
    private final Caller caller;
    private final Doors doors;
    private final Random random;
    private final boolean brief;
    private final Tables tables;
    private final TopicReader reader;
    private final StrangeWriter strangers;
    private final Wires wires;
    private final Positions positions = new Positions();
    private final Set<StackPart> frozen = ConcurrentHashMap.newKeySet();
    private final List<ParkedEvent> poison = new CopyOnWriteArrayList<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Toll toll = new Toll();
    private final List<Finding> found = new ArrayList<>();
    private final Map<ServiceName, Witness> witnesses = new EnumMap<>(ServiceName.class);

    private @Nullable Bystander bystander;

    public Scene(
            Stack stack,
            Wires wires,
            Load load,
            Caller caller,
            Doors doors,
            Random random,
            boolean brief,
            TopicReader reader) {
        this.stack = stack;
        this.wires = wires;
        this.load = load;
        this.caller = caller;
        this.doors = doors;
        this.random = random;
        this.brief = brief;
        this.tables = new Tables(stack.postgres());
        this.reader = reader;
        this.strangers = new StrangeWriter(stack.ports().bootstrapServers());
    }

    public Stack stack() {
        return stack;
    }

    public Tables tables() {
        return tables;
    }

    public TopicReader reader() {
        return reader;
    }

    public StrangeWriter strangers() {
        return strangers;
    }

    /** Where the consumers have stood whenever it was looked. */
    public Positions positions() {
        return positions;
    }

    Wires wires() {
        return wires;
    }

    Load load() {
        return load;
    }

    Caller caller() {
        return caller;
    }

    Doors doors() {
        return doors;
    }

    Random random() {
        return random;
    }

    boolean brief() {
        return brief;
    }

    /** A customer of whom every service knows, and who is there to be told and asked of. */
    Bystander bystander() {
        if (bystander == null) {
            bystander = load.bystander();
        }
        return bystander;
    }

    /** For each service somebody who says whether it works, with a customer of its own. */
    Map<ServiceName, Witness> witnesses() {
        for (ServiceName service : ServiceName.values()) {
            witnesses.computeIfAbsent(service, load::witness);
        }
        return witnesses;
    }

    /** What was done to whom, in all. */
    public Toll toll() {
        return toll;
    }

    /** What must not be, and does not keep the fault from being undone in order. */
    void find(List<Finding> findings) {
        found.addAll(findings);
    }

    /**
     * What took too long. Short rounds are tests, which run beside others on whatever machine there
     * is: they tell the time, and that all is well in the end is for the audit.
     */
    void findLate(List<Finding> findings) {
        if (!brief) {
            find(findings);
        }
    }

    /** What was found since the last call. */
    public List<Finding> foundAndForget() {
        List<Finding> all = List.copyOf(found);
        found.clear();
        return all;
    }

    /** Every service must be ready. */
    void requireReady() {
        Map<String, Integer> answered = new TreeMap<>();
        for (ServiceName service : ServiceName.values()) {
            int port = stack.ports().management(service);
            answered.put(service.label(), caller.readiness(port));
        }
        find(Outage.readiness(answered));
    }

    /** What every consumer concerned must park. */
    public Collection<ParkedEvent> poison() {
        return poison;
    }

    void expectParked(ParkedEvent event) {
        poison.add(event);
    }

    /** The ids of events that lie in the topics and that no database knows any more. */
    public Set<String> lost() {
        return lost;
    }

    void lose(Set<String> events) {
        lost.addAll(events);
    }

    /** What the relay of a service's usual process says that it is doing. */
    String relayState(ServiceName service) {
        String metrics = caller.metrics(stack.ports().management(service));
        Matcher state = RELAY_STATE.matcher(metrics);
        return state.find() ? state.group(1) : "";
    }

    /** One of these, by chance. */
    ServiceName anyOf(ServiceName... services) {
        return services[random.nextInt(services.length)];
    }

    /** The first when it is to be brief, else something between the two. */
    Duration seconds(double least, double most) {
        double seconds = brief ? least : least + random.nextDouble() * (most - least);
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** Waits, and looks again and again where the consumers stand. */
    void watch(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            look();
            pause(BETWEEN_LOOKS);
        }
    }

    /** Looks where the consumers stand. */
    public void look() {
        positions.see(tables.positions());
    }

    /** Returns when it is so, and refuses when it takes too long. */
    void await(String what, Duration patience, BooleanSupplier holds) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new CannotGoOn(
                        what + " did not come about in " + patience.toSeconds() + " s.");
            }
            pause(AWAIT);
        }
    }

    /** Lets the load run, before the fault and after it. */
    public void lead() {
        pause(seconds(0.4, 1.5));
    }

    void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    /**
     * Starts a part and returns when it is ready. What a killed database leaves behind may keep the
     * next one away for a moment.
     */
    void startAgain(StackPart part) {
        long deadline = System.nanoTime() + START_AGAIN.toNanos();
        while (true) {
            part.start();
            try {
                part.awaitReady();
                return;
            } catch (CannotGoOn e) {
                if (part.alive() || System.nanoTime() > deadline) {
                    throw e;
                }
                pause(BETWEEN_STARTS);
            }
        }
    }

    /** SIGKILL of a part that runs. */
    void kill(StackPart part) {
        if (part.alive()) {
            part.kill();
            toll.killed(part.name());
        }
    }

    /** Stops a part with all its processes in the middle of what they do. */
    void freeze(StackPart part) {
        frozen.add(part);
        part.signalAll("STOP");
    }

    void thaw(StackPart part) {
        part.signalAll("CONT");
        frozen.remove(part);
    }

    /** Lets go whatever is frozen or held up, so that it can be ended in order. */
    public void letGo() {
        frozen.forEach(this::thaw);
        wires.pass();
    }
}
