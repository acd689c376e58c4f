package io.github.ppgtest.management.internal;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The ways in which a call fails without an answer. */
enum TransportFailure {
  UNKNOWN_HOST(false, 0),
  // A server may be about to listen, but an API that is down should be reported soon: with the
  // default backoff these three retries take less than two seconds.
  NO_CONNECTION(false, 3),
  // One such attempt has taken the whole connect timeout already.
  CONNECT_TIMEOUT(false, 1),
  // A certificate stays the same.
  NO_TLS(false, 0),
  NO_HTTP(true, 0),
  // Such an attempt has taken its whole time: with the defaults, a call to a server that never
  // answers ends after a minute.
  TIMEOUT(true, 1),
  BROKEN(true, Integer.MAX_VALUE);

  private final boolean mayHaveArrived;
  private final int mostRetries;

  TransportFailure(boolean mayHaveArrived, int mostRetries) {
    this.mayHaveArrived = mayHaveArrived;
    this.mostRetries = mostRetries;
  }

  static TransportFailure of(Throwable failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return CONNECT_TIMEOUT;
    }
    if (failure instanceof HttpTimeoutException) {
      return TIMEOUT;
    }
    if (has(failure, UnresolvedAddressException.class)
        || has(failure, UnknownHostException.class)) {
      return UNKNOWN_HOST;
    }
    if (has(failure, SSLHandshakeException.class)
        || has(failure, SSLPeerUnverifiedException.class)) {
      return NO_TLS;
    }
    if (has(failure, ConnectException.class)) {
      return has(failure, SSLException.class) ? NO_TLS : NO_CONNECTION;
    }
    return has(failure, ProtocolException.class) ? NO_HTTP : BROKEN;
  }

  /** Returns whether the server may have got the request, and acted on it. */
  boolean mayHaveArrived() {
    return mayHaveArrived;
  }

  /** Returns the most retries that make sense, whatever is configured. */
  int mostRetries() {
    return mostRetries;
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
