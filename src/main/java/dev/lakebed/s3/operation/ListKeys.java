package dev.lakebed.s3.operation;

import dev.lakebed.policy.Keys;
import dev.lakebed.s3.rest.S3Request;
import java.util.List;

/** Condition keys of listings; a parameter that was not sent is a key that is not there. */
public record ListKeys(S3Request request, String limitName) implements Keys {
  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "s3:prefix" -> parameter("prefix");
      case "s3:delimiter" -> parameter("delimiter");
      case "s3:max-keys" -> parameter(limitName);
      default -> List.of();
    };
  }

  private List<String> parameter(String name) {
    return request.query(name).map(List::of).orElse(List.of());
  }
}
