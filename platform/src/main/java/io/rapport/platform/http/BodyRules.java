package io.rapport.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where an operation reads a body there is one, so that no resource meets null, and it is not too
 * large, even when its length was not told beforehand.
 */
@Provider
final class BodyRules implements ReaderInterceptor {

    private final long most;

    BodyRules(@ConfigProperty(name = "rapport.http.max-body") MemorySize most) {
        this.most = most.asLongValue();
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new Bounded(context.getInputStream(), most));
        Object body = context.proceed();
        if (body == null) {
            throw Refusal.invalid(
                    "body-missing",
                    "This operation needs a body.",
                    new FieldError("", "must not be empty or null"));
        }
        return body;
    }

    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream body, long most) {
            super(body);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            return spend(1, super.read());
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            return spend(count, count);
        }

        private int spend(int bytes, int result) {
            left -= result < 0 ? 0 : bytes;
            if (left < 0) {
                throw Refusal.tooLarge("body-too-large", "The body is larger than this API takes.");
            }
            return result;
        }
    }
}
