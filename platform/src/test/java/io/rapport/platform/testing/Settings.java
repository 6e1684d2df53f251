package io.rapport.platform.testing;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The configuration of the service under test with other values for some of its members. */
public final class Settings {

    private Settings() {}

    /** {@code others} has values by the names of the methods that answer them. */
    public static <T> T with(Class<T> type, T settings, Map<String, Object> others) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, called, arguments) ->
                                others.containsKey(called.getName())
                                        ? others.get(called.getName())
                                        : called.invoke(settings, arguments)));
    }
}
