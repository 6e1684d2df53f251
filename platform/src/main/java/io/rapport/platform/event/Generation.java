package io.rapport.platform.event;

import java.util.Set;

/**
 * One generation of a projection, which reads the topics for itself. The name of its consumer is
 * also made by the table {@code projection}, for the live one.
 */
record Generation(Projection projection, int number) implements EventConsumer {

    @Override
    public String name() {
        return nameOf(projection.name(), number);
    }

    static String nameOf(String projection, int number) {
        return number == 1 ? projection : projection + "-" + number;
    }

    @Override
    public Set<Topic> topics() {
        return projection.topics();
    }
}
