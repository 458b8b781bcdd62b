package dev.lakebed.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Header fields in the order received; names compare without case (RFC 9110 section 5.1). */
public final class Headers {
  public static final Headers NONE = new Headers(List.of());

  /**
   * One field line: the name in lower case, the value as received, each character one byte
   * (ISO-8859-1).
   */
  public record Header(String name, String value) {}

  private final List<Header> fields;

  private Headers(List<Header> fields) {
    this.fields = fields;
  }

  public static Builder builder() {
    return new Builder();
  }

  public List<Header> all() {
    return fields;
  }

  public Optional<String> first(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(wanted)) {
        return Optional.of(fields.get(i).value());
      }
    }
    return Optional.empty();
  }

  public List<String> all(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    List<String> values = new ArrayList<>(1);
    for (Header field : fields) {
      if (field.name().equals(wanted)) {
        values.add(field.value());
      }
    }
    return List.copyOf(values);
  }

  public boolean has(String name) {
    return first(name).isPresent();
  }

  public static final class Builder {
    private final List<Header> fields = new ArrayList<>();

    private Builder() {}

    public Builder add(String name, String value) {
      fields.add(new Header(name.toLowerCase(Locale.ROOT), value));
      return this;
    }

    public Builder addAll(Headers others) {
      fields.addAll(others.fields);
      return this;
    }

    public Headers build() {
      return new Headers(List.copyOf(fields));
    }
  }
}
