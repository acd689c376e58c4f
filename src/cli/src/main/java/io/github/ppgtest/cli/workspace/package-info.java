/** Commands for the cloud: logins, regions, usage, backups, and the reaper. */
@NullMarked
package io.github.ppgtest.cli.workspace;

import org.jspecify.annotations.NullMarked;
