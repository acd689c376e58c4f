package io.github.ppgtest.emulator.internal.faults;

import io.github.ppgtest.emulator.internal.http.Handler;
import io.github.ppgtest.emulator.internal.http.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that strike requests. The one injected last acts first. Thread-safe. */
public final class RequestFaultInterceptor implements Interceptor {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  public void add(StruckRequests struck, FaultCounter counter) {
    Entry entry = new Entry(struck, counter);
    entries.add(entry);
    counter.atEnd(() -> entries.remove(entry));
  }

  @Override
  public Handler around(String method, String template, Handler handler) {
    Handler outermost = handler;
    for (Entry entry : entries) {
      if (entry.struck.include(method, template)) {
        Handler next = outermost;
        outermost = request -> entry.struck.handle(request, next, entry.counter);
      }
    }
    return outermost;
  }

  private record Entry(StruckRequests struck, FaultCounter counter) {}
}
