package io.rapport.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets several callers begin at the same moment, and answers what each of them got. */
public final class AtOnce {

    private AtOnce() {}

    public static <T> List<T> run(int callers, IntFunction<T> call) {
        CyclicBarrier barrier = new CyclicBarrier(callers);
        try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
            List<Future<T>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int number = i;
                calls.add(
                        executor.submit(
                                () -> {
                                    barrier.await();
                                    return call.apply(number);
                                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : calls) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("a caller failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
