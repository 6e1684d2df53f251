package io.rapport.faults.load;

import io.rapport.faults.audit.Fact;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several tellers at once, each by its own share of the seed. The ledger goes on from round to
 * round. For one round at a time.
 */
public final class Load {
    private static final int TELLERS = 4;
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final List<Teller> tellers = new ArrayList<>();
    private final Teller spare;

    /** The spare one, and those of witnesses: they tell when a fault wants it. */
    private final List<Teller> aside = new ArrayList<>();

    private final long seed;
    private final Ledger ledger = new Ledger();
    private final Duration pace;
    private final Caller caller;
    private final Tally tally;
    private final List<Future<?>> working = new ArrayList<>();
    private volatile boolean wanted;

    /** Between two calls of one teller lie {@code pace} and up to 50 ms more. */
    public Load(long seed, Duration pace, Caller caller, Tally tally) {
        this.seed = seed;
        this.pace = pace;
        this.caller = caller;
        this.tally = tally;
        for (int i = 0; i < TELLERS; i++) {
            tellers.add(new Teller("t" + i, seed + i, caller, ledger, tally));
        }
        this.spare = beside("spare");
    }

    private Teller beside(String name) {
        Teller teller = new Teller(name, seed + TELLERS + aside.size(), caller, ledger, tally);
        aside.add(teller);
        return teller;
    }

    public void start() {
        wanted = true;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (Teller teller : tellers) {
            working.add(threads.submit(() -> teller.work(() -> wanted, pace, SETTLE)));
        }
        threads.shutdown();
    }

    /** Returns when all that is open is settled, or patience is used up. */
    public void stop() {
        wanted = false;
        try {
            for (Future<?> teller : working) {
                teller.get();
            }
            aside.forEach(teller -> teller.settle(SETTLE));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException reason
                    ? reason
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        } finally {
            working.clear();
        }
    }

    /** A customer that nobody else speaks of, with an event in each log; answers how to go on. */
    public Bystander bystander() {
        Person person = spare.register();
        return new Bystander(spare, person);
    }

    /** Somebody who can say, in a thread of its own, whether a service works. */
    public Witness witness(ServiceName service) {
        return new Witness(service, beside("witness-" + service.database()));
    }

    /** A customer that the fault itself speaks of, whose facts are in the same ledger. */
    public static final class Bystander {
        private final Teller teller;
        private final Person person;

        private Bystander(Teller teller, Person person) {
            this.teller = teller;
            this.person = person;
            touch();
        }

        /** Makes one more event in each log. */
        public void touch() {
            teller.touch(person);
        }

        /** The same, once: whether all of it was taken at once. */
        public boolean tellOnce() {
            return teller.tellOfAll(person);
        }

        /** Reads it from each service; refused when one does not answer. */
        public void read() {
            for (ServiceName service : ServiceName.values()) {
                teller.ask(service, id());
            }
        }

        public String id() {
            return person.registeredId();
        }
    }

    public Collection<Fact> acknowledged() {
        return ledger.acknowledged();
    }

    public Set<String> customers() {
        return ledger.customers();
    }

    /** What is wrong with the load itself: what was refused for good, and what stayed open. */
    public List<String> unsettled() {
        List<String> unsettled = new ArrayList<>(ledger.refused());
        tellers.forEach(teller -> unsettled.addAll(teller.open()));
        aside.forEach(teller -> unsettled.addAll(teller.open()));
        return unsettled;
    }

    /**
     * From now on expects of a service what it holds now, and answers what was expected before and
     * is not held. Not while the load is told.
     */
    public List<Fact> recall(ServiceName service) {
        List<Fact> gone = new ArrayList<>();
        for (String kind : Deed.Kind.factsOf(service)) {
            List<Fact> held = Holdings.of(caller, service, customers());
            ledger.acknowledged().stream()
                    .filter(fact -> fact.kind().equals(kind) && !held.contains(fact))
                    .forEach(gone::add);
            ledger.recall(kind, held);
        }
        return gone;
    }

    /** Registers those of these customers anew whom a source has a name for. */
    public void registerAgain(Set<String> ids) {
        tellers.forEach(teller -> teller.registerAgain(ids));
        aside.forEach(teller -> teller.registerAgain(ids));
    }

    public Tally tally() {
        return tally;
    }
}
