/** Commands for the length of a database: from its creation to its deletion. */
@NullMarked
package io.github.ppgtest.cli.database;

import org.jspecify.annotations.NullMarked;
