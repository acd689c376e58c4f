package io.github.ppgtest.management;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Answers as the Management API gives them. */
final class Answers {
  static final String CREATED_AT = "2026-11-20T10:15:30.123Z";
  static final String PASSWORD = "sk_Pa55wordThatNobodyMaySee";
  static final String CONNECTION_STRING =
      "postgres://0a1b2c3d:" + PASSWORD + "@db.prisma.io:5432/postgres?sslmode=require";

  private Answers() {}

  /** A time that is not over before its answer is asked for, also on a busy machine. */
  static String soon() {
    return Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static String data(String json) {
    return "{\"data\":" + json + "}";
  }

  static String page(String nextCursor, String... items) {
    boolean more = !nextCursor.isEmpty();
    return "{\"data\":["
        + String.join(",", items)
        + "],\"pagination\":{\"nextCursor\":"
        + (more ? '"' + nextCursor + '"' : "null")
        + ",\"hasMore\":"
        + more
        + "}}";
  }

  static String error(String code, String message) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
  }

  static String region(String id, String status) {
    return """
        {"id":"%s","type":"region","name":"Region %s","status":"%s"}"""
        .formatted(id, id, status);
  }

  static String workspace(String id) {
    return """
        {"id":"%s","type":"workspace","url":"https://api.prisma.io/v1/workspaces/%s",
         "name":"Acme","createdAt":"%s"}"""
        .formatted(id, id, CREATED_AT);
  }

  static String project(String id, String name, String createdAt, String database) {
    return """
        {"id":"%s","type":"project","url":"https://api.prisma.io/v1/projects/%s","name":"%s",
         "logicalId":null,"createdAt":"%s","defaultRegion":"us-east-1",
         "workspace":{"id":"wksp_1","url":"https://api.prisma.io/v1/workspaces/wksp_1","name":"Acme"},
         "database":%s,"somethingNew":{"a":[1]}}"""
        .formatted(id, id, name, createdAt, database);
  }

  static String project(String id, String name) {
    return project(id, name, CREATED_AT, "null");
  }

  static String database(String id, String name, String status, String createdAt, String endpoint) {
    return """
        {"id":"%s","type":"database","url":"https://api.prisma.io/v1/databases/%s","name":"%s",
         "status":"%s","createdAt":"%s","isDefault":false,"defaultConnectionId":"con_1",
         "connections":[%s],
         "project":{"id":"proj_1","url":"https://api.prisma.io/v1/projects/proj_1","name":"orders"},
         "region":{"id":"us-east-1","name":"US East (N. Virginia)"},
         "source":{"type":"empty"},"branchId":"br_1","logicalId":null}"""
        .formatted(
            id, id, name, status, createdAt, connection("con_1", "default", createdAt, endpoint));
  }

  /** A database as its creation answers it, with its connection string. */
  static String created(String id, String name) {
    return database(id, name, "provisioning", CREATED_AT, withSecret());
  }

  /** A database as it is read later. */
  static String database(String id, String name) {
    return database(id, name, "ready", CREATED_AT, withoutSecret());
  }

  static String connection(String id, String name, String createdAt, String endpoint) {
    return """
        {"id":"%s","type":"connection","url":"https://api.prisma.io/v1/connections/%s","name":"%s",
         "createdAt":"%s","kind":"postgres",
         "endpoints":{"direct":%s,"pooled":{"host":"pooled.db.prisma.io","port":5432}},
         "directConnection":null,
         "database":{"id":"db_1","url":"https://api.prisma.io/v1/databases/db_1","name":"orders"}}"""
        .formatted(id, id, name, createdAt, endpoint);
  }

  static String withSecret() {
    return "{\"host\":\"db.prisma.io\",\"port\":5432,\"connectionString\":\""
        + CONNECTION_STRING
        + "\"}";
  }

  static String withoutSecret() {
    return "{\"host\":\"db.prisma.io\",\"port\":5432}";
  }
}
