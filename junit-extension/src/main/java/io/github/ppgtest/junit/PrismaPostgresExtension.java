package io.github.ppgtest.junit;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.junit.internal.DatabaseOwner;
import io.github.ppgtest.junit.internal.InjectedParameter;
import io.github.ppgtest.junit.internal.TestConnection;
import io.github.ppgtest.junit.internal.TestDatabases;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Starts a database for each test class that carries {@link PrismaPostgres}, or for each of its
 * methods, or for all such classes together; the annotation registers it. Stateless: its databases
 * are in JUnit's store, which JUnit closes. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PrismaPostgresExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        BeforeTestExecutionCallback,
        ExecutionCondition,
        LifecycleMethodExecutionExceptionHandler,
        ParameterResolver,
        TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(PrismaPostgresExtension.class);
  private static final ConditionEvaluationResult WANTED =
      ConditionEvaluationResult.enabled("There is a database for it");

  /** Called by JUnit. */
  public PrismaPostgresExtension() {}

  /**
   * Skips a class without a token, where that is configured: before JUnit makes an instance of it,
   * and with its nested classes.
   */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return DatabaseOwner.skipReason(context)
        .map(ConditionEvaluationResult::disabled)
        .orElse(WANTED);
  }

  /** Starts the database, so that a class that cannot have one fails once and not test by test. */
  @Override
  public void beforeAll(ExtensionContext context) {
    TestDatabases.begin(DatabaseOwner.of(context));
  }

  /**
   * Starts the method's database where each has its own. Refuses an annotated method, which would
   * have no effect.
   */
  @Override
  public void beforeEach(ExtensionContext context) {
    TestDatabases.get(DatabaseOwner.of(context), context);
  }

  /** Lets the prefetching for later tests begin, which would have delayed this one. */
  @Override
  public void beforeTestExecution(ExtensionContext context) {
    TestDatabases.running();
  }

  /**
   * Claims parameters of its three types without an annotation, which would give them to another
   * extension, and without another extension's claim. Where this one is registered twice, the first
   * instance takes all.
   */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return (InjectedParameter.isOurs(parameter, context)
            || InjectedParameter.isMistaken(parameter, context))
        && isFirst(context);
  }

  /**
   * Returns whether this instance is first: the store of a class is seen in those of its methods,
   * so that one instance is first in all.
   */
  private boolean isFirst(ExtensionContext context) {
    return context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                PrismaPostgresExtension.class, key -> this, PrismaPostgresExtension.class)
        == this;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    InjectedParameter.hint(parameter.getParameter())
        .ifPresent(
            hint -> {
              throw InjectedParameter.refusal(hint, null);
            });
    PrismaPostgresDatabase database =
        TestDatabases.get(
            DatabaseOwner.of(context, parameter.getDeclaringExecutable().getDeclaringClass()),
            context);
    if (type == PrismaPostgresDatabase.class) {
      return database;
    }
    return type == DataSource.class ? database.dataSource() : connect(database, context);
  }

  /** Adds a hint to the failure of a parameter that no extension resolves. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw InjectedParameter.explained(failure, context.getRequiredTestClass());
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw InjectedParameter.explained(failure, context.getRequiredTestClass());
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw InjectedParameter.explained(failure, context.getRequiredTestClass());
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw InjectedParameter.explained(failure, context.getRequiredTestClass());
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw InjectedParameter.explained(failure, context.getRequiredTestClass());
  }

  /** A constructor's connection belongs to its test, and is closed with it. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  private static Connection connect(PrismaPostgresDatabase database, ExtensionContext context) {
    TestConnection connection = TestConnection.open(database);
    context.getStore(NAMESPACE).put(connection, connection);
    return connection.connection();
  }
}
