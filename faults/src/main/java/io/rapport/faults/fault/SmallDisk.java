package io.rapport.faults.fault;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.StackPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file system in memory on which one program of the stack has its data for a while: it is
 * stopped, its folder copied and covered, and started again; closing puts everything back. It is
 * filled by making it as small as what lies on it.
 */
public final class SmallDisk implements AutoCloseable {
    private static final String ROOMY = "size=2g";
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    /** The program may write between the look and the change. */
    private static final int MOST_ATTEMPTS = 50;

    private final Scene scene;
    private final StackPart part;
    private final Path folder;
    private final Path disk;

    private SmallDisk(Scene scene, StackPart part, Path folder) {
        this.scene = scene;
        this.part = part;
        this.folder = folder;
        this.disk = folder.resolveSibling(folder.getFileName() + ".small");
    }

    /** With the program running on it; says {@link NotHere} where nothing can be mounted. */
    static SmallDisk below(StackPart part, Path folder, Scene scene) {
        SmallDisk small = new SmallDisk(scene, part, folder);
        small.mount();
        try {
            part.stop();
            run("cp", "-a", folder + "/.", small.disk.toString());
            run("mount", "--bind", small.disk.toString(), folder.toString());
            scene.startAgain(part);
            return small;
        } catch (CannotGoOn e) {
            small.close();
            throw e;
        }
    }

    private void mount() {
        try {
            Files.createDirectories(disk);
            run("mount", "-t", "tmpfs", "-o", ROOMY + ",mode=700", "tmpfs", disk.toString());
        } catch (CannotGoOn | IOException e) {
            throw new NotHere(
                    "a small file system cannot be mounted, which needs root on Linux: "
                            + e.getMessage());
        }
    }

    /** From now on not another page can be written that is not there already. */
    void fill() {
        for (int attempt = 1; ; attempt++) {
            try {
                FileStore store = Files.getFileStore(disk);
                resize("size=" + (store.getTotalSpace() - store.getUnallocatedSpace()));
                return;
            } catch (IOException e) {
                throw CannotGoOn.because("Cannot look at " + disk, e);
            } catch (CannotGoOn e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    void makeRoom() {
        resize(ROOMY);
    }

    private void resize(String size) {
        run("mount", "-o", "remount," + size, disk.toString());
    }

    @Override
    public void close() {
        makeRoom();
        part.stop();
        if (mounted(folder).findAny().isPresent()) {
            run("umount", folder.toString());
            run("find", folder.toString(), "-mindepth", "1", "-delete");
            run("cp", "-a", disk + "/.", folder.toString());
        }
        run("umount", disk.toString());
        run("rmdir", disk.toString());
        scene.startAgain(part);
    }

    /** Takes away what a run that was ended left below a folder. */
    public static void unmountAllBelow(Path folder) {
        mounted(folder).toList().reversed().forEach(mount -> run("umount", "-l", mount));
    }

    private static Stream<String> mounted(Path folder) {
        if (!Files.exists(MOUNTS) || !Files.exists(folder)) {
            return Stream.empty();
        }
        try {
            Path real = folder.toRealPath();
            return Files.readAllLines(MOUNTS).stream()
                    .map(line -> line.split(" ")[1].replace("\\040", " "))
                    .filter(mount -> Path.of(mount).startsWith(real));
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot read " + MOUNTS, e);
        }
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new CannotGoOn(List.of(command).getFirst() + ": " + said.strip());
            }
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot call " + command[0], e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}
