package dev.lakebed.operation.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The encoding of parameters. */
@Evidence("contract-2.1")
class QueryRequestTest {
  private static QueryRequest read(String form) {
    QueryParser parser = new QueryParser();
    parser.form(form);
    return QueryRequest.of(parser.parameters(), "2011-06-15");
  }

  @Test
  void form_decodes_plus_as_space_and_escapes_once() {
    QueryRequest request = read("Action=A&p=a+b%2Bc%2526&q=%C3%A9");
    assertThat(request.text("p")).contains("a b+c%26");
    assertThat(request.text("q")).contains("é");
    assertThat(request.text("r")).isEmpty();
  }

  @Test
  @Evidence("rule-77")
  void lists_are_ordered_by_number() {
    QueryRequest request =
        read(
            "Action=A&Tags.member.10.Key=j&Tags.member.2.Key=b&Tags.member.2.Value=v"
                + "&Keys.member.2=y&Keys.member.1=x&Empty=");
    assertThat(request.structures("Tags", Set.of("Key", "Value")))
        .containsExactly(Map.of("Key", "b", "Value", "v"), Map.of("Key", "j"));
    assertThat(request.members("Keys")).isEqualTo(List.of("x", "y"));
    assertThat(request.members("Empty")).isEmpty();
    assertThat(request.members("Absent")).isEmpty();
  }

  @Test
  void signature_parameters_are_no_parameters() {
    QueryRequest request = read("Action=A&X-Amz-Date=1&X-Amz-Date=2");
    request.allowOnly(Set.of());
    assertThat(request.text("X-Amz-Date")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', MISSING_ACTION",
    "Action=, MISSING_ACTION",
    "Action=A&Version=2, INVALID_ACTION",
    "Action=A&p=1&p=1, MALFORMED_QUERY_STRING",
    "Action=A&Action=B, MALFORMED_QUERY_STRING",
    "Action=A&p=%zz, MALFORMED_QUERY_STRING",
    "Action=A&p=%C3, MALFORMED_QUERY_STRING",
    "Action=A&Polcy=x, VALIDATION_ERROR",
    "Action=A&L.member.0=x, VALIDATION_ERROR",
    "Action=A&L.member.1234567=x, VALIDATION_ERROR",
    "Action=A&L.member.=x, VALIDATION_ERROR",
    "Action=A&L.member.1.=x, VALIDATION_ERROR",
    "Action=A&L.member.1.F=x, VALIDATION_ERROR",
    "Action=A&L.1=x, VALIDATION_ERROR",
    "Action=A&L=x, VALIDATION_ERROR"
  })
  void what_cannot_be_read_is_refused(String form, QueryError error) {
    QueryException refusal =
        catchThrowableOfType(
            QueryException.class,
            () -> {
              QueryRequest request = read(form);
              request.members("L");
              request.allowOnly(Set.of("L"));
            });
    assertThat(refusal.error()).isEqualTo(error);
  }

  @Test
  void more_than_a_thousand_parameters_are_refused() {
    StringBuilder form = new StringBuilder("Action=A");
    for (int i = 0; i < 1000; i++) {
      form.append("&p").append(i).append("=1");
    }
    QueryException refusal =
        catchThrowableOfType(QueryException.class, () -> read(form.toString()));
    assertThat(refusal.error()).isEqualTo(QueryError.MALFORMED_QUERY_STRING);
  }
}
