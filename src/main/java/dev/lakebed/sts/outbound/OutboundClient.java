package dev.lakebed.sts.outbound;

import dev.lakebed.sts.outbound.AddressRules.CheckedResolver;
import dev.lakebed.sts.outbound.Fetcher.Destination;
import dev.lakebed.sts.outbound.Fetcher.OutboundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches small documents of identity providers. Only {@code https} unless the operator allows
 * {@code http}; no redirects, no proxy, no cookies, no second try; addresses are checked when the
 * connection is made. Each fetch has a connection of its own, since they are rare.
 */
public final class OutboundClient implements Fetcher {
  private static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_AT_A_TIME = 16;
  private static final Timeout CONNECT = Timeout.ofSeconds(3);
  private static final Timeout ANSWER = Timeout.ofSeconds(5);
  private static final Timeout WHOLE = Timeout.ofSeconds(15);
  private static final Http1Config HEAD =
      Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();

  private final Supplier<List<String>> listedAddresses;
  private final Semaphore places = new Semaphore(MAX_AT_A_TIME);

  /** {@code listedAddresses}: addresses and blocks that may be reached whatever they are. */
  public OutboundClient(Supplier<List<String>> listedAddresses) {
    this.listedAddresses = listedAddresses;
  }

  @Override
  public byte[] get(Destination destination) throws IOException {
    requireScheme(destination);
    if (!places.tryAcquire()) {
      throw new OutboundException("too many outbound requests at a time");
    }
    try (CloseableHttpClient client = client(destination)) {
      HttpGet get = new HttpGet(destination.uri());
      get.setHeader("accept", "application/json");
      return inTime(client, get);
    } finally {
      places.release();
    }
  }

  /** A peer that sends a byte now and then must not hold a thread for long. */
  private static byte[] inTime(CloseableHttpClient client, HttpGet get) throws IOException {
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            get::abort, CompletableFuture.delayedExecutor(WHOLE.toSeconds(), TimeUnit.SECONDS));
    try {
      return client.execute(get, answer -> body(get, answer));
    } finally {
      end.cancel(false);
    }
  }

  private static void requireScheme(Destination destination) throws OutboundException {
    String scheme = String.valueOf(destination.uri().getScheme()).toLowerCase(Locale.ROOT);
    boolean permitted = scheme.equals("https") || (scheme.equals("http") && destination.http());
    if (!permitted || destination.uri().getHost() == null) {
      throw new OutboundException("only https may be asked, not " + destination.uri());
    }
    if (destination.uri().getRawUserInfo() != null) {
      throw new OutboundException("an address with a user name in it is not asked");
    }
  }

  private CloseableHttpClient client(Destination destination) throws IOException {
    AddressRules rules = new AddressRules(listedAddresses.get());
    DefaultClientTlsStrategy tls =
        destination.anyCertificate()
            ? new DefaultClientTlsStrategy(TlsTrust.of(destination), NoopHostnameVerifier.INSTANCE)
            : new DefaultClientTlsStrategy(TlsTrust.of(destination));
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedResolver(rules, destination.named()))
                .setTlsSocketStrategy(tls)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(HEAD).build())
                .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(ANSWER).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(ANSWER)
                        .build())
                .build())
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(ANSWER).build())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("lakebed")
        .build();
  }

  private static byte[] body(HttpGet get, ClassicHttpResponse response) throws IOException {
    if (response.getCode() != 200) {
      throw new OutboundException("the answer has status " + response.getCode());
    }
    if (response.getEntity() == null) {
      throw new OutboundException("the answer is empty");
    }
    try (InputStream in = response.getEntity().getContent()) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        // Closing the stream would read the rest, which may have no end.
        get.abort();
        throw new OutboundException("the answer is larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }
}
