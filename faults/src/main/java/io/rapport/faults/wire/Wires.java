package io.rapport.faults.wire;

import io.rapport.local.stack.LocalPorts;

/** The two wires of a stack: between the services and the database, and the broker. */
public record Wires(Wire database, Wire broker) {
    /** Between the ports that a wired stack has for it. */
    public static Wires between(LocalPorts ports) {
        return new Wires(
                new Wire(ports.postgresWire(), ports.postgres()),
                new Wire(ports.kafkaWire(), ports.kafkaBehindWire()));
    }

    /** Both pass everything on at once. */
    public void pass() {
        database.pass();
        broker.pass();
    }
}
