package dev.lakebed.policy;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One operator, one key and its values, after "IAM JSON policy elements: Condition operators" and
 * "Conditions with multiple context keys or values". A value that cannot be read as the operator's
 * type satisfies it in a Deny and does not in an Allow.
 */
record ReferenceCondition(String operator, List<String> values, boolean allow, boolean variables) {

  boolean holds(String key, Map<String, List<String>> keys) {
    List<String> actual = keys.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    boolean forAll = operator.startsWith("ForAllValues:");
    boolean forAny = operator.startsWith("ForAnyValue:");
    String word = operator.substring(operator.indexOf(':') + 1);
    if (word.equals("Null")) {
      return values.stream().anyMatch(v -> Boolean.parseBoolean(v) == actual.isEmpty());
    }
    boolean ifExists = word.endsWith("IfExists");
    String name = ifExists ? word.substring(0, word.length() - "IfExists".length()) : word;
    boolean negated = name.contains("Not");
    if (actual.isEmpty()) {
      return ifExists || forAll || (negated && !forAny);
    }
    String positive = name.replace("Not", "");
    return forAll || (negated && !forAny)
        ? actual.stream().allMatch(value -> satisfies(positive, negated, value, keys))
        : actual.stream().anyMatch(value -> satisfies(positive, negated, value, keys));
  }

  private boolean satisfies(
      String name, boolean negated, String value, Map<String, List<String>> keys) {
    Optional<Boolean> any = any(name, negated, value, keys);
    return any.map(matches -> matches != negated).orElse(!allow);
  }

  /** Whether the value matches one of the policy's; empty when it is not of the type. */
  private Optional<Boolean> any(
      String name, boolean negated, String value, Map<String, List<String>> keys) {
    if (name.startsWith("Arn") && !value.matches("(?s)arn:.*:.*:.*:.*:.*")) {
      return Optional.empty();
    }
    if (name.startsWith("String") || name.startsWith("Arn")) {
      return Optional.of(values.stream().anyMatch(v -> text(name, negated, v, value, keys)));
    }
    if (name.startsWith("Numeric")) {
      return number(value)
          .map(
              n ->
                  values.stream()
                      .anyMatch(v -> related(name, n.compareTo(number(v).orElseThrow()))));
    }
    if (name.startsWith("Date")) {
      return date(value)
          .map(
              d ->
                  values.stream().anyMatch(v -> related(name, d.compareTo(date(v).orElseThrow()))));
    }
    return switch (name) {
      case "Bool" ->
          value.matches("(?i)true|false")
              ? Optional.of(values.stream().anyMatch(value::equalsIgnoreCase))
              : Optional.empty();
      case "BinaryEquals" ->
          binary(value).map(b -> values.stream().anyMatch(v -> Arrays.equals(b, binary(v).get())));
      case "IpAddress" ->
          value.matches("\\d+(\\.\\d+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[^%/]+)?")
              ? inside(value.replaceFirst("%.*", ""))
              : Optional.empty();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** A variable without a value matches nothing, but must not widen a negation in an Allow. */
  private boolean text(
      String name, boolean negated, String value, String actual, Map<String, List<String>> keys) {
    boolean wildcards = name.equals("StringLike") || name.startsWith("Arn");
    return ReferencePattern.read(value, variables, wildcards, keys)
        .map(
            pattern ->
                ReferencePattern.isUnclear(value, variables, keys)
                    ? negated == allow
                        && (name.equals("StringEqualsIgnoreCase")
                            || ReferencePattern.matches(pattern, actual, false))
                    : switch (name) {
                      case "StringEqualsIgnoreCase" -> string(pattern).equalsIgnoreCase(actual);
                      case "ArnEquals", "ArnLike" -> ReferencePattern.matchesArn(pattern, actual);
                      default -> ReferencePattern.matches(pattern, actual, false);
                    })
        .orElse(negated && allow);
  }

  private static String string(List<Integer> pattern) {
    StringBuilder text = new StringBuilder();
    pattern.forEach(text::appendCodePoint);
    return text.toString();
  }

  private static boolean related(String name, int compared) {
    return name.endsWith("LessThan")
        ? compared < 0
        : name.endsWith("LessThanEquals")
            ? compared <= 0
            : name.endsWith("GreaterThan")
                ? compared > 0
                : name.endsWith("GreaterThanEquals") ? compared >= 0 : compared == 0;
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("[+-]?\\d+(\\.\\d+)?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      return text.matches("\\d{1,12}")
          ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
          : text.contains("T")
              ? Optional.of(OffsetDateTime.parse(text).toInstant())
              : Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> binary(String text) {
    // RFC 4648: the last group is whole or padded, or, as here too, without its padding.
    return text.matches("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}(==)?|[A-Za-z0-9+/]{3}=?)?")
        ? Optional.of(Base64.getDecoder().decode(text))
        : Optional.empty();
  }

  private Optional<Boolean> inside(String address) {
    try {
      return Optional.of(values.stream().anyMatch(range -> inside(address, range)));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Bit by bit; an IPv4 address written as IPv6 is IPv4. */
  private static boolean inside(String address, String range) {
    try {
      String[] parts = range.split("/", 2);
      byte[] network = InetAddress.getByName(parts[0]).getAddress();
      byte[] actual = InetAddress.getByName(address).getAddress();
      int written = parts[0].contains(":") ? 128 : 32;
      int bits = (parts.length < 2 ? written : Integer.parseInt(parts[1]));
      boolean same = network.length == actual.length;
      for (int i = 0; same && i < bits - (written - network.length * 8); i++) {
        same = ((network[i / 8] ^ actual[i / 8]) & (0x80 >> (i % 8))) == 0;
      }
      return same;
    } catch (UnknownHostException notAnAddress) {
      throw new IllegalArgumentException(notAnAddress);
    }
  }
}
