package dev.lakebed.front.payara;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.payara.Opening.Listening;
import dev.lakebed.ops.LaunchSetting;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.threadpool.GrizzlyExecutorService;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * Puts the filters and probes of this package in front of the server's own handling on every
 * listener. Payara's internal classes are reached by reflection, so that the WAR loads anywhere.
 */
public final class GrizzlyHook {
  /** Carries the raw request target; dropped when a client sends it. */
  public static final String HEADER = "x-lakebed-raw-target";

  /** Begins the name of a field that the server is not to see; dropped when a client sends it. */
  public static final String HIDDEN = "x-lakebed-hidden-";

  /** The path that the server sees instead. */
  public static final String PATH = "/-raw";

  /** Every answer of the application has it. */
  public static final String REQUEST_ID = "x-amz-request-id";

  /** The full server's listener for asadmin, whose requests are none of ours. */
  private static final String ADMINISTRATION = "admin-listener";

  /** So much of a body that nobody reads is taken, for the sake of the answer before it. */
  private static final long REST_BYTES = 16L << 20;

  /**
   * Bytes of an answer that wait for the client before its writer has to wait as well. The server
   * would take four times the system's buffer, which grows to megabytes: a few hundred clients that
   * read nothing would fill the heap.
   */
  private static final int UNSENT_BYTES = 1;

  private final ConnectionShares shares;
  private final Deadlines deadlines;
  private volatile boolean ended;

  GrizzlyHook(ConnectionShares shares, Deadlines deadlines) {
    this.shares = shares;
    this.deadlines = deadlines;
  }

  /** From now on requests on its listeners are answered 503. */
  void end() {
    ended = true;
  }

  /**
   * Gives every listener a chain with the filters; which listeners take connections through it now.
   * The old chain is left as it is, also for connections that were accepted before: a chain that
   * changes under a request loses it.
   */
  Listening install() throws ReflectiveOperationException {
    Object grizzly = grizzlyService();
    // Before the others are looked at: what was opened before one that failed is then seen open.
    Optional<String> failure = failure(grizzly);
    Set<String> open = new HashSet<>();
    for (Object proxy : (Collection<?>) field(grizzly.getClass(), grizzly, "proxies")) {
      Object listener = call(proxy, "getUnderlyingListener");
      String name = (String) call(listener, "getName");
      if (!ADMINISTRATION.equals(name)
          && call(listener, "getTransport") instanceof TCPNIOTransport tcp
          && install(tcp)) {
        open.add(name);
      }
    }
    return new Listening(open, failure);
  }

  /** Payara keeps the outcome of each listener that it was told to open. */
  private static Optional<String> failure(Object grizzly) throws ReflectiveOperationException {
    for (Object outcome : List.copyOf((List<?>) call(grizzly, "getFutures"))) {
      Object result = ((Future<?>) outcome).resultNow();
      if ((boolean) call(result, "isFailure")) {
        Throwable reason = (Throwable) call(result, "exception");
        return Optional.of(String.valueOf(reason.getMessage()));
      }
    }
    return Optional.empty();
  }

  private boolean install(TCPNIOTransport transport) throws ReflectiveOperationException {
    if (transport.getProcessor() instanceof FilterChain chain
        && !has(chain, RawTargetFilter.class)
        && has(chain, HttpServerFilter.class)) {
      transport.setProcessor(copy(chain));
    }
    if (transport.getWorkerThreadPool() instanceof GrizzlyExecutorService threads) {
      ThreadPoolConfig settings = threads.getConfiguration();
      // The old threads end what they have: one that is shut down drops requests that wait for it.
      transport.setWorkerThreadPool(
          RequestThreads.upTo(settings.getMaxPoolSize(), settings.getPoolName()));
    }
    if (!(transport.getProcessor() instanceof FilterChain chain)
        || !has(chain, RawTargetFilter.class)) {
      return false;
    }
    transport.getAsyncQueueIO().getWriter().setMaxPendingBytesPerConnection(UNSENT_BYTES);
    // An open server socket has its own reference, which accepted connections take over.
    Collection<?> sockets =
        (Collection<?>) field(TCPNIOTransport.class, transport, "serverConnections");
    for (Object socket : sockets) {
      ((NIOConnection) socket).setProcessor(chain);
    }
    return !sockets.isEmpty();
  }

