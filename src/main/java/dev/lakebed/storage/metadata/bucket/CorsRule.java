package dev.lakebed.storage.metadata.bucket;

import dev.lakebed.storage.metadata.BinaryWriter;
import dev.lakebed.storage.metadata.BinaryWriter.BinaryReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which pages of other origins may use a bucket (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html">AWS, CORSRule</a>). Each
 * origin and request header has at most one {@code *}, which stands for any text.
 */
public record CorsRule(
    Optional<String> id,
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    Optional<Integer> maxAgeSeconds) {
  private static final int FORM = 1;

  public CorsRule {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
    if (origins.isEmpty() || methods.isEmpty()) {
      throw new IllegalArgumentException("a CORS rule has an origin and a method");
    }
  }

  /** The binary form of a bucket's CORS rules. */
  static byte[] encode(List<CorsRule> rules) {
    BinaryWriter out = new BinaryWriter().number(FORM).number(rules.size());
    for (CorsRule rule : rules) {
      out.optionalText(rule.id());
      write(out, rule.origins());
      write(out, rule.methods());
      write(out, rule.headers());
      write(out, rule.exposed());
      out.flag(rule.maxAgeSeconds().isPresent());
      rule.maxAgeSeconds().ifPresent(out::number);
    }
    return out.toBytes();
  }

  static List<CorsRule> decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes).version(FORM);
    int count = in.count();
    List<CorsRule> rules = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rules.add(
          new CorsRule(
              in.optionalText(),
              texts(in),
              texts(in),
              texts(in),
              texts(in),
              in.flag() ? Optional.of(Math.toIntExact(in.number())) : Optional.empty()));
    }
    return List.copyOf(rules);
  }

  private static void write(BinaryWriter out, List<String> texts) {
    out.number(texts.size());
    texts.forEach(out::text);
  }

  private static List<String> texts(BinaryReader in) {
    return IntStream.range(0, in.count()).mapToObj(i -> in.text()).toList();
  }
}
