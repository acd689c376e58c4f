package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Connection;
import io.github.ppgtest.management.ConnectionKind;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.Endpoint;
import io.github.ppgtest.management.Endpoints;
import io.github.ppgtest.management.ResourceRef;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Reads the endpoints of a connection, and where they are missing, the fields that preceded them:
 * {@code directConnection} with host, user and pass, the same three flat, and {@code
 * connectionString}.
 */
final class EndpointReader {
  private static final int POSTGRES_PORT = 5432;
  private static final String[] OLD_NAMES = {"directConnection", "ppgDirectConnection"};

  private EndpointReader() {}

  static Endpoints endpoints(Fields connection) {
    Fields present = connection.optionalObject("endpoints");
    if (present != null) {
      return new Endpoints(
          endpoint(present.optionalObject("direct")),
          endpoint(present.optionalObject("pooled")),
          endpoint(present.optionalObject("accelerate")));
    }
    Endpoint old = oldDirect(connection);
    String url = connection.optionalRaw("connectionString");
    if (url != null && !isPostgres(url)) {
      return new Endpoints(old, null, fromUrl(url));
    }
    return new Endpoints(old != null || url == null ? old : fromUrl(url), null, null);
  }

  /**
   * Gives the default connection an older answer's credentials of the database as a whole. Where
   * that answer names no connection at all, one is made up, under the database's id.
   */
  static Database withOldDirectConnection(Database database, Fields json) {
    if (database.connections().stream().anyMatch(c -> c.endpoints().direct() != null)) {
      return database;
    }
    Endpoint direct = oldDirect(json);
    String url = json.optionalRaw("connectionString");
    if (direct == null && url != null && isPostgres(url)) {
      direct = fromUrl(url);
    }
    if (direct == null) {
      return database;
    }
    Connection first =
        database.connections().stream()
            .filter(c -> c.id().equals(database.defaultConnectionId()))
            .findFirst()
            .or(() -> database.connections().stream().findFirst())
            .orElseGet(() -> unnamed(database));
    Endpoints endpoints = first.endpoints();
    return database.withConnection(
        new Connection(
            first.id(),
            first.name(),
            first.url(),
            first.createdAt(),
            first.kind(),
            new Endpoints(direct, endpoints.pooled(), endpoints.accelerate()),
            first.database()));
  }

  private static Connection unnamed(Database database) {
    String id = database.defaultConnectionId();
    return new Connection(
        id == null ? database.id() : id,
        "",
        null,
        database.createdAt(),
        ConnectionKind.POSTGRES,
        new Endpoints(null, null, null),
        new ResourceRef(database.id(), database.name(), database.url()));
  }

  private static @Nullable Endpoint endpoint(@Nullable Fields json) {
    return json == null
        ? null
        : new Endpoint(json.host("host"), json.port("port"), json.optionalRaw("connectionString"));
  }

  private static @Nullable Endpoint oldDirect(Fields json) {
    for (String name : OLD_NAMES) {
      Fields old = json.optionalObject(name);
      if (old != null) {
        return fromParts(old);
      }
    }
    boolean flat = json.has("host") && json.has("user") && json.has("pass");
    return flat ? fromParts(json) : null;
  }

  private static @Nullable Endpoint fromParts(Fields old) {
    String credentials = ApiCall.encode(old.raw("user")) + ":" + ApiCall.encode(old.raw("pass"));
    String host = old.host("host");
    String authority = host.contains(":") ? host : host + ":" + POSTGRES_PORT;
    return fromUrl("postgres://" + credentials + "@" + authority + "/postgres?sslmode=require");
  }

  private static boolean isPostgres(String url) {
    return url.startsWith("postgres://") || url.startsWith("postgresql://");
  }

  private static Endpoint fromUrl(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      // Without its cause, which quotes the URL and its password.
      throw new UnexpectedShapeException("a connection string is no URL");
    }
    String authority = uri.getRawAuthority();
    if (authority == null) {
      throw new UnexpectedShapeException("a connection string has no host");
    }
    // Not getHost(), which does not know a host with an underscore.
    String address = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = address.lastIndexOf(':');
    boolean hasPort = colon > address.lastIndexOf(']');
    String host = hasPort ? address.substring(0, colon) : address;
    if (host.isEmpty()) {
      throw new UnexpectedShapeException("a connection string has no host");
    }
    return new Endpoint(
        host,
        hasPort ? port(address.substring(colon + 1)) : isPostgres(url) ? POSTGRES_PORT : 443,
        url);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // As one that is out of range.
    }
    throw new UnexpectedShapeException("a connection string names a port that cannot be");
  }
}
