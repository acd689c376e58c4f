/**
 * Commands for what is in the cloud: logins, regions, usage, backups, and what is to be deleted.
 */
@NullMarked
package io.github.ppgtest.cli.workspace;

import org.jspecify.annotations.NullMarked;
