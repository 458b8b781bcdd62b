package dev.lakebed.front;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The request as JAX-RS sees it: without headers. JAX-RS would parse those that it knows and answer
 * 400 of its own, for example to an empty {@code Content-Type}, and would read the body of a form.
 */
final class BareRequest extends HttpServletRequestWrapper {
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
