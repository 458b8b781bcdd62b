package dev.lakebed.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.audit.AuditLog;
import dev.lakebed.audit.AuditRecord;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Layer;
import dev.lakebed.policy.Decision.NearMiss;
import dev.lakebed.policy.Question.Grants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lakebed explain --decision}: docs/operations.md. */
class DecisionRecordTest {
  private static final Principal USER =
      new Principal.User(
          "000000000000", "arn:aws:iam::000000000000:user/u", "AIDAU", "u", Map.of(), Grants.NONE);

  @TempDir private Path data;

  private static Denial denial(String key) {
    Decision decision =
        new Decision.ImplicitDeny(
            Layer.SESSION,
            "s3:DeleteObject",
            Optional.of(new NearMiss("session policy 0", "Del", "StringLike s3:prefix")));
    return Denial.of(
        USER,
        Permission.of("s3:DeleteObject", Resource.of("arn:aws:s3:::b/" + key, "000000000000")),
        decision,
        "",
        Map.of());
  }

  private static AuditRecord record(String id, Denial... denials) {
    return new AuditRecord(
        Instant.EPOCH,
        id,
        Optional.of(USER),
        Optional.of("AKU"),
        "192.0.2.7",
        Optional.of("agent"),
        "S3",
        "DeleteObjects",
        "POST /b",
        Optional.empty(),
        true,
        List.of(denials),
        200,
        Optional.empty());
  }

  private ExplainRun find(String id) {
    return ExplainRun.of(List.of("--data", data.toString(), "--decision", id));
  }

  @Test
  void a_decision_is_found_in_full_files_too_whichever_of_its_request_it_is() throws IOException {
    Denial first = denial("a");
    Denial second = denial("b\nx");
    Denial late = denial("c");
    try (AuditLog log = new AuditLog(data.resolve("audit"), 2000, 100)) {
      log.add(record("R1", first, second));
      for (int i = 0; i < 20; i++) {
        log.add(record("fill-" + i, denial("k" + i)));
      }
      log.add(record("R2", late));
    }
    assertThat(Files.list(data.resolve("audit")).count()).isGreaterThan(3);
    ExplainRun one = find(first.id());
    assertThat(one.exit()).as(one.errors()).isZero();
    assertThat(one.output())
        .containsPattern("decision id: +" + first.id())
        .containsPattern("request id: +R1")
        .containsPattern("who arn: +arn:aws:iam::000000000000:user/u")
        .containsPattern("source ip: +192.0.2.7")
        .containsPattern("action: +s3:DeleteObject")
        .containsPattern("resource: +arn:aws:s3:::b/a")
        .containsPattern("layer: +SESSION")
        .containsPattern("nearest policy: +session policy 0")
        .containsPattern("nearest statement: +Del")
        .containsPattern("failed condition: +StringLike s3:prefix")
        .doesNotContain(second.id());
    assertThat(find(second.id()).output())
        .containsPattern("decision id: +" + second.id())
        .containsPattern("resource: +arn:aws:s3:::b/b\\?x")
        .containsPattern("request id: +R1")
        .doesNotContain(first.id());
    assertThat(find(late.id()).output()).containsPattern("request id: +R2");
  }

  @Test
  void lines_that_were_cut_off_or_never_end_do_no_harm() throws IOException {
    Denial wanted = denial("a");
    Path audit = data.resolve("audit");
    try (AuditLog log = new AuditLog(audit, 1 << 24, 3)) {
      log.add(record("R1", wanted));
    }
    Path current = audit.resolve("audit.jsonl");
    String whole = Files.readString(current);
    Files.writeString(
        current, "{\"decisionId\":\"" + wanted.id() + "\"\n" + "x".repeat(3 << 20) + "\n" + whole);
    Files.writeString(current, whole.substring(0, 40), StandardOpenOption.APPEND);
    assertThat(find(wanted.id()).output()).containsPattern("request id: +R1");
  }

  @Test
  void what_cannot_be_found_is_said() throws IOException {
    assertThat(find("0123456789ABCDEF").exit()).isEqualTo(2);
    assertThat(find("0123456789ABCDEF").errors()).contains("audit trail");
    try (AuditLog log = new AuditLog(data.resolve("audit"), 2000, 3)) {
      log.add(record("R1", denial("a")));
    }
    assertThat(find("0123456789ABCDEF").errors()).contains("0123456789ABCDEF");
    assertThat(find("nonsense").errors()).contains("sixteen");
  }
}
