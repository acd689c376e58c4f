/** Authentication: service tokens, the authorization server of OAuth, GitHub's OIDC issuer. */
@NullMarked
package io.github.ppgtest.emulator.internal.auth;

import org.jspecify.annotations.NullMarked;
