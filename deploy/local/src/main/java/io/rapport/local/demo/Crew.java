package io.rapport.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A fixed number of connections that work through a list, each taking the next item when it is
 * free.
 */
final class Crew {
    private Crew() {}

    /**
     * Returns when all items are done; the first failure is thrown when the others have ended their
     * items.
     */
    static <T> void forEach(int connections, List<T> items, Consumer<T> work) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(connections, items.size()); i++) {
                workers.add(threads.submit(() -> workThrough(items, next, work)));
            }
        }
        for (Future<?> worker : workers) {
            join(worker);
        }
    }

    private static <T> void workThrough(List<T> items, AtomicInteger next, Consumer<T> work) {
        try {
            for (int index = next.getAndIncrement();
                    index < items.size();
                    index = next.getAndIncrement()) {
                work.accept(items.get(index));
            }
        } catch (RuntimeException e) {
            next.set(items.size());
            throw e;
        }
    }

    private static void join(Future<?> worker) {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
