package io.github.ppgtest.junit;

import io.github.ppgtest.DatabaseInitializer;
import io.github.ppgtest.Isolation;
import io.github.ppgtest.Provider;
import io.github.ppgtest.junit.internal.FailureWatcher;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a Prisma Postgres database of its own: made before its first test, deleted
 * after its last. With {@link #isolation()}, each test method has one, or all classes together.
 *
 * <p>Its constructor, lifecycle methods and test methods can then take a {@link
 * javax.sql.DataSource}, which is a pool, a {@link java.sql.Connection}, which is closed after the
 * test, or a {@link io.github.ppgtest.PrismaPostgresDatabase}.
 *
 * <pre>{@code
 * @PrismaPostgres(scripts = "schema.sql")
 * class OrdersTest {
 *   @Test
 *   void startsEmpty(Connection connection) throws SQLException {
 *     // …
 *   }
 * }
 * }</pre>
 *
 * <p>Subclasses inherit the annotation, each with a database of its own. It can be used as a
 * meta-annotation. {@code @Nested} classes see the database of the class around them, or have one
 * of their own when they carry the annotation themselves. Classes may run in parallel.
 *
 * <p>While tests run, the databases of the next are prefetched, at most {@code ppgtest.ahead} more
 * than are in use; unused ones are deleted before the run ends. 0 turns that off. With {@link
 * Provider#DEV} the next server is started so. Databases are deleted in the background, and the end
 * of the run waits for that.
 *
 * <p>With {@link Provider#TEMPORARY} there is one database for all classes: each finds it empty,
 * and those that run in parallel take turns. A {@code @Nested} class can then have none of its own.
 *
 * <p>System properties, environment variables and the {@code .env} file decide on settings that are
 * absent here. A class that cannot get its database fails once, with the {@link
 * io.github.ppgtest.PrismaPostgresException} that says why.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({FailureWatcher.class, PrismaPostgresExtension.class})
public @interface PrismaPostgres {

  /** The value of {@link #connectionLimit()} and {@link #poolSize()} when they are not set. */
  int NOT_SET = Integer.MIN_VALUE;

  /**
   * The provider of the database. Default: {@link Provider#AUTO}, which lets {@code
   * ppgtest.provider} choose, and else the presence of a service token.
   */
  Provider provider() default Provider.AUTO;

  /**
   * The scope of a database: each class, each method, or all classes of a run with the same
   * annotation and settings together. {@link Isolation#METHOD} costs the most: the tests' own
   * constructor, {@code @BeforeEach} and {@code @AfterEach} see the method's database, and
   * parameters of the whole class, such as in {@code @BeforeAll}, are refused. With {@link
   * Isolation#RUN} the database is started once and deleted after its last class; tests see each
   * other's changes. {@code @Nested} classes without this annotation follow the class around them.
   * Default: {@link Isolation#AUTO}, which lets {@code ppgtest.isolation} choose, and else is
   * {@link Isolation#CLASS}.
   */
  Isolation isolation() default Isolation.AUTO;

  /** The region that the database is created in. Default: empty, which is {@code us-east-1}. */
  String region() default "";

  /**
   * The project that the database is created in, {@code proj_…}. Default: empty, which is a project
   * made for this JVM and deleted at its end.
   */
  String projectId() default "";

  /** How many connections the database may have, over all its pools; at least 1. Default: 20. */
  int connectionLimit() default NOT_SET;

  /** How many connections the injected pool may have; at least 1. Default: 5. */
  int poolSize() default NOT_SET;

  /**
   * The folder with migrations of {@code prisma migrate}, such as {@code prisma/migrations},
   * relative to the working directory. They are applied first, without Node.js. Default: empty,
   * which is none.
   */
  String prismaMigrations() default "";

  /**
   * The locations of migrations, which Flyway then applies: {@code db/migration}, {@code
   * classpath:db/migration}, {@code filesystem:sql}. Flyway has to be on the class path. Default:
   * none.
   *
   * @see io.github.ppgtest.PrismaPostgresFixture.Builder#flyway
   */
  String[] flyway() default {};

  /**
   * The changelog that Liquibase then applies: a resource on the class path, or a file where it
   * begins with {@code file:}. Liquibase has to be on the class path. Default: empty, which is
   * none.
   *
   * @see io.github.ppgtest.PrismaPostgresFixture.Builder#liquibase
   */
  String liquibase() default "";

  /**
   * SQL scripts that are run once on the fresh database after all migrations, in this order:
   * resources on the class path, or files where they begin with {@code file:}; in UTF-8. Default:
   * none.
   */
  String[] scripts() default {};

  /**
   * The initializers that then fill the database in Java, in this order: classes with a constructor
   * without parameters. Default: none.
   */
  Class<? extends DatabaseInitializer>[] initializers() default {};

  /**
   * Whether the database is kept when its owner fails: a method with {@link Isolation#METHOD}, any
   * class with {@link Isolation#RUN}, else this class: when one of its tests fails, one of a nested
   * class without a database of its own, a lifecycle method, or the class itself; skipped and
   * aborted tests do not count. The log then says how to connect, and until when it stays ({@code
   * ppgtest.keep-for}, two hours by default). Default: false, which lets {@code
   * ppgtest.keep-on-failure} decide; true is stronger than that.
   *
   * @see io.github.ppgtest.PrismaPostgresFixture#keep()
   */
  boolean keepOnFailure() default false;
}
