package io.rapport.system;

import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.Stack;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The packaged services, a real database and a real broker, on free ports and with data of their
 * own; the same for all classes of a run, because to start them keeps two cores busy for most of a
 * minute. Every class brings its customers in under sources of its own, so none sees another's.
 */
final class SharedStack implements BeforeAllCallback {
    private static final Namespace RUN = Namespace.create(SharedStack.class);

    /** Started at the first need; closed when all classes are done. */
    private static final class Running implements AutoCloseable {
        private final Queue<String> told = new ConcurrentLinkedQueue<>();
        private final Stack stack;

        private Running() {
            Path root = Path.of(System.getProperty("rapport.root"));
            LocalFolder folder = new LocalFolder(root, root.resolve("system-tests/target/data"));
            stack = Stack.prepare(folder, LocalPorts.free(), true);
            stack.start();
            stack.supervise(told::add);
        }

        @Override
        public void close() {
            stack.close();
        }
    }

    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running =
                context.getRoot()
                        .getStore(RUN)
                        .computeIfAbsent(Running.class, key -> new Running(), Running.class);
    }

    Stack stack() {
        return running().stack;
    }

    Calls calls() {
        return new Calls(stack());
    }

    /** What the supervision has told so far, in lines. */
    Queue<String> told() {
        return running().told;
    }

    private Running running() {
        return Objects.requireNonNull(running, "only from the begin of a class on");
    }
}
