package io.rapport.local.stack;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs for this machine, unpacked once from the jar that carries them. */
record PostgresPrograms(Path folder, List<String> prefix) {
    private static final int EXECUTABLE_BITS = 0111;

    /** Unpacks beside the goal and moves in one step: a half-unpacked folder is never used. */
    static PostgresPrograms unpackedUnder(Path parent) throws IOException {
        byte[] archive;
        try (InputStream packed =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        system(), System.getProperty("os.arch"))) {
            archive = packed.readAllBytes();
        } catch (IllegalStateException | NullPointerException missing) {
            throw new CannotGoOn(
                    "There is no embedded PostgreSQL for %s on %s."
                            .formatted(
                                    System.getProperty("os.name"), System.getProperty("os.arch")),
                    missing);
        }
        Path folder = parent.resolve(digest(archive));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(parent);
            Path fresh = Files.createTempDirectory(parent, "unpacking-");
            unpack(archive, fresh);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            try {
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }
        return new PostgresPrograms(folder, prefixForThisUser());
    }

    /** The command line of one of the programs. */
    List<String> command(String program, String... arguments) {
        return Stream.of(
                        prefix.stream(),
                        Stream.of(folder.resolve("bin/" + program).toString()),
                        Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
    }

    private static String system() {
        String name = System.getProperty("os.name");
        return name.toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : name;
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody. */
    private static List<String> prefixForThisUser() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        List<String> prefix = List.of("unshare", "--user");
        try {
            Process probe =
                    new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of("true")).toList())
                            .start();
            if (probe.waitFor() == 0) {
                return prefix;
            }
        } catch (IOException noSuchProgram) {
            // Told below: there is one way for root, and it is not here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CannotGoOn(
                "PostgreSQL does not run as root, and unshare --user is not allowed here: call ./rapport as another user.");
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(archive), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void unpack(byte[] archive, Path into) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpackEntry(tar, entry, into);
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
            throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("Entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, into.resolve(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & EXECUTABLE_BITS) != 0;
            Files.setPosixFilePermissions(
                    target,
                    PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
