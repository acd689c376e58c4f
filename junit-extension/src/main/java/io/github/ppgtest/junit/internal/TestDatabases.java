package io.github.ppgtest.junit.internal;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.PrismaPostgresFixture;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** Finds or starts the databases of tests, each in the JUnit store of its owner. Stateless. */
public final class TestDatabases {
  private static final Namespace NAMESPACE = Namespace.create(TestDatabases.class);

  private TestDatabases() {}

  /**
   * Begins a class: starts its database, unless its methods have one each.
   *
   * @throws io.github.ppgtest.PrismaPostgresException if it cannot be started
   */
  public static void begin(DatabaseOwner owner) {
    if (owner.isolation() == Isolation.METHOD) {
      DatabasePrefetcher.arrived(owner.annotated());
    } else {
      get(owner, owner.context());
    }
  }

  /** Marks a test method as running. */
  public static void running() {
    DatabasePrefetcher.running();
  }

  /**
   * Finds or starts an owner's database for a context of JUnit's.
   *
   * @throws io.github.ppgtest.PrismaPostgresException if it cannot be started
   * @throws ExtensionConfigurationException if each method has one, and this belongs to none
   */
  public static PrismaPostgresDatabase get(DatabaseOwner owner, ExtensionContext context) {
    return switch (owner.isolation()) {
      case METHOD -> ofMethod(owner, testMethod(owner, context));
      case RUN -> ofRun(owner);
      default -> ofClass(owner);
    };
  }

  private static PrismaPostgresDatabase ofClass(DatabaseOwner owner) {
    // The key tells a nested class with a database of its own from the class around it.
    return held(
        owner.context().getStore(NAMESPACE), owner, () -> own(owner, () -> Outcome.ofClass(owner)));
  }

  private static PrismaPostgresDatabase ofMethod(DatabaseOwner owner, ExtensionContext method) {
    return held(
        method.getStore(NAMESPACE), owner, () -> own(owner, () -> Outcome.ofMethod(owner, method)));
  }

  private static PrismaPostgresDatabase ofRun(DatabaseOwner owner) {
    return held(
        owner.context().getStore(NAMESPACE),
        owner,
        () -> {
          SharedDatabase shared = SharedDatabases.find(owner);
          PrismaPostgresFixture fixture = shared.enter();
          return new HeldDatabase(fixture, Outcome.ofClass(owner), shared::leave);
        });
  }

  private static PrismaPostgresDatabase held(
      Store store, DatabaseOwner owner, Supplier<HeldDatabase> start) {
    return store
        .getOrComputeIfAbsent(owner.testClass(), key -> start.get(), HeldDatabase.class)
        .database();
  }

  private static HeldDatabase own(DatabaseOwner owner, Supplier<Outcome> outcome) {
    PrismaPostgresFixture fixture = DatabasePrefetcher.start(owner.annotated());
    return new HeldDatabase(
        fixture, outcome.get(), failed -> HeldDatabase.giveBack(fixture, failed));
  }

  /** Returns the context of the test method, or of the test factory. */
  private static ExtensionContext testMethod(DatabaseOwner owner, ExtensionContext context) {
    for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
      Object element = at.getElement().orElse(null);
      if (element instanceof Method) {
        return at;
      }
      if (element instanceof Class<?>) {
        break;
      }
    }
    throw new ExtensionConfigurationException(
        "With isolation METHOD each test method of "
            + owner.testClass().getName()
            + " has a database of its own, so @BeforeAll, @AfterAll and the constructor of a class"
            + " that is made once for all its tests (PER_CLASS) have none. Take it in @BeforeEach or"
            + " in the test method, put what all tests need into the schema, or use isolation"
            + " CLASS.");
  }
}
