package io.rapport.interaction.intake;

import io.rapport.platform.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of an NDJSON body, cut but not read. Blank ones are counted for their numbers and left
 * out.
 */
record Lines(byte[] body, List<Line> lines) {

    /** Where a line lies in the body; the first is number 1. */
    record Line(int number, int from, int length) {}

    /** Reads at most {@code maxBytes} and {@code maxLines}; beyond either, all of it is refused. */
    static Lines read(InputStream stream, int maxBytes, int maxLines) throws IOException {
        byte[] body = stream.readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw tooLarge("A batch has at most " + maxBytes + " bytes.");
        }
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (int from = 0, end; from < body.length; from = end + 1) {
            end = endOfLine(body, from);
            number++;
            if (!isBlank(body, from, end)) {
                lines.add(new Line(number, from, end - from));
            }
            if (lines.size() > maxLines) {
                throw tooLarge("A batch has at most " + maxLines + " lines.");
            }
        }
        return new Lines(body, lines);
    }

    private static Refusal tooLarge(String limit) {
        return Refusal.tooLarge(
                "batch-too-large", limit + " Nothing was recorded; send it in parts.");
    }

    private static int endOfLine(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] body, int from, int end) {
        for (int i = from; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
