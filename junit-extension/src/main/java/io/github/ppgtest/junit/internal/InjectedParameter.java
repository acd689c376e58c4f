package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresDatabase;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.ReflectionSupport;
import org.postgresql.PGConnection;

/** Decides which parameters are ours to resolve, and which another extension's. Stateless. */
public final class InjectedParameter {
  private static final Set<Class<?>> TYPES =
      Set.of(DataSource.class, Connection.class, PrismaPostgresDatabase.class);

  /** Annotations with these names say nothing about a value's source. */
  private static final Set<String> ABOUT_NULL =
      Set.of("nonnull", "notnull", "nullable", "checkfornull");

  private static final Pattern UNRESOLVED =
      Pattern.compile(
          "No ParameterResolver registered for parameter"
              + " \\[(?:final )?(?<type>[\\w.$]++)(?:<(?<of>[\\w.$]++)>)?+");

  private InjectedParameter() {}

  /**
   * Returns whether a parameter is ours: of one of the three types, and without annotations, by
   * which injection frameworks and other extensions claim theirs. A constructor with an annotation,
   * such as {@code @Autowired}, is another's with all its parameters; and so is a parameter that
   * another extension resolves without an annotation, as Micronaut's does each bean.
   */
  public static boolean isOurs(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType()) && !isOfAnother(parameter, context);
  }

  /**
   * Returns whether a constructor has a parameter that is neither ours nor, as far as that can be
   * told, another's, and for which there is a hint.
   */
  public static boolean isMistaken(ParameterContext parameter, ExtensionContext context) {
    return parameter.getDeclaringExecutable() instanceof Constructor<?>
        && hint(parameter.getParameter()).isPresent()
        && !isOfAnother(parameter, context);
  }

  /** Returns a hint for a parameter that looks like one of ours. */
  public static Optional<String> hint(Parameter parameter) {
    Class<?> type = parameter.getType();
    return hint(type)
        .or(
            () ->
                parameter.getParameterizedType() instanceof ParameterizedType generic
                        && generic.getActualTypeArguments().length == 1
                    ? wrapped(type.getName(), generic.getActualTypeArguments()[0].getTypeName())
                    : Optional.empty());
  }

  private static Optional<String> hint(Class<?> type) {
    if (TYPES.contains(type)) {
      return Optional.empty();
    }
    String name = type.getName();
    if (CommonDataSource.class.isAssignableFrom(type)) {
      return Optional.of(
          "@PrismaPostgres gives no %s. Take a javax.sql.DataSource, which is the pool of the class, or"
                  .formatted(name)
              + " a PrismaPostgresDatabase: its newDataSource(…) makes a HikariDataSource, and"
              + " jdbcUrl(), username() and password() are for a data source of your own.");
    }
    if (Connection.class.isAssignableFrom(type) || PGConnection.class.isAssignableFrom(type)) {
      return Optional.of(
          "@PrismaPostgres gives no %s. Take a java.sql.Connection, and unwrap it: connection.unwrap(%s.class)."
              .formatted(name, type.getSimpleName()));
    }
    if (Statement.class.isAssignableFrom(type)) {
      return Optional.of(
          "@PrismaPostgres gives no %s. Take a java.sql.Connection, and make the statement with it."
              .formatted(name));
    }
    if (name.startsWith("io.github.ppgtest.PrismaPostgres")) {
      return Optional.of(
          "@PrismaPostgres gives no %s. Take a PrismaPostgresDatabase, a javax.sql.DataSource or a java.sql.Connection."
              .formatted(name));
    }
    return Optional.empty();
  }

  /**
   * Adds the hint to a failure with which JUnit says that no extension has a parameter's value;
   * returns any other failure as it is.
   */
  public static Throwable explained(Throwable failure, Class<?> testClass) {
    return unresolved(failure)
        .flatMap(
            found ->
                ReflectionSupport.tryToLoadClass(found.group("type"), testClass.getClassLoader())
                    .toOptional()
                    .<String>flatMap(InjectedParameter::hint)
                    .or(() -> wrapped(found.group("type"), found.group("of"))))
        .<Throwable>map(hint -> refusal(hint, failure))
        .orElse(failure);
  }

  /** Returns a failure in which none of our frames stand before JUnit's. */
  public static ParameterResolutionException refusal(String hint, @Nullable Throwable cause) {
    // JUnit 6.1 refuses a cause that is null.
    ParameterResolutionException refusal =
        cause == null
            ? new ParameterResolutionException(hint)
            : new ParameterResolutionException(hint, cause);
    refusal.setStackTrace(
        Stream.of(refusal.getStackTrace())
            .dropWhile(frame -> !frame.getClassName().startsWith("org.junit."))
            .toArray(StackTraceElement[]::new));
    return refusal;
  }

  /**
   * Returns a hint where a test failed for one of the three types without an annotation of ours, so
   * that JUnit does not know this extension.
   */
  static Optional<String> forgottenAnnotation(Throwable failure) {
    return unresolved(failure)
        .map(found -> found.group("type"))
        .filter(InjectedParameter::isOneOfThree)
        .map(
            name ->
                "A test takes a "
                    + name
                    + ", and no extension gives it one. Where it is to be ppgtest's, put"
                    + " @PrismaPostgres on the test class. "
                    + failure.getMessage());
  }

  /** Returns a hint where one of the three types is wanted in another, such as a supplier. */
  private static Optional<String> wrapped(String type, @Nullable String argument) {
    return argument != null && isOneOfThree(argument)
        ? Optional.of(
            "@PrismaPostgres gives no %s<%s>. Take the %s itself."
                .formatted(type, argument, argument))
        : Optional.empty();
  }

  private static boolean isOneOfThree(String name) {
    return TYPES.stream().anyMatch(type -> type.getName().equals(name));
  }

  /** JUnit has no other way to tell this failure from others than its message. */
  private static Optional<Matcher> unresolved(Throwable failure) {
    return Optional.of(UNRESOLVED.matcher(String.valueOf(failure.getMessage())))
        .filter(Matcher::lookingAt);
  }

  private static boolean isOfAnother(ParameterContext parameter, ExtensionContext context) {
    Executable executable = parameter.getDeclaringExecutable();
    return isClaimed(parameter.getParameter())
        || executable instanceof Constructor<?> && isClaimed(executable)
        || OtherResolvers.claim(parameter, context);
  }

  private static boolean isClaimed(AnnotatedElement element) {
    return Stream.of(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(
            type ->
                !type.getName().startsWith("java.")
                    && !ABOUT_NULL.contains(type.getSimpleName().toLowerCase(Locale.ROOT)));
  }
}
