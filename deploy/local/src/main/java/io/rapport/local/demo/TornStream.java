package io.rapport.local.demo;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * A stream that ends where a packed file is broken, instead of losing what was read before, and
 * remembers it.
 */
final class TornStream extends FilterInputStream {
    private boolean torn;

    TornStream(InputStream packed) {
        super(packed);
    }

    boolean torn() {
        return torn;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return torn ? -1 : super.read(into, offset, length);
        } catch (EOFException | ZipException broken) {
            torn = true;
            return -1;
        }
    }
}
