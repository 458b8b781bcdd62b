package dev.lakebed.s3.rest;

import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import java.util.function.Consumer;

/** Answers whose body is one XML document. */
public final class XmlResponse {
  private static final Headers XML =
      Headers.builder().add("content-type", "application/xml").build();

  private XmlResponse() {}

  /** An answer with status 200. */
  public static Response of(XmlWriter document) {
    return new Response(200, XML, document.end());
  }

  /** An answer with status 200 of any length; see {@link XmlWriter#list}. */
  public static Response list(String root, Consumer<XmlWriter> content) {
    return new Response(200, XML, XmlWriter.list(root, content));
  }

  public static Response of(XmlWriter document, Headers own) {
    Headers.Builder headers = Headers.builder().add("content-type", "application/xml");
    own.all().forEach(field -> headers.add(field.name(), field.value()));
    return new Response(200, headers.build(), document.end());
  }
}
