package io.rapport.bench.searching;

import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Customers written by SQL, with what they are found by, as customer-service would write it. Names
 * are as skewed as those of a country: the most frequent given name has 4 % of the people and the
 * most frequent family name 1 %; 3,000 and 150,000 differ.
 */
final class NamedCustomers {
    /** As they were drawn: the more customers have a name, the likelier it is. */
    record Name(String given, String family) {}

    private static final String NAME =
            """
            CREATE FUNCTION pg_temp.name(rank integer, head text[], endings text[]) RETURNS text LANGUAGE sql AS $$
                SELECT CASE WHEN rank < cardinality(head) THEN head[rank + 1]
                    ELSE part[1 + rank % 40] || part[1 + rank / 40 % 40]
                        || CASE WHEN rank < 1600 THEN '' ELSE part[1 + rank / 1600 % 40] END
                        || CASE WHEN rank < 64000 THEN '' ELSE part[1 + rank / 64000] END
                        || endings[1 + rank % cardinality(endings)] END
                FROM (SELECT string_to_array('an,ber,cor,dal,el,fin,gar,har,is,jan,kel,lor,mar,nel,ol,per,quin,ros,'
                    || 'sal,tor,ul,ver,wil,xan,yor,zan,bri,cha,don,fre,gre,hol,kar,lin,mor,nor,ram,ste,tho,wel', ',')) s (part)
            $$
            """;

    private static final String PEOPLE =
            """
            CREATE TEMPORARY TABLE person AS
            SELECT n, ('019a0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id,
                pg_temp.name(CAST(floor(3000 * power(random(), 2.5)) AS integer), string_to_array(
                    'james,mary,michael,patricia,robert,jennifer,john,linda,david,elizabeth,william,barbara,richard,susan,'
                    || 'joseph,jessica,thomas,karen,christopher,sarah,charles,lisa,daniel,nancy,matthew,sandra', ','),
                    ARRAY['', 'a', 'e', 'ie', 'o', 'y']) AS given,
                pg_temp.name(CAST(floor(150000 * power(random(), 2.5)) AS integer), string_to_array(
                    'smith,johnson,williams,brown,jones,garcia,miller,davis,rodriguez,martinez,hernandez,lopez,gonzalez,'
                    || 'wilson,anderson,thomas,taylor,moore,jackson,martin,lee,perez,thompson,white,harris,sanchez', ','),
                    ARRAY['', 'son', 's', 'er', 'ez', 'ski', 'man', 'ton']) AS family
            FROM generate_series(1, ?) AS n
            """;

    private static final List<String> WRITTEN =
            List.of(
                    """
                    INSERT INTO customer (id, status, kind, given_name, family_name, language, country, tags, version,
                        created_at, updated_at)
                    SELECT id, 'ACTIVE', 'PERSON', initcap(given), initcap(family), 'en', 'GB',
                        CASE n % 20 WHEN 0 THEN ARRAY['vip'] ELSE '{}' END, 1, now(), now()
                    FROM person ORDER BY n
                    """,
                    """
                    INSERT INTO customer_identity (source, external_id, customer_id)
                    SELECT 'bench-search', 'n' || n, id FROM person ORDER BY n
                    """,
                    """
                    INSERT INTO contact_point (customer_id, id, kind, value, verified, preferred)
                    SELECT id, id, 'EMAIL', given || '.' || family || n || '@example.org', true, true FROM person ORDER BY n
                    """,
                    """
                    INSERT INTO search_term (customer_id, term)
                    SELECT id, term FROM person CROSS JOIN LATERAL unnest(ARRAY[given, family, family || n,
                        given || '.' || family || n || '@example.org', 'n' || n,
                        CASE n % 20 WHEN 0 THEN 'vip' END]) AS term
                    WHERE term IS NOT NULL ORDER BY n
                    ON CONFLICT DO NOTHING
                    """,
                    """
                    INSERT INTO search_word (word, shape)
                    SELECT given, given FROM person WHERE length(given) >= 3 UNION
                    SELECT family, family FROM person WHERE length(family) >= 3 UNION SELECT 'vip', 'vip'
                    """,
                    "DROP FUNCTION pg_temp.name");

    private NamedCustomers() {}

    /** Writes so many into an empty database, and lets it look at them. */
    static void write(Stack stack, int count) throws SQLException {
        try (Connection connection =
                        stack.postgres().connectAsSuperuser(ServiceName.CUSTOMER.database());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT setseed(0.5)");
            statement.execute(NAME);
            try (PreparedStatement people = connection.prepareStatement(PEOPLE)) {
                people.setInt(1, count);
                people.executeUpdate();
            }
            String index = indexOfTerms(statement);
            statement.execute("DROP INDEX search_term_customers");
            for (String sql : WRITTEN) {
                statement.executeUpdate(sql);
            }
            statement.execute(index);
            statement.execute(
                    "VACUUM (ANALYZE) customer, contact_point, customer_identity, search_term,"
                            + " search_word");
        }
    }

    /** Made anew behind millions of rows, an index costs a fraction of what their inserts do. */
    private static String indexOfTerms(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery(
                        "SELECT indexdef FROM pg_indexes WHERE indexname ="
                                + " 'search_term_customers'")) {
            row.next();
            return row.getString(1);
        }
    }

    /** The names of so many of them, drawn by chance. */
    static List<Name> drawn(Stack stack, int count, int of, RandomGenerator random)
            throws SQLException {
        List<Name> names = new ArrayList<>(count);
        try (Connection connection =
                        stack.postgres().connectAsSuperuser(ServiceName.CUSTOMER.database());
                PreparedStatement one =
                        connection.prepareStatement(
                                """
                                SELECT lower(given_name), lower(family_name) FROM customer
                                WHERE id = ('019a0000-0000-7000-8000-' || lpad(to_hex(?), 12, '0'))::uuid\
                                """)) {
            while (names.size() < count) {
                one.setInt(1, random.nextInt(1, of + 1));
                try (ResultSet row = one.executeQuery()) {
                    row.next();
                    names.add(new Name(row.getString(1), row.getString(2)));
                }
            }
        }
        return names;
    }
}
