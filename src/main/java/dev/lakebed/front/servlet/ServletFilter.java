package dev.lakebed.front.servlet;

import dev.lakebed.front.Front;
import dev.lakebed.front.servlet.LakebedApplication.JaxRsComponents;
import dev.lakebed.limit.ClientPlaces.ClientShare.Client;
import dev.lakebed.task.EndOfMemory;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the servlet request and response for the JAX-RS filter and resource, which run on the same
 * thread. JAX-RS gives them to singletons only as proxies, which cost a tenth of a small request.
 */
@WebFilter("/*")
public final class ServletFilter implements Filter {
  private static final ThreadLocal<ServletExchange> CURRENT = new ThreadLocal<>();

  /** Sends everything through JAX-RS, so that tests see both ways. */
  private static final boolean ONLY_RESOURCES = Boolean.getBoolean("dev.lakebed.only.resources");

  private @Nullable JaxRsComponents components;

  /** The exchange that this thread is at work on. */
  static ServletExchange current() {
    ServletExchange current = CURRENT.get();
    if (current == null) {
      throw new IllegalStateException("no request is at work on this thread");
    }
    return current;
  }

  /** Whom this thread works for; empty when it is at work on no request that was let in. */
  public static Optional<Client> client() {
    ServletExchange current = CURRENT.get();
    return current == null ? Optional.empty() : current.client();
  }

  @Override
  public void init(FilterConfig config) {
    components = CDI.current().select(JaxRsComponents.class).get();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest real = (HttpServletRequest) request;
    JaxRsComponents parts = Objects.requireNonNull(components, "not begun");
    ServletExchange exchange =
        new ServletExchange(real, (HttpServletResponse) response, parts.isWatched());
    CURRENT.set(exchange);
    try {
      if (!isAnswered(parts.front(), exchange)) {
        chain.doFilter(new BareRequest(real), response);
      }
    } catch (IOException | ServletException | RuntimeException | Error failure) {
      EndOfMemory.endIfOutOf(failure);
      throw failure;
    } finally {
      CURRENT.remove();
      exchange.end();
    }
  }

  /** Runs what is run at once; everything else goes on to its JAX-RS resource. */
  private static boolean isAnswered(Front front, ServletExchange exchange) throws IOException {
    Optional<Front.Received> received = front.receive(exchange);
    if (received.isEmpty()) {
      return true;
    }
    if (ONLY_RESOURCES || !received.get().runsAtOnce()) {
      exchange.receive(received.get());
      return false;
    }
    Optional<Front.Admitted> admitted = front.admit(received.get(), exchange);
    if (admitted.isPresent()) {
      front.run(admitted.get(), exchange);
    }
    return true;
  }

  /**
   * The request as JAX-RS sees it: without headers. JAX-RS would parse those that it knows and
   * answer 400 of its own, for example to an empty {@code Content-Type}, and would read the body of
   * a form.
   */
  static final class BareRequest extends HttpServletRequestWrapper {
    BareRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return Collections.emptyEnumeration();
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.emptyEnumeration();
    }

    @Override
    public @Nullable String getContentType() {
      return null;
    }
  }
}
