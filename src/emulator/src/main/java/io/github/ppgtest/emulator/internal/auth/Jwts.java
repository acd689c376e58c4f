package io.github.ppgtest.emulator.internal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

/**
 * JSON Web Tokens, signed with a key of their own. The only class that knows the library for them,
 * which loads with it: most emulators never need one. Safe for use by many threads.
 */
final class Jwts {
  private final ECKey key;
  private final Clock clock;

  Jwts(Clock clock) {
    this.clock = clock;
    try {
      this.key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("This JVM cannot make a key for ES256.", e);
    }
  }

  /** Makes a token that is valid from now on. */
  String sign(String type, String issuer, String audience, Instant expiresAt, Map<String, ?> more) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(audience)
            .issueTime(Date.from(clock.instant()))
            .notBeforeTime(Date.from(clock.instant()))
            .expirationTime(Date.from(expiresAt));
    more.forEach(claims::claim);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType(type))
                .build(),
            claims.build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("This JVM cannot sign with ES256.", e);
    }
    return token.serialize();
  }

  /**
   * Returns one claim of a token; empty where the signature is another's, its issuer or audience
   * differ, it is not valid now, or it has no such claim.
   */
  Optional<String> verified(String token, String issuer, String audience, String claim) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      if (!signed.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
          || !signed.verify(new ECDSAVerifier(key))) {
        return Optional.empty();
      }
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      boolean valid =
          issuer.equals(claims.getIssuer())
              && claims.getAudience().contains(audience)
              && isAfterNow(claims.getExpirationTime())
              && !isAfterNow(claims.getNotBeforeTime());
      return valid ? Optional.ofNullable(claims.getStringClaim(claim)) : Optional.empty();
    } catch (ParseException | JOSEException e) {
      // Not a valid token of ours; the reason is kept from its sender.
      return Optional.empty();
    }
  }

  private boolean isAfterNow(Date date) {
    return date.toInstant().isAfter(clock.instant());
  }
}
