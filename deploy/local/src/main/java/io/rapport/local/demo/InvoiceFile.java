package io.rapport.local.demo;

import io.rapport.local.stack.CannotGoOn;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * An invoice file as it was read: what can be loaded, in file order, and what cannot, counted or
 * with its line. Held in memory as a whole, about 300 bytes a row.
 */
record InvoiceFile(
        String name,
        List<Invoice> invoices,
        long withoutCustomer,
        long adjustments,
        List<BadLine> badLines) {
    static final String BUNDLED = "/demo/online-retail-extract.csv";
    private static final int GZIP_MAGIC = 0x1f8b;

    InvoiceFile {
        invoices = List.copyOf(invoices);
        badLines = List.copyOf(badLines);
    }

    /** Reads {@code .csv}, packed with gzip or not. */
    static InvoiceFile read(Path file) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream content = unpacked(raw)) {
            return new InvoiceReader(file.toString()).read(content);
        } catch (NoSuchFileException e) {
            throw new CannotGoOn("There is no file " + file + ".", e);
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot read " + file, e);
        }
    }

    /** The extract that comes with Rapport. */
    static InvoiceFile bundled() {
        try (InputStream content = InvoiceFile.class.getResourceAsStream(BUNDLED)) {
            if (content == null) {
                throw new IllegalStateException(BUNDLED + " is not in the jar");
            }
            return new InvoiceReader("the bundled extract").read(content);
        } catch (IOException e) {
            throw new IllegalStateException(BUNDLED, e);
        }
    }

    /** The day of the latest invoice that can be loaded, on the shop's calendar. */
    Optional<LocalDate> lastDay() {
        return invoices.stream()
                .map(invoice -> invoice.occurredAt().toLocalDate())
                .max(LocalDate::compareTo);
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream content = new BufferedInputStream(raw, 1 << 16);
        content.mark(2);
        int magic = content.read() << 8 | content.read();
        content.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(content, 1 << 16) : content;
    }
}
