package io.github.ppgtest.cli.workspace;

/**
 * A process that has ended.
 *
 * @param exitCode as it was
 * @param out all of its output
 * @param err all that it printed on the error stream
 */
record Finished(int exitCode, String out, String err) {}
