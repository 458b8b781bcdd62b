package dev.lakebed.operation.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.support.Prompt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whatever query and form say, they are refused in the declared way, or read as {@link
 * ReferenceForm} reads them, and every parameter of a request that is taken reaches the action,
 * once.
 */
class QueryParserFuzzTest {
  private static final Set<String> KNOWN = Set.of("Name", "Policy", "Tags", "Keys");
  private static final String[] PIECES = {
    "Action",
    "Version",
    "Name",
    "Policy",
    "Tags",
    "Keys",
    ".member.",
    ".",
    "1",
    "2",
    "01",
    "0",
    "Key",
    "Value",
    "=",
    "=",
    "&",
    "&",
    "2011-06-15",
    "A",
    "+",
    "%20",
    "%2B",
    "%26",
    "%3D",
    "%2E",
    "%",
    "%C3%A9",
    "%C3",
    "X-Amz-Date",
    "x-AMZ-",
    ";",
    "Action=A&",
    "Tags.member.1.Key=",
    "\u00e9"
  };

  @FuzzTest(maxDuration = "10m")
  void parameters_are_refused_or_read_as_the_reference_reads_them(FuzzedDataProvider data)
      throws Throwable {
    Prompt.run(() -> check(data));
  }

  private static void check(FuzzedDataProvider data) throws IOException {
    boolean post = data.consumeBoolean();
    String query = text(data);
    String form = post ? text(data) : "";
    Optional<Map<String, String>> expected = ReferenceForm.read(query, form);
    try {
      QueryRequest request = QueryRequest.read(request(post, query, form), "2011-06-15");
      assertThat(expected).isPresent();
      assertThat(request.action()).isEqualTo(expected.get().get("Action"));
      assertThat(expected.get().getOrDefault("Version", "2011-06-15")).isEqualTo("2011-06-15");
      expected.get().keySet().removeAll(Set.of("Action", "Version"));
      request.allowOnly(KNOWN);
      assertThat(read(request)).containsExactlyInAnyOrderElementsOf(written(expected.get()));
    } catch (QueryException refused) {
      assertThat(refused.error().status()).isBetween(400, 499);
    } catch (MalformedTargetException refused) {
      assertThat(expected).isEmpty();
    }
  }

  private static String text(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      return data.consumeAsciiString(80);
    }
    StringBuilder text = new StringBuilder();
    int count = data.consumeInt(0, 24);
    for (int i = 0; i < count; i++) {
      text.append(data.pickValue(PIECES));
    }
    return text.toString();
  }

  /** All that an action with these parameters learns. */
  private static List<String> read(QueryRequest request) {
    List<String> values = new ArrayList<>();
    request.text("Name").ifPresent(values::add);
    request.text("Policy").ifPresent(values::add);
    request
        .structures("Tags", Set.of("Key", "Value"))
        .forEach(member -> values.addAll(member.values()));
    values.addAll(request.members("Keys"));
    return values;
  }

  /** An empty list is written as its name alone. */
  private static List<String> written(Map<String, String> parameters) {
    parameters.keySet().removeAll(Set.of("Tags", "Keys"));
    return List.copyOf(parameters.values());
  }

  private static Request request(boolean post, String query, String form) {
    return new Request(
        "0123456789ABCDEF",
        post ? "POST" : "GET",
        new RawTarget("/", query),
        QueryParameters.parse(query),
        Headers.builder().add("Content-Type", "application/x-www-form-urlencoded").build(),
        new Connection("192.0.2.1", false, 8333),
        Instant.EPOCH,
        new Body(form));
  }

  private record Body(String form) implements RequestBody {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(form.length());
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(form.getBytes(ISO_8859_1));
    }
  }
}
