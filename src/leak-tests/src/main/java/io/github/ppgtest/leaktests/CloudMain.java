package io.github.ppgtest.leaktests;

import io.github.ppgtest.emulator.Fault;
import io.github.ppgtest.emulator.InjectedFault;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An emulator in the role of the cloud, in a process of its own, so that nothing dies with a
 * victim. It is told its token and what is to go wrong, and ends with its input.
 */
final class CloudMain {
  private final PrismaPostgresEmulator emulator;
  private final List<InjectedFault> injected = new ArrayList<>();
  private InjectedFault counter;

  private CloudMain(PrismaPostgresEmulator emulator) {
    this.emulator = emulator;
    this.counter = count();
  }

  public static void main(String[] arguments) throws IOException {
    try (BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrismaPostgresEmulator emulator =
            PrismaPostgresEmulator.builder().serviceToken(input.readLine()).start()) {
      CloudMain cloud = new CloudMain(emulator);
      System.out.println("url " + emulator.apiUrl());
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        System.out.println("done " + cloud.obey(line.split(" ")));
      }
    }
  }

  private long obey(String[] words) {
    return switch (words[0]) {
      case "inject" -> inject(CloudFault.valueOf(words[1]).times(Integer.parseInt(words[2])));
      case "trouble" -> trouble(Double.parseDouble(words[1]), Long.parseLong(words[2]));
      case "struck" -> injected.stream().mapToInt(InjectedFault::count).sum();
      case "clear" -> clear();
      case "count" -> counter.count();
      default -> throw new IllegalArgumentException("Nobody knows what " + words[0] + " means");
    };
  }

  private long inject(Fault fault) {
    injected.add(emulator.faults().inject(fault));
    recount();
    return injected.size();
  }

  /** Each request meets one of the faults with this probability, as good as. */
  private long trouble(double probability, long seed) {
    double each = probability / CloudFault.PASSING.size();
    for (CloudFault fault : CloudFault.PASSING) {
      inject(fault.withProbability(each, seed + fault.ordinal()));
    }
    return injected.size();
  }

  private long clear() {
    injected.forEach(InjectedFault::close);
    injected.clear();
    recount();
    return 0;
  }

  /** The last to be injected comes first, and so meets every request of these routes. */
  private void recount() {
    counter.close();
    counter = count();
  }

  /** How often a status is asked for is a matter of the machine's speed. */
  private InjectedFault count() {
    return emulator
        .faults()
        .inject(
            Fault.latency(Duration.ofNanos(1))
                .on("POST", "/v1/projects")
                .on("POST", "/v1/databases")
                .on("DELETE", "/v1/projects/{id}")
                .on("DELETE", "/v1/databases/{databaseId}"));
  }
}
