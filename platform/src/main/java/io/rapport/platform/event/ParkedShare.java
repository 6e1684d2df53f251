package io.rapport.platform.event;

/**
 * How many of a consumer's latest events were parked for a failure of their own; what is parked
 * behind one of them says nothing more. Beyond the bound the consumer stops, for that is a bug of
 * ours and no poison event. Counted in windows; for one thread.
 */
final class ParkedShare {

    private final int window;
    private final double maxShare;
    private int seen;
    private int parked;

    ParkedShare(int window, double maxShare) {
        this.window = window;
        this.maxShare = maxShare;
    }

    void add(int events, int parkedOfThem) {
        seen += events;
        parked += parkedOfThem;
        if (parked > window * maxShare) {
            throw new ConsumerStopped(
                    "%d of the last %d events were parked, at most %s of %d may be"
                            .formatted(parked, seen, maxShare, window));
        }
        if (seen >= window) {
            seen = 0;
            parked = 0;
        }
    }
}
