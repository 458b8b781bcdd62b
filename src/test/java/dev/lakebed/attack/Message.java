package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A request as it goes over the wire: nothing is added, corrected or joined. */
final class Message {
  /** One field line. */
  record Field(String name, String value) {}

  private final String method;
  private final String target;
  private final List<Field> fields = new ArrayList<>();
  private byte[] body = new byte[0];

  Message(String method, String target) {
    this.method = method;
    this.target = target;
  }

  Message header(String name, String value) {
    fields.add(new Field(name, value));
    return this;
  }

  Message without(String name) {
    fields.removeIf(field -> field.name().equalsIgnoreCase(name));
    return this;
  }

  Message replace(String name, String value) {
    return without(name).header(name, value);
  }

  Message body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** Another request with the header fields and the body of this one. */
  Message as(String otherMethod, String otherTarget) {
    Message other = new Message(otherMethod, otherTarget);
    other.fields.addAll(fields);
    other.body = body;
    return other;
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  byte[] body() {
    return body.clone();
  }

  List<Field> fields() {
    return fields;
  }

  String first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** The head alone, with its empty line. */
  byte[] head() {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    fields.forEach(f -> text.append(f.name()).append(": ").append(f.value()).append("\r\n"));
    return text.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head());
    out.writeBytes(body);
    return out.toByteArray();
  }
}
