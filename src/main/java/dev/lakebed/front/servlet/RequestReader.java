package dev.lakebed.front.servlet;

import dev.lakebed.front.ClientBody;
import dev.lakebed.front.payara.GrizzlyHook;
import dev.lakebed.front.payara.HookedTarget;
import dev.lakebed.http.Framing;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.Request.MalformedRequestException;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.RequestBody.BodyMemory;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a servlet request once. */
final class RequestReader {
  private RequestReader() {}

  /**
   * The request's head; its body is opened only when somebody reads it.
   *
   * @param hooked what {@link #hooked} says of it
   * @param source where the body is read. Not the servlet's own stream: JAX-RS may have looked at
   *     its first byte already, to see whether there is one
   * @throws MalformedRequestException for contradictory framing
   * @throws dev.lakebed.http.RawTarget.MalformedTargetException for a target that cannot be read
   */
  static Request read(
      String id,
      Instant now,
      HttpServletRequest servlet,
      Optional<HookedTarget> hooked,
      ClientBody.Source source) {
    Headers headers = headers(servlet);
    RawTarget target = RawTarget.parse(rawTarget(servlet, hooked));
    OptionalLong length = Framing.length(headers);
    RequestBody body =
        length.equals(OptionalLong.of(0))
            ? RequestBody.EMPTY
            : new ClientBody(length, continued(hooked, source), BodyMemory.UNBOUNDED);
    return new Request(
        id,
        servlet.getMethod(),
        target,
        QueryParameters.parse(target.query()),
        headers,
        connection(servlet, hooked),
        now,
        body);
  }

  /** A client that waits for leave to send the body gets it when the body is first read. */
  private static ClientBody.Source continued(
      Optional<HookedTarget> hooked, ClientBody.Source source) {
    return () -> {
      hooked.ifPresent(HookedTarget::sendContinue);
      return source.open();
    };
  }

  /** A request of which nothing but the id can be trusted, to answer an error to. */
  static Request unreadable(
      String id, Instant now, HttpServletRequest servlet, Optional<HookedTarget> hooked) {
    return new Request(
        id,
        servlet.getMethod(),
        new RawTarget("/", ""),
        QueryParameters.NONE,
        Headers.NONE,
        connection(servlet, hooked),
        now,
        RequestBody.EMPTY);
  }

  private static Connection connection(HttpServletRequest servlet, Optional<HookedTarget> hooked) {
    return new Connection(
        servlet.getRemoteAddr(),
        servlet.isSecure(),
        servlet.getLocalPort(),
        hooked.flatMap(HookedTarget::tlsVersion));
  }

  /** What the hook says of a request; empty when its connection did not pass it. */
  static Optional<HookedTarget> hooked(HttpServletRequest servlet) {
    return Optional.ofNullable(servlet.getHeader(GrizzlyHook.HEADER)).map(HookedTarget::parse);
  }

  private static String rawTarget(HttpServletRequest servlet, Optional<HookedTarget> hooked) {
    if (hooked.isPresent()) {
      return hooked.get().target();
    }
    String query = servlet.getQueryString();
    return query == null ? servlet.getRequestURI() : servlet.getRequestURI() + "?" + query;
  }

  /** Grizzly spoils a Content-Encoding that is not ASCII, while it looks for codings it knows. */
  private static String next(Enumeration<String> values) {
    try {
      return values.nextElement();
    } catch (IndexOutOfBoundsException spoilt) {
      throw new MalformedRequestException("A header field cannot be read");
    }
  }

  private static Headers headers(HttpServletRequest servlet) {
    Headers.Builder headers = Headers.builder();
    Enumeration<String> names = servlet.getHeaderNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement();
      if (name.equalsIgnoreCase(GrizzlyHook.HEADER)) {
        continue;
      }
      int hidden = GrizzlyHook.HIDDEN.length();
      boolean isHidden = name.regionMatches(true, 0, GrizzlyHook.HIDDEN, 0, hidden);
      String sent = isHidden ? name.substring(hidden) : name;
      Enumeration<String> values = servlet.getHeaders(name);
      while (values.hasMoreElements()) {
        headers.add(sent, next(values));
      }
    }
    return headers.build();
  }
}
