package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.PrismaPostgresFixture;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Parameters of other extensions, and of types that none has. */
class OtherResolversTest {

  @Nested
  class AnotherExtension {

    @Test
    void fillsWhatItsAnnotationIsOn() {
      Execution.of(AnnotatedParameterTestCases.class).passed(2);
    }

    @Test
    void fillsAConstructorThatItsAnnotationIsOn() {
      Execution.of(AnnotatedConstructorTestCases.class).passed(1);
    }

    @Test
    void fillsWhatItHasWithoutAnAnnotation() {
      Execution.of(BeansTestCases.class, BeansConstructorTestCases.class, ArgumentTestCases.class)
          .passed(5);
    }

    @Test
    void doesNotFillWhatIsAnnotatedAboutNull() {
      Execution.of(AboutNullTestCases.class).passed(1);
    }
  }

  @Nested
  class OursRegisteredTwice {

    @Test
    void isAsGoodAsOnce() {
      Execution.of(
              StaticallyTwiceTestCases.class,
              TwiceTestCases.class,
              TwicePerClassTestCases.class,
              TwiceByAnnotationTestCases.class)
          .passed(7);
    }

    @Test
    void isAsGoodAsOnceInParallel() {
      Execution.inParallelOf(StaticallyTwiceTestCases.class, TwiceTestCases.class).passed(4);
    }
  }

  @Nested
  class ATypeThatIsNotGiven {

    @Test
    void isExplained() {
      assertHint(
          HikariTestCases.class,
          "@PrismaPostgres gives no com.zaxxer.hikari.HikariDataSource. Take a"
              + " javax.sql.DataSource, which is the pool of the class, or a"
              + " PrismaPostgresDatabase: its newDataSource(…) makes a HikariDataSource, and"
              + " jdbcUrl(), username() and password() are for a data source of your own.");
      assertHint(
          SimpleDataSourceTestCases.class,
          "@PrismaPostgres gives no org.postgresql.ds.PGSimpleDataSource. Take a"
              + " javax.sql.DataSource,");
      assertHint(XaTestCases.class, "@PrismaPostgres gives no javax.sql.XADataSource. Take a");
      assertHint(
          DriverConnectionTestCases.class,
          "@PrismaPostgres gives no org.postgresql.core.BaseConnection. Take a java.sql.Connection,"
              + " and unwrap it: connection.unwrap(BaseConnection.class).");
      assertHint(
          PGConnectionTestCases.class,
          "@PrismaPostgres gives no org.postgresql.PGConnection. Take a java.sql.Connection, and"
              + " unwrap it: connection.unwrap(PGConnection.class).");
      assertHint(
          StatementTestCases.class,
          "@PrismaPostgres gives no java.sql.PreparedStatement. Take a java.sql.Connection, and"
              + " make the statement with it.");
      assertHint(
          FixtureTestCases.class,
          "@PrismaPostgres gives no io.github.ppgtest.PrismaPostgresFixture. Take a");
      assertHint(
          SupplierTestCases.class,
          "@PrismaPostgres gives no java.util.function.Supplier<java.sql.Connection>. Take the"
              + " java.sql.Connection itself.");
    }

    @Test
    void isExplainedToLifecycleMethodsAndConstructorsToo() {
      assertHint(BeforeAllTestCases.class, "@PrismaPostgres gives no com.zaxxer");
      assertHint(BeforeEachTestCases.class, "@PrismaPostgres gives no com.zaxxer");
      assertHint(AfterEachTestCases.class, "@PrismaPostgres gives no com.zaxxer");
      assertHint(ConstructorTestCases.class, "@PrismaPostgres gives no com.zaxxer");
      assertHint(
          OptionalConstructorTestCases.class,
          "@PrismaPostgres gives no java.util.Optional<javax.sql.DataSource>. Take the");
    }

    @Test
    void isLeftToAnExtensionThatHasIt() {
      Execution.of(OwnPoolTestCases.class).passed(1);
    }

    @Test
    void isLeftToJUnitWhereItHasNothingToDoWithDatabases() {
      assertThat(Execution.of(UnknownTypeTestCases.class).onlyFailure())
          .isInstanceOf(ParameterResolutionException.class)
          .hasMessageStartingWith("No ParameterResolver registered");
    }