  private static boolean has(FilterChain chain, Class<? extends Filter> type) {
    return chain.stream().anyMatch(type::isInstance);
  }

  private FilterChain copy(FilterChain chain) throws ReflectiveOperationException {
    FilterChainBuilder copy = FilterChainBuilder.stateless();
    for (Filter filter : chain) {
      if (filter instanceof TransportFilter) {
        copy.add(new BoundedReads());
        continue;
      }
      if (filter instanceof SSLBaseFilter) {
        copy.add(new HandshakeTurns(shares, deadlines));
      }
      if (filter instanceof HttpCodecFilter codec) {
        codec.getMonitoringConfig().addProbes(new ExpectRule(), new HiddenFields(HIDDEN));
        codec.setMaxPayloadRemainderToSkip(REST_BYTES);
        leaveIdleConnections(codec);
        readChunksStrictly(codec);
        copy.add(new ConnectionLimit(shares));
        copy.add(new StrictHeads(codec, deadlines, shares.heads()));
        continue;
      }
      if (filter instanceof HttpServerFilter) {
        copy.add(new UpgradeIgnored());
        copy.add(new TarpitFilter(shares, deadlines));
        copy.add(new RawTargetFilter(HEADER, PATH));
        copy.add(new ForeignAnswers(REQUEST_ID, () -> ended || LaunchSetting.isEnding()));
      }
      copy.add(filter);
    }
    return copy.build();
  }

  private static void readChunksStrictly(HttpCodecFilter codec) {
    for (TransferEncoding encoding : codec.getTransferEncodings()) {
      if (encoding instanceof ChunkedTransferEncoding lenient) {
        codec.addTransferEncoding(new StrictChunks(lenient));
        codec.removeTransferEncoding(lenient);
      }
    }
  }

  /**
   * The codec's list of idle connections keeps each for its full time, also when it was closed long
   * ago: whoever connects often enough fills the memory. {@link Deadlines} closes them instead.
   */
  private static void leaveIdleConnections(HttpCodecFilter codec)
      throws ReflectiveOperationException {
    if (codec instanceof org.glassfish.grizzly.http.HttpServerFilter
        && field(org.glassfish.grizzly.http.HttpServerFilter.class, codec, "keepAlive")
            instanceof KeepAlive idle) {
      idle.setIdleTimeoutInSeconds(-1);
    }
  }

  private static Object grizzlyService() throws ReflectiveOperationException {
    Class<?> globals = Class.forName("org.glassfish.internal.api.Globals");
    Object locator = globals.getMethod("getDefaultBaseServiceLocator").invoke(null);
    Class<?> service = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
    Class<?> serviceLocator = Class.forName("org.glassfish.hk2.api.ServiceLocator");
    return serviceLocator
        .getMethod("getService", Class.class, java.lang.annotation.Annotation[].class)
        .invoke(locator, service, new java.lang.annotation.Annotation[0]);
  }

  private static Object call(Object owner, String method) throws ReflectiveOperationException {
    return owner.getClass().getMethod(method).invoke(owner);
  }

  private static Object field(Class<?> type, Object owner, String name)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  /**
   * Makes an offer of another protocol an ordinary header field (RFC 9110, section 7.8, lets a
   * server ignore it). The server itself would take what follows the header for the other protocol:
   * nothing then tells it where the body ends.
   */
  static final class UpgradeIgnored extends BaseFilter {
    private static final String FIELD = "upgrade";

    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
      if (!(event instanceof HttpEvents.IncomingHttpUpgradeEvent offered)) {
        return context.getInvokeAction();
      }
      HttpHeader header = offered.getHttpHeader();
      header.setIgnoreContentModifiers(false);
      String offer = header.getUpgrade();
      header.getUpgradeDC().recycle();
      // A signature may cover it.
      header.getHeaders().setValue(FIELD).setString(offer);
      return context.getStopAction();
    }
  }
}
