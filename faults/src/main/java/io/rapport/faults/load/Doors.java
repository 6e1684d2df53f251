package io.rapport.faults.load;

import io.rapport.local.stack.ServiceName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Where each service is called: at its usual address, and at that of a second process of it. */
public final class Doors {
    private final Map<ServiceName, CopyOnWriteArrayList<String>> urls =
            new EnumMap<>(ServiceName.class);

    /** {@code url} is the usual address of each. */
    public Doors(Function<ServiceName, String> url) {
        for (ServiceName service : ServiceName.values()) {
            urls.put(service, new CopyOnWriteArrayList<>(List.of(url.apply(service))));
        }
    }

    public void open(ServiceName service, String url) {
        of(service).addIfAbsent(url);
    }

    public void close(ServiceName service, String url) {
        of(service).remove(url);
    }

    String any(ServiceName service, Random random) {
        String[] open = of(service).toArray(String[]::new);
        return open[random.nextInt(open.length)];
    }

    private CopyOnWriteArrayList<String> of(ServiceName service) {
        return Objects.requireNonNull(urls.get(service));
    }
}