    private static void assertHint(Class<?> testCases, String hint) {
      assertThat(Execution.of(testCases).onlyFailure())
          .isInstanceOf(ParameterResolutionException.class)
          .hasMessageStartingWith(hint)
          .satisfies(
              failure ->
                  assertThat(failure.getStackTrace())
                      .noneMatch(frame -> frame.getClassName().startsWith("io.github.ppgtest.")));
    }
  }

  /** As a framework's that injects what it has under an annotation of its own. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Inject {}

  @Retention(RetentionPolicy.RUNTIME)
  @interface Nullable {}

  static final class Injecting implements ParameterResolver {
    static final DataSource BEAN = nothing(DataSource.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.isAnnotated(Inject.class)
          || parameter.getDeclaringExecutable().isAnnotationPresent(Inject.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == DataSource.class ? BEAN : nothing(type);
    }

    private static <T> T nothing(Class<T> type) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader() == null
                  ? Injecting.class.getClassLoader()
                  : type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> null));
    }
  }

  @PrismaPostgres
  @ExtendWith(Injecting.class)
  static class AnnotatedParameterTestCases {
    @BeforeEach
    void beforeEach(@Inject DataSource bean) {
      assertThat(bean == Injecting.BEAN).isTrue();
    }

    @Test
    void takesBoth(@Inject DataSource bean, DataSource ours) throws SQLException {
      assertThat(bean == Injecting.BEAN).isTrue();
      assertThat(nameOf(ours)).isNotEmpty();
    }

    @Test
    void takesItsConnection(@Inject Connection connection) {
      assertThat(Proxy.isProxyClass(connection.getClass())).isTrue();
    }
  }

  @PrismaPostgres
  @ExtendWith(Injecting.class)
  static class AnnotatedConstructorTestCases {
    @Inject
    AnnotatedConstructorTestCases(DataSource bean) {
      assertThat(bean == Injecting.BEAN).isTrue();
    }

    @Test
    void takesOurs(DataSource ours) throws SQLException {
      assertThat(nameOf(ours)).isNotEmpty();
    }
  }

  /** As a framework's that gives whatever bean it has. */
  static final class Beans implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == DataSource.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Injecting.BEAN;
    }
  }

  @PrismaPostgres
  @ExtendWith(Beans.class)
  static class BeansTestCases {
    @BeforeAll
    static void beforeAll(DataSource bean, PrismaPostgresDatabase ours) {
      assertThat(bean == Injecting.BEAN).isTrue();
      assertThat(ours.name()).isNotEmpty();
    }

    @Test
    void takesBoth(DataSource bean, Connection ours) throws SQLException {
      assertThat(bean == Injecting.BEAN).isTrue();
      assertThat(nameOf(ours)).isNotEmpty();
    }

    @Nested
    class Inner {
      @Test
      void takesBoth(DataSource bean, Connection ours) throws SQLException {
        assertThat(bean == Injecting.BEAN).isTrue();
        assertThat(nameOf(ours)).isNotEmpty();
      }
    }
  }

  @PrismaPostgres
  static class BeansConstructorTestCases {
    @RegisterExtension static final Beans BEANS = new Beans();

    BeansConstructorTestCases(DataSource bean) {
      assertThat(bean == Injecting.BEAN).isTrue();
    }

    @Test
    void takesOurs(PrismaPostgresDatabase ours) {
      assertThat(ours.name()).isNotEmpty();
    }
  }

  @PrismaPostgres
  static class ArgumentTestCases {
    static List<DataSource> pools() {
      return List.of(Injecting.BEAN, Injecting.BEAN);
    }

    @ParameterizedTest
    @MethodSource("pools")
    void takesItsArgument(DataSource argument, Connection ours) throws SQLException {
      assertThat(argument == Injecting.BEAN).isTrue();
      assertThat(nameOf(ours)).isNotEmpty();
    }
  }

  @PrismaPostgres
  static class AboutNullTestCases {
    @Test
    void takesOurs(@Nullable DataSource ours) throws SQLException {
      assertThat(nameOf(ours)).isNotEmpty();
    }
  }

  @PrismaPostgres
  static class StaticallyTwiceTestCases {
    @RegisterExtension static final PrismaPostgresExtension AGAIN = new PrismaPostgresExtension();

    @BeforeAll
    static void beforeAll(DataSource pool) throws SQLException {
      assertThat(nameOf(pool)).isNotEmpty();
    }

    @Test
    void first(DataSource pool, Connection connection) throws SQLException {
      assertThat(nameOf(pool)).isEqualTo(nameOf(connection));
    }

    @Nested
    @PrismaPostgres
    class Inner {
      @Test
      void second(DataSource pool) throws SQLException {
        assertThat(nameOf(pool)).isNotEmpty();
      }
    }
  }

  @PrismaPostgres
  static class TwiceTestCases {
    @RegisterExtension final PrismaPostgresExtension again = new PrismaPostgresExtension();

    TwiceTestCases(Connection connection) throws SQLException {
      assertThat(nameOf(connection)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void first(int number, DataSource pool) throws SQLException {
      assertThat(nameOf(pool)).isNotEmpty();
    }
  }

  @PrismaPostgres
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class TwicePerClassTestCases {
    @RegisterExtension final PrismaPostgresExtension again = new PrismaPostgresExtension();

    TwicePerClassTestCases(DataSource pool) throws SQLException {
      assertThat(nameOf(pool)).isNotEmpty();
    }

    @Test
    void first(PrismaPostgresDatabase database) {
      assertThat(database.name()).isNotEmpty();
    }

    @Test
    void second(DataSource pool) throws SQLException {
      assertThat(nameOf(pool)).isNotEmpty();
    }
  }

  @PrismaPostgres
  @ExtendWith(PrismaPostgresExtension.class)
  static class TwiceByAnnotationTestCases {
    @Test
    void first(DataSource pool) throws SQLException {
      assertThat(nameOf(pool)).isNotEmpty();
    }
  }

  @PrismaPostgres
  static class HikariTestCases {
    @Test
    void first(HikariDataSource pool) {}
  }

  @PrismaPostgres
  static class SimpleDataSourceTestCases {
    @Test
    void first(PGSimpleDataSource pool) {}
  }

  @PrismaPostgres
  static class XaTestCases {
    @Test
    void first(XADataSource pool) {}
  }

  @PrismaPostgres
  static class DriverConnectionTestCases {
    @Test
    void first(BaseConnection connection) {}
  }

  @PrismaPostgres
  static class PGConnectionTestCases {
    @Test
    void first(PGConnection connection) {}
  }

  @PrismaPostgres
  static class StatementTestCases {
    @Test
    void first(DataSource pool, PreparedStatement statement) {}
  }

  @PrismaPostgres
  static class FixtureTestCases {
    @Test
    void first(PrismaPostgresFixture fixture) {}
  }

  @PrismaPostgres
  static class SupplierTestCases {
    @Test
    void first(Supplier<Connection> supplier) {}
  }

  @PrismaPostgres
  static class BeforeAllTestCases {
    @BeforeAll
    static void beforeAll(HikariDataSource pool) {}

    @Test
    void first() {}
  }

  @PrismaPostgres
  static class BeforeEachTestCases {
    @BeforeEach
    void beforeEach(HikariDataSource pool) {}

    @Test
    void first() {}
  }

  @PrismaPostgres
  static class AfterEachTestCases {
    @AfterEach
    void afterEach(HikariDataSource pool) {}

    @Test
    void first() {}
  }

  @PrismaPostgres
  static class ConstructorTestCases {
    ConstructorTestCases(HikariDataSource pool) {}

    @Test
    void first() {}
  }

  @PrismaPostgres
  static class OptionalConstructorTestCases {
    OptionalConstructorTestCases(Optional<DataSource> pool) {}

    @Test
    void first() {}
  }

  @PrismaPostgres
  static class UnknownTypeTestCases {
    @Test
    void first(Consumer<String> consumer) {}
  }

  static final class OwnPools implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == HikariDataSource.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return new HikariDataSource();
    }
  }

  @PrismaPostgres
  @ExtendWith(OwnPools.class)
  static class OwnPoolTestCases {
    @Test
    void first(HikariDataSource pool, Connection connection) throws SQLException {
      assertThat(connection.unwrap(PGConnection.class)).isNotNull();
      pool.close();
    }
  }
}
