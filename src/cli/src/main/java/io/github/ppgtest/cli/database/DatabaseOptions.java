package io.github.ppgtest.cli.database;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import io.github.ppgtest.cli.DurationConverter;
import io.github.ppgtest.cli.Terminal;
import io.github.ppgtest.cli.workspace.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of the database. The library's settings are the defaults. */
final class DatabaseOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "What it is for; part of its name. Default: ${DEFAULT-VALUE}.",
      defaultValue = "cli")
  private String label = "cli";

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      converter = ProviderConverter.class,
      description =
          "cloud, embedded, dev or temporary. Default: cloud where a token or a login is, else"
              + " embedded.")
  private @Nullable Provider provider;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "The project to make it in. Default: one of its own, deleted with it.")
  private @Nullable String project;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Where it is to be; at a terminal, --region alone asks for it. Default: us-east-1.")
  private @Nullable String region;

  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long it lives: 30m, 6h. Default: 6h.")
  private @Nullable Duration ttl;

  @Option(
      names = "--schema",
      paramLabel = "SOURCE",
      description =
          "What it is to hold: an SQL script, the folder of Prisma Migrate, a folder of Flyway's"
              + " migrations, a changelog of Liquibase. Where that is not clear: prisma:, flyway:,"
              + " liquibase: or sql: before it. May be given several times.")
  private List<String> schema = new ArrayList<>();

  /** Begins a fixture with these options. */
  PrismaPostgresFixture.Builder builder() {
    PrismaPostgresFixture.Builder builder = PrismaPostgresFixture.builder().label(label);
    Account.applyTo(builder);
    if (provider != null) {
      builder.origin("option --provider").provider(provider);
    }
    if (project != null) {
      builder.origin("option --project").projectId(project);
    }
    if (ttl != null) {
      applyTtl(builder, ttl);
    }
    if (region != null) {
      builder.origin("option --region").region(region.isEmpty() ? askForRegion(builder) : region);
    }
    if (!schema.isEmpty()) {
      LiquibaseLog.onlyWarn();
    }
    return builder.origin("option --schema").schema("--schema", schema);
  }

  private void applyTtl(PrismaPostgresFixture.Builder builder, Duration wanted) {
    try {
      builder.origin("option --ttl").ttl(wanted);
      if (provider == Provider.TEMPORARY) {
        builder.temporaryTtl(wanted);
      }
    } catch (ConfigurationException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Invalid value for option '--ttl': " + e.getMessage(),
          e);
    }
  }

  private String askForRegion(PrismaPostgresFixture.Builder builder) {
    if (!Terminal.isInteractive()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--region needs a REGION here: it is only asked for at a terminal");
    }
    return RegionChoice.among(builder.admin().availableRegions());
  }

  /** Liquibase's own log: each step, on standard error. */
  private static final class LiquibaseLog {
    /** Held here, since java.util.logging forgets a logger with its level otherwise. */
    private static final Logger LOGGER = Logger.getLogger("liquibase");

    private static void onlyWarn() {
      LOGGER.setLevel(Level.WARNING);
    }
  }

  /** Reads a provider as the settings do, in either case. */
  static final class ProviderConverter implements ITypeConverter<Provider> {
    @Override
    public Provider convert(String text) {
      try {
        return Provider.valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'%s' is none of cloud, embedded, dev and temporary".formatted(text));
      }
    }
  }
}
