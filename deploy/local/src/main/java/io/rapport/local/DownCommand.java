package io.rapport.local;

import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "down",
        description = "Stops the running stack in order, or ends what a killed one left behind.")
final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        boolean ran = Stack.stopRunning(LocalFolder.current());
        System.out.println(ran ? "Stopped." : "Nothing is running.");
        return 0;
    }
}
