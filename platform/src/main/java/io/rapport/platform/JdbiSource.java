package io.rapport.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Makes the one {@link Jdbi} over the service's pool. Inside a transaction every handle shares its
 * connection; outside, each handle is its own and commits each statement. An {@link Instant} is a
 * {@code timestamptz}, cut to microseconds.
 */
@Singleton
final class JdbiSource {

    @Produces
    @Singleton
    Jdbi jdbi(DataSource dataSource) {
        return Jdbi.create(dataSource)
                .installPlugin(new PostgresPlugin())
                .registerArgument(new InstantArgument())
                .registerColumnMapper(Instant.class, new InstantColumn())
                .configure(
                        StatementExceptions.class,
                        exceptions -> exceptions.setMessageRendering(JdbiSource::withoutArguments));
    }

    /** Messages get into logs, and the arguments of a statement may be names. */
    private static String withoutArguments(StatementException failure) {
        StatementContext context = failure.getStatementContext();
        return failure.getShortMessage()
                + (context == null ? "" : " [" + context.getRawSql() + "]");
    }

    /**
     * The driver rounds to microseconds, which may be up; cutting keeps a time from moving into the
     * future.
     */
    private static final class InstantArgument extends AbstractArgumentFactory<Instant> {
        InstantArgument() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            OffsetDateTime utc = value.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
            return (position, statement, context) ->
                    statement.setObject(position, utc, Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }

    private static final class InstantColumn implements ColumnMapper<@Nullable Instant> {
        @Override
        public @Nullable Instant map(ResultSet row, int column, StatementContext context)
                throws SQLException {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
    }
}
