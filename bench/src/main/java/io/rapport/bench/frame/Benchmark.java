package io.rapport.bench.frame;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** One thing that is measured, on a stack of its own. */
public interface Benchmark {
    /** As it is called on the command line. */
    String name();

    /** What it measures, against what, in one sentence. */
    String summary();

    /** Measures, and leaves nothing running. */
    List<Figure> measure(Lab lab) throws IOException, SQLException;
}
