package dev.lakebed.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.Set;

/** Whatever a form says, it is read or refused with a QueryException; nothing else gets out. */
class QueryParserFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void any_form_is_read_or_refused(FuzzedDataProvider data) {
    String form = data.consumeRemainingAsAsciiString();
    try {
      QueryParser parser = new QueryParser();
      parser.form(form);
      Map<String, String> parameters = parser.parameters();
      QueryRequest request = QueryRequest.of(parameters, "2011-06-15");
      assertThat(request.action()).isNotEmpty();
      request.structures("Tags", Set.of("Key", "Value"));
      request.members("TransitiveTagKeys");
      request.allowOnly(Set.of("Tags"));
    } catch (QueryException refusal) {
      assertThat(refusal.error().status()).isBetween(400, 499);
    }
  }
}
