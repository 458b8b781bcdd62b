package dev.lakebed.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request as it goes over the wire: nothing is added, corrected or joined. */
public final class Message {
  /** One field line. */
  public record Field(String name, String value) {}

  private final String method;
  private final String target;
  private final List<Field> fields = new ArrayList<>();
  private byte[] body = new byte[0];

  public Message(String method, String target) {
    this.method = method;
    this.target = target;
  }

  public Message header(String name, String value) {
    fields.add(new Field(name, value));
    return this;
  }

  public Message without(String name) {
    fields.removeIf(field -> field.name().equalsIgnoreCase(name));
    return this;
  }

  public Message replace(String name, String value) {
    return without(name).header(name, value);
  }

  public Message body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** Another request with the header fields and the body of this one. */
  public Message as(String otherMethod, String otherTarget) {
    Message other = new Message(otherMethod, otherTarget);
    other.fields.addAll(fields);
    other.body = body;
    return other;
  }

  public String method() {
    return method;
  }

  public String target() {
    return target;
  }

  public byte[] body() {
    return body.clone();
  }

  public List<Field> fields() {
    return fields;
  }

  public String first(String name) {
    return find(name).orElseThrow();
  }

  public Optional<String> find(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst()
        .map(Field::value);
  }

  /** The head alone, with its empty line. */
  public byte[] head() {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    fields.forEach(f -> text.append(f.name()).append(": ").append(f.value()).append("\r\n"));
    return text.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head());
    out.writeBytes(body);
    return out.toByteArray();
  }
}
