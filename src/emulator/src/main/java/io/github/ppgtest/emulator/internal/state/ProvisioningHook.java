package io.github.ppgtest.emulator.internal.state;

/** Decides how new databases are provisioned. Safe for use by many threads. */
@FunctionalInterface
public interface ProvisioningHook {

  /**
   * Has a new database provisioned, now or later or never, or has it fail. Returns at once.
   *
   * @param provision to be called once at most; does nothing for a database deleted meanwhile
   * @param fail to be called once at most, in its place
   */
  void decide(Runnable provision, Runnable fail);
}
