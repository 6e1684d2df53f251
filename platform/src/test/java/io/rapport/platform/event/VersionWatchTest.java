package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.platform.Ids;
import io.rapport.platform.event.Versions.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many may wait; one of them looks for all. */
class VersionWatchTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Set<Entry> shown = ConcurrentHashMap.newKeySet();
    private final Set<Entry> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looking = new AtomicInteger();
    private final AtomicInteger mostLooking = new AtomicInteger();
    private final VersionWatch watch = new VersionWatch(this::missing);

    @Test
    void each_of_many_who_wait_goes_on_when_its_own_version_is_shown() throws Exception {
        List<Entry> entries = IntStream.range(0, 64).mapToObj(i -> entry()).toList();
        Entry last = entry();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> slow = threads.submit(() -> watch.await(List.of(last), LONG));
            List<Future<Boolean>> waiting =
                    entries.stream()
                            .map(each -> threads.submit(() -> watch.await(List.of(each), LONG)))
                            .toList();
            while (!asked.containsAll(entries)) {
                Thread.onSpinWait();
            }

            shown.addAll(entries);

            for (Future<Boolean> one : waiting) {
                assertThat(one.get()).isTrue();
            }
            assertThat(slow.isDone()).isFalse();
            shown.add(last);
            assertThat(slow.get()).isTrue();
        }
        assertThat(mostLooking).as("held by the lock of the look").hasValue(1);
    }

    @Test
    void all_that_is_named_has_to_be_shown() throws Exception {
        Entry first = entry();
        Entry second = entry();
        shown.add(first);

        assertThat(watch.await(List.of(first, second), Duration.ofMillis(50))).isFalse();

        shown.add(second);
        assertThat(watch.await(List.of(first, second), LONG)).isTrue();
    }

    @Test
    void nobody_looks_for_those_who_have_given_up() throws Exception {
        assertThat(watch.await(List.of(entry()), Duration.ofMillis(50))).isFalse();
        asked.clear();

        Entry other = entry();
        shown.add(other);
        assertThat(watch.await(List.of(other), LONG)).isTrue();

        assertThat(asked).containsExactly(other);
    }

    @Test
    void who_runs_out_of_time_looks_once_more() throws Exception {
        Entry late = entry();
        shown.add(late);

        assertThat(watch.await(List.of(late), Duration.ZERO)).isTrue();
    }

    private static Entry entry() {
        return new Entry("customer-service", Ids.next(), 1);
    }

    private Set<Entry> missing(Collection<Entry> entries) {
        mostLooking.accumulateAndGet(looking.incrementAndGet(), Math::max);
        asked.addAll(entries);
        Set<Entry> missing = new HashSet<>(entries);
        missing.removeAll(shown);
        looking.decrementAndGet();
        return missing;
    }
}
