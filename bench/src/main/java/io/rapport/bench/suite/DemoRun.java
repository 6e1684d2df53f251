package io.rapport.bench.suite;

import io.rapport.bench.frame.Lab;
import io.rapport.local.demo.Demo;
import io.rapport.local.demo.DemoResult;
import io.rapport.local.demo.LoadOptions;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.Stack;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The demo's loader and proof against a stack; what is not proven is not measured. */
final class DemoRun {
    private final Lab lab;
    private final Stack stack;

    DemoRun(Lab lab, Stack stack) {
        this.lab = lab;
        this.stack = stack;
    }

    /** Loads a file, or the bundled extract without one; refuses a load with differences. */
    DemoResult load(@Nullable Path file, LoadOptions options) {
        lab.say("loading %s as %s", file == null ? "the extract" : file, options.source());
        PrintStream silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        DemoResult result =
                new Demo(stack.folder(), stack.ports(), options, silent, false).run(file);
        if (!result.differences().isEmpty()) {
            throw new CannotGoOn(
                    "The load left %d differences, so its speed says nothing: %s"
                            .formatted(result.differences().size(), result.differences()));
        }
        return result;
    }
}
